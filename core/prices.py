"""What machines cost: AWS's own answer where there is one, else a dated table, else "not known"; never a zero."""

from typing import Literal

from core.records import Outlook

Use = Literal["training", "hosting"]

DATED = "2026-11-23"
"""The day of the table."""
TABLE_REGION = "us-east-1"
"""Where the table holds; other regions differ."""

DOLLARS_AN_HOUR = {
    "ml.g4dn.xlarge": 0.736,
    "ml.g4dn.2xlarge": 0.94,
    "ml.g4dn.4xlarge": 1.505,
    "ml.g4dn.8xlarge": 2.72,
    "ml.g4dn.12xlarge": 4.89,
    "ml.g4dn.16xlarge": 5.44,
    "ml.g5.xlarge": 1.408,
    "ml.g5.2xlarge": 1.515,
    "ml.g5.4xlarge": 2.03,
    "ml.g5.8xlarge": 3.06,
    "ml.g5.12xlarge": 7.09,
    "ml.g5.16xlarge": 5.12,
    "ml.g5.24xlarge": 10.18,
    "ml.g5.48xlarge": 20.36,
    "ml.g6.xlarge": 1.127,
    "ml.g6.2xlarge": 1.222,
    "ml.g6.4xlarge": 1.654,
    "ml.g6.8xlarge": 2.518,
    "ml.g6.12xlarge": 5.752,
    "ml.g6.16xlarge": 4.246,
    "ml.g6.24xlarge": 8.344,
    "ml.g6.48xlarge": 16.688,
    "ml.p3.2xlarge": 3.825,
    "ml.p3.8xlarge": 14.688,
    "ml.p3.16xlarge": 28.152,
}
"""On demand, training and real-time hosting alike: AWS asks the same for both on these types."""

DEAREST = max(DOLLARS_AN_HOUR.values())
"""What a machine is thought to cost where nobody has said: rather asleep too early than forgotten."""


def an_hour(instance: str, outlook: Outlook | None = None, use: Use = "training") -> float | None:
    """Give a machine's price by the hour; None when neither AWS nor the table knows it."""
    answer = _answer(instance, outlook, use)
    return DOLLARS_AN_HOUR.get(instance) if answer is None else answer


def from_aws(instance: str, outlook: Outlook | None, use: Use = "training") -> bool:
    """Whether the price is AWS's own answer rather than the table's."""
    return _answer(instance, outlook, use) is not None


def _answer(instance: str, outlook: Outlook | None, use: Use) -> float | None:
    machine = outlook.machines.get(instance, {}) if outlook else {}
    return machine.get("dollars" if use == "training" else "hosting_dollars") or None


def of(seconds: float, an_hour: float | None) -> float | None:
    """Give what a time on a machine costs, in dollars; None when the machine's price is not known."""
    return None if an_hour is None else an_hour * seconds / 3600


def reckoned(seconds: float, an_hour: float | None) -> float:
    """Give what a time on a machine costs, in dollars: by the dearest known price where nobody has said."""
    return (DEAREST if an_hour is None else an_hour) * max(0.0, seconds) / 3600
