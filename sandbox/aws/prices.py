"""Dollars an hour by instance type, on demand in us-east-1. They move."""

PER_HOUR = {
    "ml.g4dn.2xlarge": 0.94,
    "ml.g5.2xlarge": 1.515,
    "ml.g4dn.xlarge": 0.736,
    "ml.g5.xlarge": 1.408,
    "ml.p3.2xlarge": 3.825,
}


def per_hour(instance_type: str) -> float | None:
    """None for a type whose price is not known here."""
    return PER_HOUR.get(instance_type)
