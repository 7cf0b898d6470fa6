"""How many instances of a type the account may hold, for whom, and how many it holds."""

from sandbox.aws import endpoint_timeline
from sandbox.aws.errors import limit_exceeded
from sandbox.aws.instance_limits import DEFAULT, quota_name
from sandbox.aws.world import World


def limit(world: World, usage: str, instance_type: str) -> int:
    """The quota in force: a scripted one before that of the start before the default."""
    key = f"{usage}:{instance_type}"
    scripted = world.faults.current.quota
    return scripted.get(key, world.settings.quotas.get(key, DEFAULT))


def check(world: World, usage: str, instance_type: str, delta: int) -> None:
    """Refuse `delta` instances more than the quota of this usage allows.

    Raises:
        AwsError: ResourceLimitExceeded.
    """
    most = limit(world, usage, instance_type)
    used = _used(world, usage, instance_type)
    if used + delta > most:
        raise limit_exceeded(quota_name(usage, instance_type), most, used, delta)


def _used(world: World, usage: str, instance_type: str) -> int:
    if usage == "endpoint":
        now = world.now()
        holders = [one for one in world.endpoints.values() if endpoint_timeline.status(one.facts, now)]
    else:
        holders = [job for job in world.jobs.values() if job.usage == usage and not job.facts.done]
    return sum(holder.instance_count for holder in holders if holder.instance_type == instance_type)
