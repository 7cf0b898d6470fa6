"""What is said about a run while it goes its way."""

from core.words import text

CANCEL = "Cancel"

STOPPING = "Stopping the training job. AWS needs up to two minutes; then nothing costs money."

CONFIRM_TITLE = "Cancel this?"

CONFIRM_KEEP = "Go on"

CONFIRM_SET = "The set is closed. The photos stay in the thread."

CONFIRM_RUN = "The training job is stopped. What it has cost until now stays spent."

CONFIRM_ENDPOINT = "The endpoint is taken down. What was learnt is kept, and /imagine wakes it."

STAGES = {
    "Pending": "waiting for a machine",
    "Starting": "starting a machine",
    "Downloading": "fetching the photos and the model",
    "Training": "training",
    "Uploading": "saving the model",
    "Interrupted": "AWS took the spot machine back; it starts again",
    "Stopping": "stopping",
}
"""SageMaker's SecondaryStatus in words."""

ENDS = {
    "Stopped": "Somebody stopped the training job at AWS.",
    "MaxRuntimeExceeded": "AWS stopped the training job: it ran longer than such a job may. Take fewer steps.",
    "MaxWaitTimeExceeded": "AWS had no spot machine in time. Try again later, or without spot.",
}
"""Why a job ended that AWS gives no other reason for, by its last SecondaryStatus."""


def cancelled_by(user: str) -> str:
    """Say on the card who cancelled the run."""
    return f"Cancelled by <@{user}>. Nothing is running, and nothing costs money."


def in_line(place: int) -> str:
    """Say how many runs are ahead."""
    return f"Number {place} in line: others are training first"


def waiting_for_machine(attempt: int, most: int, at: float, reason: str) -> str:
    """Say that AWS had no machine and when it is asked again."""
    return (
        f"AWS has no machine free right now. Attempt {attempt} of {most} follows at {text.clock(at)}; "
        f"nothing costs money meanwhile.\n>{reason}"
    )


def no_machine(attempts: int, reason: str) -> str:
    """Say that AWS had no machine in all attempts."""
    return f"AWS had no machine in {attempts} attempts. Try again later, or with another instance type. {reason}"


def so_far(minutes: float, left: float | None) -> str:
    """Say how long a job has been at it, and how long it will be."""
    rest = f", about {text.span(left)} left" if left is not None else ""
    return f"{text.span(minutes)} so far{rest}"


def step(step: int, steps: int, loss: str) -> str:
    """Say how far a training is; the loss as the log writes it."""
    return f"Training, step {step} of {steps}" + (f" · loss {loss}" if loss else "")


def took(actual: str, interruptions: int = 0) -> str:
    """Say what a job took and cost, and how often AWS took its spot machine back."""
    if not interruptions:
        return f"The training {actual}."
    times = "once" if interruptions == 1 else f"{interruptions} times"
    return f"The training {actual}. AWS took the spot machine back {times}, and it started anew."
