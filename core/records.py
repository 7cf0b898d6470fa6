"""What a record is: the truth about one thing, changed only by compare-and-set."""

import json
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self, cast

from core import names, states

_IN_THE_HASH = ("team", "id", "state", "version", "due", "tries")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing's state.

    `version` counts its changes (0: not yet written); `due` is when a worker must look at it next, in Unix seconds
    (None: never); `tries` counts how often a worker has taken it up since it last got on.
    """

    kind: ClassVar[str]
    ttl: ClassVar[int]
    """How long it is kept after its last change, in seconds; 0: until its owner deletes it."""

    team: str
    id: str
    state: str
    version: int = 0
    due: float | None = None
    tries: int = 0

    @property
    def member(self) -> str:
        """Its name in indexes and wake-ups: `kind:id`."""
        return f"{self.kind}:{self.id}"

    def to(self, state: str, **changes: Any) -> Self:
        """Give the record as it is after this change of state; it has got on, so its tries start again.

        Raises:
            IllegalChangeError: when its lifecycle has no such change.
        """
        states.check(self.kind, self.state, state)
        return replace(self, **({"state": state, "tries": 0} | changes))

    def body(self) -> str:
        """Write down what the store has no field of its own for, as JSON."""
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self) if f.name not in _IN_THE_HASH})

    @classmethod
    def read(cls, team: str, identity: str, stored: dict[str, str]) -> Self:
        """Read a record from its Redis hash; fields that only another version of the code knows are left out."""
        body = json.loads(stored["body"])
        known = {f.name for f in fields(cls)}
        return cls(
            team=team,
            id=identity,
            state=stored["state"],
            version=int(stored["version"]),
            due=float(stored["due"]) if stored["due"] else None,
            tries=int(stored["tries"]),
            **{name: _frozen(value) for name, value in body.items() if name in known},
        )


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


@dataclass(frozen=True, kw_only=True)
class Run(Record):
    """A training run, and before it the thread's training set that is being collected."""

    kind: ClassVar[str] = "run"
    ttl: ClassVar[int] = 90 * names.DAY

    channel: str
    owner: str
    subject: str
    noun: str
    thread_ts: str = ""
    """Empty until the card, which is the thread's first message, has been posted."""
    instance_prompt: str = ""
    class_prompt: str = ""
    max_steps: int = 200
    learning_rate: str = "2e-06"
    licence_accepted_by: str = ""
    licence_accepted_at: float = 0
    attempt: int = 0
    job: str = ""
    job_created: bool = False
    jumpstart_id: str = ""
    jumpstart_version: str = ""
    """What the settings, a wildcard perhaps, came to when the data set was prepared."""
    stage: str = ""
    """SageMaker's SecondaryStatus."""
    step: int = 0
    reason: str = ""
    """Why it failed, in words for the thread."""
    model: str = ""


@dataclass(frozen=True, kw_only=True)
class Photo(Record):
    """One picture that somebody dropped in the thread."""

    kind: ClassVar[str] = "photo"
    ttl: ClassVar[int] = 90 * names.DAY

    run: str
    file: str
    name: str
    user: str
    ts: str
    """The message it came with."""
    url: str = ""
    """Where Slack keeps it; empty when Slack has to be asked."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Model(Record):
    """What can be prompted: an artifact, and the endpoint that serves it (its state is the endpoint's)."""

    kind: ClassVar[str] = "model"
    ttl: ClassVar[int] = 0

    run: str
    channel: str
    thread_ts: str
    owner: str
    subject: str
    noun: str
    instance_prompt: str
    artifact: str
    jumpstart_id: str
    jumpstart_version: str
    trained_at: float
    attempt: int = 0
    stage: str = ""
    """Inside deploying and draining: the resource that is dealt with next."""
    then: str = ""
    """Where draining leads: asleep or failed."""
    in_service_at: float = 0
    warned_for: float = 0
    """The last use that a warning has been given for."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Generation(Record):
    """One /imagine: a prompt that becomes pictures."""

    kind: ClassVar[str] = "generation"
    ttl: ClassVar[int] = 30 * names.DAY

    user: str
    channel: str
    thread_ts: str = ""
    prompt: str
    count: int = 1
    seed: int = 0
    model: str = ""
    sample: bool = False
    """True for the picture that goes with the announcement: nobody asked for it."""
    noted: bool = False
    """True when a note stands in the thread until the pictures come."""
    files: tuple[str, ...] = ()
    """Slack's ids of the uploaded pictures; once they are written down, only the sharing is left."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Message(Record):
    """One entry of the outbox: something that Slack shows, brought up to date until it is as it should be."""

    kind: ClassVar[str] = "message"
    ttl: ClassVar[int] = 90 * names.DAY

    call: str
    """post, ephemeral, react, view (posted once, then updated in place), home, or erase (another entry's message)."""
    channel: str = ""
    thread_ts: str = ""
    ts: str = ""
    """Slack's name of the message, once it has been sent."""
    user: str = ""
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    name: str = ""
    """An emoji's name, for react."""
    ref: str = ""
    """The record that a view is drawn from; the entry that is erased."""
    since: float = 0
    """When the message was written: a search for its first try need not look further back."""
