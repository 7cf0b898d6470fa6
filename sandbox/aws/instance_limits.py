"""Quotas on instances: their names, and limits as they are written in options and faults."""

from collections.abc import Iterable

USAGES = {"training": "training job usage", "spot": "spot training job usage", "endpoint": "endpoint usage"}
"""Short names of what instances are used for, and how AWS's quotas call it."""
DEFAULT = 100
"""Instances of each type and usage unless told otherwise."""


def quota_name(usage: str, instance_type: str) -> str:
    """`ml.g5.2xlarge for spot training job usage`."""
    return f"{instance_type} for {USAGES[usage]}"


def parse(words: Iterable[str]) -> dict[str, int]:
    """`ml.g4dn.2xlarge=1` limits every usage each; `endpoint:ml.g4dn.2xlarge=0` one of them.

    Raises:
        ValueError: not of that form.
    """
    limits: dict[str, int] = {}
    for word in words:
        name, _, number = word.partition("=")
        limits |= spread(name, number)
    return limits


def spread(name: str, number: object) -> dict[str, int]:
    """The limit of `[usage:]<instance type>` by `usage:<instance type>`.

    Raises:
        ValueError: no such usage, or the number is none.
    """
    usage, _, instance_type = name.rpartition(":")
    if not str(number).isdecimal() or not instance_type or (usage and usage not in USAGES):
        wanted = f"[{':|'.join(USAGES)}:]<instance type>=<number>"
        raise ValueError(f"a quota is {wanted}, not {name}={number}")
    return {f"{each}:{instance_type}": int(str(number)) for each in ([usage] if usage else USAGES)}
