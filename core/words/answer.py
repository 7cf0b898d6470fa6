"""What stands with pictures, and what the buttons below them answer."""

from collections.abc import Sequence

from core.words import money, text

AGAIN, VARY, EDIT, DETAILS, DELETE = "Again", "Vary", "Edit", "Details", "Delete"

DELETE_TITLE = "Delete these pictures?"
DELETE_TEXT = "They go from this channel and from Slack, for everybody. The same command and seed paint them again."
DELETE_YES, DELETE_NO = "Delete", "Keep them"

WITHOUT_MOST = 150
"""Characters of what was to be left out that a caption has room for."""
_ROUGH_CENTS, _DOLLAR = 10, 100
_LEAST_CENTS = 0.1
_ROUGH_SECONDS = 10


def caption(user: str, prompt: str, facts: Sequence[str]) -> str:
    """Stand with the pictures; `facts` are what they were painted with, and what that took."""
    who = f"<@{user}>: " if user else ""
    return f"{who}*{text.escape(prompt)}*\n{' · '.join(facts)}"


def seed(number: int) -> str:
    """Name a seed."""
    return f"seed {number}"


def steps(count: int) -> str:
    """Name a number of inference steps."""
    return "1 step" if count == 1 else f"{count} steps"


def guidance(scale: float) -> str:
    """Name a guidance scale."""
    return f"cfg {scale:g}"


def size(width: int, height: int) -> str:
    """Name a size in pixels."""
    return f"{width}×{height}"


def without(negative: str) -> str:
    """Name what a picture was to leave out, as far as there is room for it."""
    return f"without “{text.escape(text.short(negative, WITHOUT_MOST))}”"


def seconds(took: float) -> str:
    """Write how long the endpoint took."""
    return f"{took:.1f} s" if took < _ROUGH_SECONDS else f"{took:.0f} s"


def cents(dollars: float) -> str:
    """Write what some seconds of a machine cost: to the tenth of a cent, as one picture often costs less than one."""
    amount = dollars * 100
    if amount >= _DOLLAR:
        return money.dollars(dollars)
    if amount < _LEAST_CENTS:
        return f"less than {_LEAST_CENTS}¢"
    return f"{amount:.1f}¢" if amount < _ROUGH_CENTS else f"{amount:.0f}¢"


def description(command: str, facts: Sequence[str], place: int, count: int) -> str:
    """Stand in a picture's own metadata; `command` as it is typed, without the slash and the verb."""
    painted = f"picture {place} of {count}, painted by Darkroom"
    return f"/imagine {command}\n{', '.join([*facts, painted])}"


def model(title: str, jumpstart_id: str, version: str) -> str:
    """Name a model with what it is made of."""
    return f"{title} ({jumpstart_id} {version})"


def details(command: str, facts: Sequence[str]) -> str:
    """Give all parameters as one command; `command` as Slack shows it, without the slash and the verb."""
    return f"{text.escape(' · '.join(facts))}\nCopy this to ask for the same again:\n```/imagine {command}```"


TOO_OLD = "These pictures are too old for their buttons: I keep what I know of them for 90 days."

DELETED_ALREADY = "These pictures have been deleted."

NOT_YET = "These pictures are being posted this very moment. Please press again in a few seconds."

PRESSED_TWICE = "That press has been answered already; nothing more is painted, and nothing more is paid."


def painting_already(user: str) -> str:
    """Answer a press while what the last one asked for is not there yet; `user` asked for that."""
    return f"That is being painted already: <@{user}> asked for it. Press again when it is there."


MANY_AT_ONCE = "Several people pressed at once. Please press again."


def only_asker_deletes(user: str) -> str:
    """Answer somebody who may not delete pictures; `user` asked for them, if anybody did."""
    whose = f"<@{user}>, who asked for them," if user else "who taught me the model"
    return f"Only {whose} and admins can delete these pictures."


def not_deleted(reason: str) -> str:
    """Tell that Slack did not let pictures be deleted."""
    return f"I could not delete your pictures from Slack. {reason} You can still delete them there by hand."


EDIT_TITLE, EDIT_SUBMIT = "Paint it differently", "Paint"

PROMPT, NEGATIVE, MODEL = "Prompt", "What to leave out", "Model"
COUNT, SEED, STEPS, GUIDANCE, SIZE = "How many pictures", "Seed", "Steps", "cfg", "Width × height"

SEED_HINT = "The same seed paints the same again; leave it empty for another one."
STEPS_HINT = "More of them are slower and finer; beyond 50 the difference is small."
GUIDANCE_HINT = "How strictly the picture follows the prompt."

PROMPT_NEEDED = "Say what I shall paint."

NO_FLAGS_HERE = "Flags have fields of their own here: please leave them out of the prompt."

MODEL_NEEDED = "Choose one of your models."


def cost(took: float, dollars: float | None) -> str:
    """Say before pictures are asked for anew what they will cost, going by those they are made of."""
    price = f" for {cents(dollars)}" if dollars is not None else ""
    return f"The last ones took {seconds(took)}{price}."
