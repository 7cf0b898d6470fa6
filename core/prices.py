"""What machines cost: on-demand dollars an hour in us-east-1, read on 2026-11-23; other regions differ a little."""

DOLLARS_AN_HOUR = {"ml.g4dn.2xlarge": 0.94, "ml.g5.2xlarge": 1.515}

TRAINING_MINUTES = 20
"""What JumpStart's article reports for 200 to 400 steps."""


def an_hour(instance: str) -> float | None:
    """Give a machine's price; None when it is not known."""
    return DOLLARS_AN_HOUR.get(instance)


def training(instance: str) -> float | None:
    """Estimate what a run costs."""
    price = an_hour(instance)
    return None if price is None else price * TRAINING_MINUTES / 60
