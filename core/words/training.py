"""What is said in a training thread: on its card, in its modal, in messages."""

from core.words import text


def opening(subject: str) -> str:
    """Acknowledge /train."""
    return f"Opening a thread for *{subject}*. Drop the photos there."


ALREADY_OPEN = "This message already has its training thread."

USE_NO_PHOTOS = "That message has no photos. Choose one with 4 to 20 of them, or start with `/train riobugger cat`."

USE_TITLE, USE_SUBMIT = "Use as training set", "Open thread"

NAME, NAME_HINT = "Name", "One word that means nothing else, such as riobugger."

NOUN, NOUN_HINT = "What it is", "A plain noun: cat, chair, logo, man."

STALE_BUTTON = "That button is from an earlier moment; nothing was changed. The card shows how things stand now."

FIELD_EMPTY = "Please write something here."

LICENCE_NEEDED = "The model's licence has to be accepted by the person who starts the training."


def field_too_long(most: int) -> str:
    """Fault of a text that is too long, in characters."""
    return f"Please keep this under {most} characters."


def prompt_without_subject(subject: str) -> str:
    """Fault of an instance prompt that lacks the subject."""
    return f"The prompt needs the name “{subject}” as a word of its own, or it cannot be called later."


def use_photos(count: int) -> str:
    """Say what becomes of a message's files."""
    return f"{count} files from this message. I keep the ones that are good photos; more can follow in the thread."


def card_title(subject: str, noun: str) -> str:
    """Title of the card."""
    return f"{subject} · {noun}"


def namesake(subject: str, noun: str) -> str:
    """Say that the name is taken, and what follows from a second model of it."""
    return (
        f"There is a model called *{text.escape(subject)}* already, {text.escape(noun)}. It stays as it is; once this "
        "one is trained too, `/imagine` asks which of them is meant."
    )


def namesake_under_way(subject: str, noun: str) -> str:
    """Say that another thread is at a model of the same name, and what follows from it."""
    return (
        f"Another thread is at a model called *{text.escape(subject)}* too, {text.escape(noun)}. Both can go on; once "
        "both are trained, `/imagine` asks which of them is meant."
    )


def drop_photos(subject: str) -> str:
    """Ask for photos. The only figure in this part of the card is the number of good ones."""
    return (
        f"Drop four to twenty photos of {subject} in this thread, in as many messages as you like. "
        "Different angles and backgrounds make the best model."
    )


def enough_photos(subject: str) -> str:
    """Say that training can start."""
    return f"That is enough to learn {subject}. Add more, or press *Train*."


TRAIN = "Train"

TRY_AGAIN = "Try again"

CHANGE_AND_TRY_AGAIN = "Change and try again"

COMPARE_STEPS = "Compare steps"


def on_top_of(subject: str, noun: str) -> str:
    """Say what a run on top of another model does to that model's subject."""
    return (
        f"On top of *{text.escape(subject)}*, {text.escape(noun)}: if the two are alike, the first is forgotten "
        "(two dogs); if they differ, both stay (a cat and a cup). The earlier model itself is not changed."
    )


PARENT_GONE = "The model that this should be trained on top of is not there any more."


def no_such_parent(subject: str) -> str:
    """Answer a wish to train on top of a model that is not there."""
    return f"There is no model called “{text.escape(subject)}” to train on top of. `/darkroom` lists yours."


def ready_made_parent(subject: str) -> str:
    """Answer a wish to train on top of a ready-made model."""
    return (
        f"*{text.escape(subject)}* is one of JumpStart's ready-made models, and those cannot be trained further. "
        "Leave out “on …” to start from Stable Diffusion itself."
    )


def left_out(name: str, reason: str) -> str:
    """Name a photo that was left out, with the reason; its name is empty when Slack has not told it."""
    return f"{f'*{text.escape(name)}*' if name else 'A photo'} is left out: {reason}"


def too_few_photos(good: int, least: int) -> str:
    """Refuse to train with too few photos."""
    so_far = f"there is {good}" if good == 1 else f"there are {good}"
    return f"Training needs {least} good photos and {so_far} so far. Drop {least - good} more in the thread."


def idle_costs(idle_minutes: int) -> str:
    """Say what follows a training: the endpoint, and its end."""
    return f"The endpoint that paints costs the same by the hour, and I take it down after {idle_minutes} idle minutes."


STAGE_QUEUED = "Queued"

STAGE_PREPARING = "Preparing the photos"

STAGE_TRAINING = "Training"

STAGE_DEPLOYING = "Deploying the endpoint"

STAGE_READY = "Ready to paint"


def failed_card(reason: str) -> str:
    """Say on the card why a run or an endpoint failed."""
    return f"This did not work: {reason}"


def announcement(subject: str, prompt: str) -> str:
    """Announce that the endpoint is in service; said once per run."""
    return (
        f"*{subject}* is *in service*. Ask for pictures in any channel:\n`/imagine {text.escape(prompt)} on the beach`"
    )


def training_failed(subject: str, reason: str) -> str:
    """Say why a training failed."""
    return f"Training *{subject}* did not work. {reason}\nNothing is left running. The photos are kept."


SET_CLOSED = "This set is closed, so these photos are not part of it. `/train` opens a new one."


def photos_most(most: int) -> str:
    """Reason for leaving out a photo beyond those that are looked at; said once, of the first."""
    return f"I look at {most} photos of a set at most. Whatever comes after them is left out too."


def not_in_channel(channel: str) -> str:
    """Tell a person in a direct message that the bot cannot speak in a channel."""
    return f"I cannot write in <#{channel}>. Please `/invite @Darkroom` there and try again."
