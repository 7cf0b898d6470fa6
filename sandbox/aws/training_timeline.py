"""A training job's states, worked out from what has happened to it."""

from dataclasses import dataclass, field

from sandbox.aws.shapes import Json

IN_PROGRESS = "InProgress"
_JOB_STATUS = {
    "Stopping": "Stopping",
    "Stopped": "Stopped",
    "MaxRuntimeExceeded": "Stopped",
    "MaxWaitTimeExceeded": "Stopped",
    "Completed": "Completed",
    "Failed": "Failed",
}
_MESSAGES = {
    "Starting": "Preparing the instances for training",
    "Pending": "Training job waiting for capacity",
    "Downloading": "Downloading the training image",
    "Training": "Training image download completed. Training in progress.",
    "Interrupted": "Training job interrupted because the managed spot training instances were interrupted",
    "Uploading": "Uploading generated training model",
    "Stopping": "Stopping the training job",
    "Stopped": "Training job stopped",
    "MaxRuntimeExceeded": "Training job runtime exceeded MaxRuntimeInSeconds provided",
    "MaxWaitTimeExceeded": "Training job wait time exceeded MaxWaitTimeInSeconds provided",
    "Completed": "Training job completed",
    "Failed": "Training job failed",
}


@dataclass
class TrainingFacts:
    """Instants (epoch seconds, None: not yet) of what has happened; `outcome` is the last secondary status.

    A job whose spot instance is taken away begins anew: `past` then holds the stages up to there, `held` the wall
    seconds that each lost instance was held, `starts_again` is when the present attempt began, and the other instants
    are that attempt's.
    """

    created: float
    past: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    held: list[float] = field(default_factory=list[float])
    starts_again: float | None = None
    waits_since: float | None = None
    downloads_since: float | None = None
    trains_since: float | None = None
    uploads_since: float | None = None
    stop_asked: float | None = None
    ended: float | None = None
    outcome: str = ""
    reason: str = ""

    @property
    def done(self) -> bool:
        """Whether the job has come to its end."""
        return self.ended is not None

    @property
    def holds_instance(self) -> bool:
        """Whether it holds an instance that is paid for."""
        return self.downloads_since is not None and not self.done

    @property
    def first_instance(self) -> float | None:
        """When it first had one."""
        return next((at for name, at in phases(self) if name == "Downloading"), None)


def interrupt(facts: TrainingFacts, now: float) -> None:
    """Take the instance away: what was done on it is lost."""
    facts.past = [*phases(facts), ("Interrupted", now)]
    facts.held.append(now - (facts.downloads_since or now))
    facts.starts_again = facts.waits_since = facts.downloads_since = facts.trains_since = None


def phases(facts: TrainingFacts) -> list[tuple[str, float]]:
    """Secondary statuses with their start, in order."""
    steps = [
        *facts.past,
        ("Starting", facts.starts_again if facts.past else facts.created),
        ("Pending", facts.waits_since),
        ("Downloading", facts.downloads_since),
        ("Training", facts.trains_since),
        ("Uploading", facts.uploads_since),
        ("Stopping", facts.stop_asked),
        (facts.outcome, facts.ended),
    ]
    return sorted(((name, at) for name, at in steps if at is not None), key=lambda step: step[1])


def secondary_status(facts: TrainingFacts) -> str:
    """The stage that the job is in; a job that was told to stop is Stopping whatever its container still does."""
    if facts.done:
        return facts.outcome
    if facts.stop_asked is not None:
        return "Stopping"
    return phases(facts)[-1][0]


def status(facts: TrainingFacts) -> str:
    """TrainingJobStatus."""
    return _JOB_STATUS.get(secondary_status(facts), IN_PROGRESS)


def last_modified(facts: TrainingFacts) -> float:
    """When the latest stage began."""
    return phases(facts)[-1][1]


def transitions(facts: TrainingFacts) -> list[Json]:
    """SecondaryStatusTransitions."""
    steps = phases(facts)
    ends = [at for _, at in steps[1:]] + [facts.ended]
    return [
        {"Status": name, "StartTime": at, "StatusMessage": _message(name, facts)}
        | ({} if end is None else {"EndTime": end})
        for (name, at), end in zip(steps, ends, strict=True)
    ]


def _message(name: str, facts: TrainingFacts) -> str:
    return facts.reason if name == "Failed" and facts.reason else _MESSAGES[name]


def training_s(facts: TrainingFacts, now: float, speed: float, modelled_s: float) -> float:
    """AWS seconds that instances were held, so far: from the download to the end, lost ones included.

    Two cores can be slower than the GPU they play, so with time running faster than AWS's the time that the GPU
    would have taken (`modelled_s`) is the most that counts for one instance.
    """
    until = now if facts.ended is None else facts.ended
    last = [] if facts.downloads_since is None else [until - facts.downloads_since]
    spans = [seconds * speed for seconds in [*facts.held, *last]]
    return sum(spans if speed <= 1 else (min(span, modelled_s) for span in spans))
