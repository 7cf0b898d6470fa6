"""What instances cost: dollars an hour, on demand, in Northern Virginia, Ohio and Oregon, which cost the same.

As public code quotes AWS's price list; training and hosting cost the same. They move.
"""

AS_OF = "2026-08-20"
"""The day of the latest of those quotations, that of ml.g5.2xlarge."""
REGIONS = {
    "us-east-1": ("US East (N. Virginia)", "USE1"),
    "us-east-2": ("US East (Ohio)", "USE2"),
    "us-west-2": ("US West (Oregon)", "USW2"),
}
"""Where the table holds: the price list's name and code of each region."""
PER_HOUR = {
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
    "ml.p3.2xlarge": 3.825,
    "ml.p3.8xlarge": 14.688,
    "ml.p3.16xlarge": 28.152,
    "ml.m5.xlarge": 0.23,
}
SPOT_SHARE = 0.3
"""The part of a spot job's training time that is billed. AWS promises up to 90 % off; about 70 % is common."""


def per_hour(instance_type: str) -> float | None:
    """None for a type whose price is not known here."""
    return PER_HOUR.get(instance_type)
