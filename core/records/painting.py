"""The records of painting: models, with the endpoints that serve them, and prompts."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core import names, parameters
from core.records.record import Record


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
    """When it was trained; a ready-made one: when it was added."""
    parent: str = ""
    """The model that its training started from; empty: Stable Diffusion itself."""
    comparison: str = ""
    """The step sheet that it was trained for, as long as nobody has chosen it: nobody else can prompt it."""
    attempt: int = 0
    stage: str = ""
    """Inside deploying, draining and deleting: what is dealt with next."""
    then: str = ""
    """Where draining leads: asleep, failed or deleting."""
    waits: int = 0
    """How many attempts in a row to bring its endpoint up ended because AWS had no machine."""
    waits_until: float = 0
    """When the next attempt is made after AWS had no machine, in Unix seconds; 0: it does not wait."""
    wakes_at: float = 0
    """When it is woken for the working hours of its channel, in Unix seconds; 0: it is not."""
    in_service_at: float = 0
    wake_seconds: float = 0
    """How long its endpoint takes to come into service, averaged, the latest counting most; 0: it never has."""
    idle_seconds: float = 0
    """How long its endpoint may idle; 0: as the deployment's settings say."""
    awake_until: float = 0
    """Until when somebody wants its endpoint awake, in Unix seconds."""
    tagged_idle: float = 0
    """After how many seconds without a call its endpoint may be deleted by its own tag."""
    warned_for: float = 0
    """The end of an idle time that a warning has been given for, in Unix seconds."""
    reason: str = ""
    hosting: dict[str, Any] = field(default_factory=dict[str, Any])
    """What JumpStart said of the endpoint's container, by which it is brought up from then on."""
    name: str = ""
    """What people call it since it was renamed; empty: as its subject."""
    portrait: str = ""
    """Slack's id of a picture that shows what it paints."""
    allowed: tuple[str, ...] = ()
    """Ids of the people and channels that may use it, its owner aside; empty: all."""
    deleted_by: str = ""
    """Who had it deleted; it paints no more from then on, and goes as soon as its endpoint is gone."""
    instance: str = ""
    """The machine of its endpoint; empty: the deployment's."""
    licence_accepted_by: str = ""
    """Who accepted a ready-made model's licence, where it has one."""
    licence_accepted_at: float = 0
    woken_by: str = ""
    """Who had its endpoint woken last; empty: its owner."""
    woken_in: str = ""
    """The channel from which that was; empty: its own."""
    held: dict[str, float] = field(default_factory=dict[str, float])
    """Dollars that its endpoint takes up of each month's budgets, by month, until it is known what it has cost."""
    up_as: str = ""
    """The name of the endpoint that bills."""
    up_on: str = ""
    """The machine of it."""
    up_since: float = 0
    """When its endpoint began to bill, in Unix seconds; 0: it does not."""
    an_hour: float | None = None
    """What its endpoint has cost an hour since then, in dollars; None: nobody knows."""
    seen_at: float = 0
    """When an endpoint that is being deleted, or has been, was last known to be there, in Unix seconds."""
    up_seconds: float = 0
    """How long all its endpoints before that have billed."""
    dollars: float = 0
    """What its training and all its endpoints so far have cost, by the rates of their days."""

    @property
    def at_home(self) -> bool:
        """Models are shown with their state."""
        return True

    @property
    def stands(self) -> str:
        """Its state as people see it: one that somebody has deleted is going, whatever has to end before."""
        return "deleting" if self.deleted_by else self.state

    @property
    def title(self) -> str:
        """The name by which people know it."""
        return self.name or self.subject

    @property
    def ready_made(self) -> bool:
        """Whether it is one of JumpStart's, as it is: no run has trained it, and it has no artifact of ours."""
        return not self.artifact


@dataclass(frozen=True, kw_only=True)
class Generation(Record):
    """One /imagine: a prompt that becomes pictures."""

    kind: ClassVar[str] = "generation"
    ttl: ClassVar[int] = 90 * names.DAY
    """As long as its buttons answer, and as long as it stands in the gallery."""

    user: str
    channel: str
    thread_ts: str = ""
    prompt: str
    count: int = 1
    seed: int = 0
    steps: int = parameters.STEPS
    guidance: float = parameters.GUIDANCE
    negative: str = ""
    """What the picture is to leave out."""
    width: int = parameters.SIDE
    height: int = parameters.SIDE
    model: str = ""
    sample: bool = False
    """True for the picture that goes with the announcement: nobody asked for it."""
    noted: bool = False
    """True when a note stands in the thread until the pictures come."""
    keep: str = ""
    """The S3 key that its one picture is kept under, for a sheet; empty: the pictures are shared in Slack."""
    files: tuple[str, ...] = ()
    """Slack's ids of the uploaded pictures; once they are written down, only the sharing is left."""
    reason: str = ""
    asked_at: float = 0
    """When it was asked, in Unix seconds."""
    seconds: float = 0
    """How long the endpoint took for it."""
    dollars: float | None = None
    """What these seconds cost; None: the machine's price is not known."""
    posted_at: float = 0
    """When its pictures were shared, in Unix seconds."""
    ts: str = ""
    """Slack's name of the message with the pictures, once Slack has said it."""
    again: str = ""
    """The latest prompt that was made of this one by Again or Vary."""
    varied: int = 0
    """How often it has been varied: each time with the next seed."""
    starred_by: tuple[str, ...] = ()
    """Who has put a star to the pictures."""
    stars: dict[str, float] = field(default_factory=dict[str, float])
    """By `person:emoji` when a star was last put or, negative, taken away, by Slack's clock (Unix seconds)."""

    @property
    def at_home(self) -> bool:
        """Its asker sees the pictures as soon as they are posted, and no longer than they are there."""
        return self.state in {"posted", "deleted"}
