"""What is said about pictures that are painted to be compared: fixed pictures, the forgetting check, step sheets."""

from collections.abc import Sequence

from core.words import money, text

FELL_ASLEEP = "the endpoint was taken down before this was painted"

NOT_KEPT = "no picture was kept"

NOT_PAINTED = "this could not be painted"

BEFORE = "as it was"


def on_top(parent: str) -> str:
    """Say under a child's name what it was trained on top of."""
    return f"trained on top of {parent}"


def forgetting_title(child: str, parent: str) -> str:
    """Title of the forgetting check, on the picture itself."""
    return f"What {child} remembers of {parent}"


def forgetting(child: str, parent: str, noun: str) -> str:
    """Say how the forgetting check is read."""
    parent, child = text.escape(parent), text.escape(child)
    return (
        f"*What {child} remembers of {parent}.* Each column is one prompt with one seed: above as *{parent}* painted "
        f"it, below as *{child}* paints it now. Where the rows are alike, {parent} is still in there; where the first "
        f"two columns show {child}, or just any {text.escape(noun)}, it has been forgotten. "
        f"*{parent}* itself is not changed and can be prompted as before."
    )


MODAL_TITLE = "Compare steps"

START = "Start"

STEPS_LABEL = "Step counts"

STEPS_HINT = "2 to 6 whole numbers, from few steps to many. Each is a training of its own."

WHAT_IT_DOES = (
    "The same photos are trained once for each step count, two at a time. Each model paints the same four prompts "
    "with the same seed, and you keep the one you like; the others are deleted."
)

STEPS_TWICE = "Each step count once, please."


def steps_range(most: int) -> str:
    """Fault of step counts that are none."""
    return f"Step counts are whole numbers from 1 to {most:,}, separated by commas: 50, 100, 200."


def steps_count(least: int, most: int) -> str:
    """Fault of too few or too many step counts."""
    return f"A step sheet compares {least} to {most} step counts."


def listed(steps: Sequence[int]) -> str:
    """Write step counts as they are typed."""
    return ", ".join(map(str, steps))


def cost(steps: Sequence[int], minutes: float, trainings: float | None, endpoints: float | None, learnt: int) -> str:
    """Say before the start what a step sheet takes and costs, in all."""
    price = f" ({money.PRICE_UNKNOWN})"
    if trainings is not None and endpoints is not None:
        price = (
            f" and {money.dollars(trainings + endpoints)} in all: {money.dollars(trainings)} for {len(steps)} "
            f"trainings and {money.dollars(endpoints)} for their endpoints, one at a time"
        )
    return f"*About {text.span(minutes)}{price}*, for {listed(steps)} steps, {money.known_from(learnt)}."


def price_changed(cost: str) -> str:
    """Say that a comparison is not started yet, and its price."""
    return f"What is compared has changed, and the price with it. {cost} Press *Start* again if that is fine."


CARD = "Comparing step counts:"


def choosing(days: int) -> str:
    """Say on the card that somebody has to choose."""
    return (
        "The step sheet is in the thread. Keep one row, here or there; or cancel to throw all of it away, "
        f"as I do by myself after {days} days."
    )


TIDYING = "Deleting what was not chosen."

STOPPING = "Stopping. Nothing is left running or stored."

WAITS = "waits for its turn"

IN_LINE = "in the queue"

PREPARING = "preparing the photos"

TRAINED = "trained, will be painted"

COMING_UP = "its endpoint is coming up"

PAINTING = "painting"

GOING_DOWN = "taking its endpoint down"

PAINTED = "painted"

CANCELLED = "cancelled"


def training(step: int, steps: int) -> str:
    """Say how far one of the runs is."""
    return f"training, step {step} of {steps}" if step else "training"


def failed(reason: str) -> str:
    """Say why one of the runs gave no model."""
    return f"did not work. {reason}"


def row(steps: int) -> str:
    """Name a row."""
    return "1 step" if steps == 1 else f"{steps} steps"


def took(minutes: float, dollars: float | None, joint: str = " · ") -> str:
    """Say what a row's training took and cost, as far as it is known."""
    price = f"{joint}{money.dollars(dollars)}" if dollars is not None else ""
    return f"{text.span(minutes)}{price}"


def sheet_title(subject: str) -> str:
    """Title of the step sheet, on the picture itself."""
    return f"{subject} after more and more steps"


def sheet(subject: str, noun: str) -> str:
    """Say how the step sheet is read."""
    subject, noun = text.escape(subject), text.escape(noun)
    return (
        f"*The step sheet of {subject}.* Each row is a model of its own, trained for so many steps; each column is one "
        f"prompt, with one seed throughout. With too few steps {subject} is not itself yet. With too many, every "
        f"{noun} turns into {subject}, and in the end everything does. Keep the row that shows {subject} best and "
        "still knows the others."
    )


def no_sheet(reason: str) -> str:
    """Say that there is no picture of the step sheet."""
    return f"The picture of it cannot be shown here. {reason}"


KEEP_THIS = "Keep this one"


def keep(steps: int) -> str:
    """Label the button of a row."""
    return f"{KEEP_THIS}: {row(steps)}"


KEEP_TITLE = "Keep this one?"

KEEP_YES = "Keep it"

KEEP_NO = "Not yet"


def keep_confirm(steps: int, others: int) -> str:
    """Say what keeping one does to the others."""
    gone = "The other model is" if others == 1 else f"The other {others} models are"
    return f"The model of {row(steps)} comes into service. {gone} deleted for good."


def kept(user: str, steps: int, subject: str) -> str:
    """Say which row was kept, and by whom."""
    return (
        f"<@{user}> keeps *{text.escape(subject)}* after {row(steps)}. "
        "The others are deleted; its endpoint is coming up."
    )


def nothing_trained(subject: str) -> str:
    """Say that no row gave a model."""
    return f"None of the trainings of *{text.escape(subject)}* worked: nothing to compare. The photos are kept."


def expired(subject: str, days: int) -> str:
    """Say that nobody has chosen for too long."""
    return (
        f"Nobody has kept a row of the step sheet of *{text.escape(subject)}* in {days} days, so its models are "
        "deleted. The photos are kept as long as this set is."
    )


def broke(subject: str, reason: str) -> str:
    """Say that a step sheet is given up."""
    return (
        f"I cannot go on with the step sheet of *{text.escape(subject)}*. {reason}\n"
        "Its runs are stopped; the photos are kept."
    )


def not_deleted(reason: str) -> str:
    """Say that something was left in the bucket."""
    return (
        "What was not chosen could not all be deleted from the bucket; "
        f"it costs a little as long as it is there. {reason}"
    )
