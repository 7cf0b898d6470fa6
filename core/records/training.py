"""The records of training: runs and the photos they learn from."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core import names
from core.records.record import Record


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
    root: str = ""
    """The run whose set, thread and card this one shares; empty: it has its own."""
    comparison: str = ""
    """The step sheet that it is a part of, or that its set is being compared by."""
    parent: str = ""
    """The model whose artifact it starts from; empty: Stable Diffusion itself."""
    framing: str = "crop"
    """How photos become squares: crop (their middle) or fit (whole, on a blurred ground)."""
    said: dict[str, str] = field(default_factory=dict[str, str])
    """What people said that photos dropped from then on are, class or empty for the subject's own, by Slack's time."""
    preset: str = "thing"
    instance_prompt: str = ""
    class_prompt: str = ""
    max_steps: int = 200
    """Optimizer steps in all, from `max_steps` or from `epochs` and the number of photos."""
    hyperparameters: dict[str, str] = field(default_factory=dict[str, str])
    """What is sent beside JumpStart's own defaults, by JumpStart's names, as it writes them."""
    instance: str = ""
    """The instance type of the training job; empty until a person has started the run."""
    spot: bool = False
    licence_accepted_by: str = ""
    licence_accepted_at: float = 0
    attempt: int = 0
    """Counts the training jobs of this run, each with a name of its own."""
    waits: int = 0
    """How many of the attempts ended because AWS had no machine."""
    waits_until: float = 0
    """When the next attempt is made after AWS had no machine, in Unix seconds."""
    job: str = ""
    job_created: bool = False
    jumpstart_id: str = ""
    jumpstart_version: str = ""
    """What the settings, a wildcard perhaps, came to when the data set was prepared."""
    hosting: dict[str, Any] = field(default_factory=dict[str, Any])
    """What JumpStart said of the endpoint's container, when the data set was prepared."""
    queued_at: float = 0
    place: int = 0
    """Its place in the queue, from 1; 0: its turn has come."""
    stage: str = ""
    """SageMaker's SecondaryStatus."""
    created_at: float = 0
    """When the training job was created, in Unix seconds."""
    training_at: float = 0
    """When the first step of it was seen, in Unix seconds."""
    started_at: float = 0
    """When its job had a machine, by AWS's clock, in Unix seconds; 0: AWS has not said so, or was not asked."""
    first_step: int = 0
    """Which step that was: the log is looked at now and then."""
    drawn_at: float = 0
    """When its card was last brought up to date for the sake of the clock alone."""
    step: int = 0
    loss: str = ""
    """The loss at that step, as the log writes it."""
    billed_seconds: int = 0
    """AWS's BillableTimeInSeconds, once the job is over."""
    took_seconds: int = 0
    """From the creation of the job to its end."""
    interruptions: int = 0
    """How often AWS took its spot machine back, once the job is over."""
    ended_at: float = 0
    """When the job was over, by AWS's clock, in Unix seconds."""
    an_hour: float | None = None
    """The rate of that day in dollars; None: it is not known, or the job is not over."""
    held: dict[str, float] = field(default_factory=dict[str, float])
    """Dollars that it takes up of each month's budgets, by month, as long as it waits or trains."""
    dollars: float | None = None
    """What the job cost by the rates of its day; None: the rate is not known, or the job is not over."""
    spent_before: float = 0
    """What the jobs of its earlier attempts cost together, in dollars."""
    cancelled_by: str = ""
    stopping_at: float = 0
    """When somebody cancelled it, or it was given up while its job could run, in Unix seconds."""
    told_at: float = 0
    """When AWS took the order to stop its job, in Unix seconds; 0: it has not."""
    then: str = ""
    """Where stopping leads: failed; empty: cancelled."""
    reason: str = ""
    """Why it failed, in words for the thread."""
    model: str = ""

    @property
    def at_home(self) -> bool:
        """Runs under way are shown with their progress."""
        return True

    @property
    def dropping(self) -> str:
        """What photos that are dropped next are: class, or empty for the subject's own."""
        return self.role_at(float("inf"))

    def role_at(self, ts: float) -> str:
        """Tell what photos are that were dropped at this moment, however late Slack tells of them."""
        before = [moment for moment in self.said if float(moment) <= ts]
        return self.said[max(before, key=float)] if before else ""

    @property
    def root_id(self) -> str:
        """The run whose photos, thread and card are this one's."""
        return self.root or self.id


@dataclass(frozen=True, kw_only=True)
class Photo(Record):
    """One picture that somebody dropped in the thread, and what the doctor measured on it."""

    kind: ClassVar[str] = "photo"
    ttl: ClassVar[int] = 90 * names.DAY

    run: str
    file: str
    name: str
    user: str
    ts: str
    """The message it came with."""
    role: str = ""
    """class: its message says that it shows others of its kind; empty: it is what its thread was set to just then."""
    choice: str = ""
    """What a person said against the doctor: use or leave."""
    url: str = ""
    """Where Slack keeps it; empty when Slack has to be asked."""
    width: int = 0
    """Pixels of the upright original."""
    height: int = 0
    sharpness: float = 0
    """90th percentile over tiles of the variance of the Laplacian, on the 512×512 crop."""
    dhash: str = ""
    """Difference hash of 64 bits, 16 hexadecimal digits."""
    dark: float = 0
    """Share of pixels that are nearly black, 0 to 1."""
    bright: float = 0
    """Share of pixels that are nearly white, 0 to 1."""
    reason: str = ""
    """Why it cannot be read, in words; empty when it can."""


@dataclass(frozen=True, kw_only=True)
class Sheet(Record):
    """The contact sheet of a set: a picture on the card, drawn anew when the set changes."""

    kind: ClassVar[str] = "sheet"
    ttl: ClassVar[int] = 90 * names.DAY

    run: str
    file: str = ""
    """Slack's id of the picture on the card; empty while there is none."""
    uploaded: str = ""
    """Slack's id of a newer picture that Slack is still working on."""
    shows: str = ""
    """What the newest picture shows, as a digest: the same set is not drawn twice."""
    old: tuple[str, ...] = ()
    """Slack's ids of pictures that no card shows any more, to be deleted."""
