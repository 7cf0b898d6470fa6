"""What of the things in AWS that carry our tags nobody needs any more. Pure.

A thing is ours only by its tags: a name that is like ours says nothing. It is wanted as long as a record does something
with it. What no record wants is deleted after two sightings and a grace time, unless it is older than all that Redis
remembers: then the records were lost, and people have to say what shall become of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core import names, prices
from core.idle_times import UNTIL_KNOWN
from core.names import DAY
from core.records import Model, Record, Run
from core.states import UP

Kind = Literal["training job", "endpoint", "endpoint config", "model"]
APP, DEPLOYMENT, TEAM, RECORD, IDLE = (f"darkroom:{name}" for name in ("app", "deployment", "team", "record", "idle"))
"""Our tags; `idle` stands on endpoints: after so many seconds without a call, one may be deleted by whoever sees it."""
OURS = "darkroom"
"""What stands under `app` on all that this product has made."""
GRACE_SECONDS = 900.0
"""How long nobody must have wanted a thing, from its first sighting on: longer than anything is half recorded."""
DELETED_MOST = 20
"""Things that one pass deletes at the most: should it be wrong, people have until the next one to end it."""
STUCK_SECONDS = 3_600.0
"""How long an endpoint may take to come or to go; AWS's own limit for coming up is about that."""
IDLE_LEAST, IDLE_MOST = UNTIL_KNOWN, 7 * DAY
"""Between what a tag for the timeout is believed, in seconds: this product writes none below, and people can err."""
_TRAINS = {"preparing", "training", "stopping"}


@dataclass(frozen=True)
class Thing:
    """One thing in AWS with its tags; `created` and `changed` (0: not told) in Unix seconds."""

    kind: Kind
    name: str
    status: str
    created: float
    tags: Mapping[str, str]
    changed: float = 0

    @property
    def key(self) -> str:
        """Its name among all things."""
        return f"{self.kind} {self.name}"

    @property
    def owner(self) -> tuple[str, str, str]:
        """Give team, kind and id of the record that it was made for; empty where the tags do not say."""
        kind, _, identity = self.tags.get(RECORD, "").partition(":")
        return self.tags.get(TEAM, ""), kind, identity

    @property
    def named(self) -> tuple[str, str]:
        """Give kind and id of the record that it is named for: a name stays as it was made, whoever edits tags."""
        kind = Run.kind if self.kind == "training job" else Model.kind
        return kind, self.name.rpartition("-a")[0].rpartition("-")[2]

    @property
    def bills(self) -> bool:
        """Whether it has a machine, which is paid for by the second."""
        return self.kind in {"training job", "endpoint"}

    @property
    def allowed(self) -> float:
        """Give how long it may be of no use to anybody, in seconds: as its tag says, where that can be meant."""
        told = self.tags.get(IDLE, "")
        return allowed(float(told) if told.isascii() and told.isdigit() else UNTIL_KNOWN)

    def is_ours(self, deployment: str) -> bool:
        """Whether this deployment has made it."""
        return self.tags.get(APP) == OURS and self.tags.get(DEPLOYMENT) == deployment


def allowed(told: float) -> float:
    """Give how long an endpoint may stand without a call whose tag has been told this, in seconds."""
    return min(max(told, IDLE_LEAST), IDLE_MOST) + GRACE_SECONDS


def is_wanted(thing: Thing, record: Record | None, deployment: str) -> bool:
    """Tell whether a thing's record does something with it, or may be about to."""
    if isinstance(record, Model):
        name = names.resource(deployment, record.subject, record.id, record.attempt)
        return record.state in UP and thing.name == name
    if isinstance(record, Run):
        return record.state in _TRAINS and record.job == thing.name
    return False


def is_stuck(thing: Thing, now: float) -> bool:
    """Tell whether an endpoint bills and serves nobody."""
    since = thing.changed if thing.status == "Deleting" and thing.changed else thing.created
    slow = thing.status in {"Creating", "Deleting"} and now - since > STUCK_SECONDS
    return thing.kind == "endpoint" and (slow or thing.status == "Failed")


@dataclass(frozen=True)
class Bill:
    """What a thing costs: its machine, dollars an hour (None: nobody has said), and for how many seconds by now."""

    instance: str
    an_hour: float | None
    seconds: float

    @property
    def rate(self) -> float:
        """Dollars an hour; where nobody has said, those of the dearest machine that is known."""
        return prices.DEAREST if self.an_hour is None else self.an_hour

    @property
    def dollars(self) -> float:
        """What it has cost so far, by that."""
        return prices.reckoned(self.seconds, self.an_hour)


@dataclass(frozen=True)
class Finding:
    """What became of a thing that is not as it should be.

    Nobody wants it: it was `seen`, `deleted`, deleting it was `refused`, or it is `older` than all that is remembered.
    It is `stuck`; or it is `gone`, and its record did not know.
    """

    thing: Thing
    verdict: Literal["seen", "older", "deleted", "stuck", "refused", "gone"]
    note: str = ""
    bill: Bill | None = None
    """None: it costs nothing."""


def verdict(
    thing: Thing, first_seen: float | None, remembers_since: float, now: float
) -> Literal["seen", "older", "go"]:
    """Say what becomes of a thing that nobody wants; `remembers_since`: how far back Redis's memory goes."""
    if thing.created < remembers_since:
        return "older"
    return "go" if first_seen is not None and now - first_seen >= GRACE_SECONDS else "seen"


def in_order(things: Iterable[Thing]) -> list[Thing]:
    """Put what bills first, and what others stand on last."""
    order: Sequence[Kind] = ("training job", "endpoint", "endpoint config", "model")
    return sorted(things, key=lambda thing: (order.index(thing.kind), thing.created))


def stands_on(thing: Thing, things: Iterable[Thing]) -> bool:
    """Tell whether another thing of the same name needs this one: a config its endpoint, a model its config."""
    needs: Mapping[Kind, set[Kind]] = {"endpoint config": {"endpoint"}, "model": {"endpoint", "endpoint config"}}
    return any(other.name == thing.name and other.kind in needs.get(thing.kind, set()) for other in things)
