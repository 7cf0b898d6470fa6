"""How many instances of a type the account may hold."""

from collections.abc import Iterable

from sandbox.aws import endpoint_timeline
from sandbox.aws.errors import limit_exceeded
from sandbox.aws.world import World

USAGES = {"training": "training job usage", "endpoint": "endpoint usage"}
DEFAULT = 100
"""Instances of each type and usage unless `--quota` says otherwise."""


def parse(words: Iterable[str]) -> dict[str, int]:
    """`ml.g4dn.2xlarge=1` limits training and endpoints each; `endpoint:ml.g4dn.2xlarge=0` one of them.

    Raises:
        ValueError: not of that form.
    """
    limits: dict[str, int] = {}
    for word in words:
        name, _, number = word.partition("=")
        usage, _, instance_type = name.rpartition(":")
        if not number.isdecimal() or (usage and usage not in USAGES):
            raise ValueError(f"a quota is [training:|endpoint:]<instance type>=<number>, not {word!r}")
        limits |= {f"{each}:{instance_type}": int(number) for each in ([usage] if usage else USAGES)}
    return limits


def check(world: World, usage: str, instance_type: str, delta: int) -> None:
    """Refuse `delta` instances more than the quota of this usage (`training` or `endpoint`) allows.

    Raises:
        AwsError: ResourceLimitExceeded.
    """
    limit = world.settings.quotas.get(f"{usage}:{instance_type}", DEFAULT)
    used = _used(world, usage, instance_type)
    if used + delta > limit:
        raise limit_exceeded(f"{instance_type} for {USAGES[usage]}", limit, used, delta)


def _used(world: World, usage: str, instance_type: str) -> int:
    if usage == "training":
        holders = [job for job in world.jobs.values() if not job.facts.done]
    else:
        now = world.now()
        holders = [one for one in world.endpoints.values() if endpoint_timeline.status(one.facts, now)]
    return sum(holder.instance_count for holder in holders if holder.instance_type == instance_type)
