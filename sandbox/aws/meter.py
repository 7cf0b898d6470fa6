"""What the instances cost, in AWS seconds: now and so far."""

from dataclasses import asdict, dataclass

from sandbox.aws import endpoint_timeline, training_timeline
from sandbox.aws.prices import per_hour
from sandbox.aws.records import Endpoint, TrainingJob
from sandbox.aws.shapes import Json
from sandbox.aws.world import World


@dataclass(frozen=True)
class Line:
    """One line of the bill. `seconds` are those of AWS that are paid for, `share` their part in the time that passes.

    `dollars` is 0 for a type without a known price.
    """

    kind: str
    name: str
    instance_type: str
    instance_count: int
    status: str
    since: float
    seconds: float
    running: bool
    share: float = 1.0

    @property
    def dollars_per_hour(self) -> float:
        """For all its instances, while they run."""
        return self._price * self.share

    @property
    def dollars(self) -> float:
        """So far."""
        return self._price * self.seconds / 3600

    @property
    def _price(self) -> float:
        return (per_hour(self.instance_type) or 0.0) * self.instance_count


def read(world: World) -> Json:
    """`GET /sandbox/meter`: running lines, ended lines, dollars an hour now and dollars so far."""
    with world.lock:
        world.forget_deleted()
        now, speed = world.now(), world.settings.speed
        jobs = [_training(job, now, speed) for job in world.jobs.values() if job.facts.first_instance is not None]
        held = [*world.endpoints.values(), *world.former_endpoints]
        lines = jobs + [_endpoint(endpoint, now, speed) for endpoint in held]
    return {
        "now": now,
        "speed": speed,
        "running": [_shown(line) for line in lines if line.running],
        "ended": [_shown(line) for line in lines if not line.running],
        "dollars_per_hour": round(sum(line.dollars_per_hour for line in lines if line.running), 4),
        "dollars": round(sum(line.dollars for line in lines), 6),
    }


def _training(job: TrainingJob, now: float, speed: float) -> Line:
    return Line(
        kind="training",
        name=job.name,
        instance_type=job.instance_type,
        instance_count=job.instance_count,
        status=training_timeline.secondary_status(job.facts),
        since=job.facts.first_instance or now,
        seconds=training_timeline.training_s(job.facts, now, speed, job.modelled_s) * job.billed_share,
        running=job.facts.holds_instance,
        share=job.billed_share,
    )


def _endpoint(endpoint: Endpoint, now: float, speed: float) -> Line:
    status = endpoint_timeline.status(endpoint.facts, now)
    return Line(
        kind="endpoint",
        name=endpoint.name,
        instance_type=endpoint.instance_type,
        instance_count=endpoint.instance_count,
        status=status or "Deleted",
        since=endpoint.facts.created,
        seconds=endpoint_timeline.billed_wall_s(endpoint.facts, now) * speed,
        running=bool(status),
    )


def _shown(line: Line) -> Json:
    return asdict(line) | {
        "seconds": round(line.seconds, 1),
        "dollars_per_hour": round(line.dollars_per_hour, 4),
        "dollars": round(line.dollars, 6),
    }
