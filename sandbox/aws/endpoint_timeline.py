"""An endpoint's state, worked out from what has happened to it and the time."""

from dataclasses import dataclass

PING_FAILED = (
    "The primary container for production variant {variant} did not pass the ping health check. "
    "Please check CloudWatch logs for this endpoint."
)
NO_CAPACITY = (
    "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. "
    "Please retry using a different ML instance type or after some time."
)


@dataclass
class EndpointFacts:
    """Instants are epoch seconds. `ready_not_before` is when AWS would have launched the instance and loaded it."""

    created: float
    ready_not_before: float
    deleting_wall_s: float
    answers_since: float | None = None
    failed_at: float | None = None
    reason: str = ""
    delete_asked: float | None = None


def _gone_at(facts: EndpointFacts) -> float | None:
    return None if facts.delete_asked is None else facts.delete_asked + facts.deleting_wall_s


def in_service_since(facts: EndpointFacts) -> float | None:
    """When both the schedule and the container's first ping were through."""
    return None if facts.answers_since is None else max(facts.answers_since, facts.ready_not_before)


def _changes(facts: EndpointFacts) -> list[tuple[str, float]]:
    """States with the instant they begin at, in their order of precedence, the later ones winning."""
    steps = [
        ("Creating", facts.created),
        ("InService", in_service_since(facts)),
        ("Failed", facts.failed_at),
        ("Deleting", facts.delete_asked),
        ("", _gone_at(facts)),
    ]
    return [(name, at) for name, at in steps if at is not None]


def status(facts: EndpointFacts, now: float) -> str:
    """EndpointStatus at `now`; empty when the endpoint is gone."""
    return [name for name, at in _changes(facts) if at <= now][-1]


def last_modified(facts: EndpointFacts, now: float) -> float:
    """When the state at `now` began."""
    return [at for _, at in _changes(facts) if at <= now][-1]


def billed_wall_s(facts: EndpointFacts, now: float) -> float:
    """Wall seconds that its instances have been held, from creation until gone, failed or not."""
    gone = _gone_at(facts)
    return (now if gone is None else min(now, gone)) - facts.created
