"""What is said about a team's models: which one is meant, whose they are, what they cost."""

from collections.abc import Sequence

from core.words import money, text

STATES = {
    "asleep": "asleep, costs nothing",
    "deploying": "getting up",
    "in_service": "in service",
    "draining": "falling asleep",
    "failed": "endpoint failed",
    "deleting": "being deleted",
}


def line(title: str, noun: str, state: str) -> str:
    """Name a model, with what it is and how it is."""
    return f"*{text.escape(title)}* · {text.escape(noun)} · {STATES[state]}"


def portrait(title: str) -> str:
    """Say what a model's portrait shows, to those who do not see it."""
    return f"A picture that {title} has painted"


def private(title: str, owner: str) -> str:
    """Answer somebody who asks a private model for something."""
    return f"*{text.escape(title)}* is private, and not open to you here. <@{owner}> can let you in."


CHOOSE = "Choose a model…"


def trained(title: str, day: str) -> str:
    """Tell a model from others of its name by when it was trained."""
    return f"{title} · {day}"


def no_room(count: int) -> str:
    """Tell that the list to choose from has no room for so many."""
    older = "1 older model has" if count == 1 else f"{count} older models have"
    return f"{older} no room in this list: ask for one with `--model NAME`."


TITLE = "Models"

PREVIOUS, NEXT = "Previous", "Next"

WAKE, SLEEP = "Wake", "Put to sleep"

RENAME = "Rename"

DEFAULT, NO_DEFAULT = "Default here", "No default here"

ACCESS = "Who may use it"

IDLE = "Idle time"

IDLE_TITLE, IDLE_SUBMIT, MINUTES = "Idle time", "Save", "Minutes without use until it sleeps"

MINUTES_HINT = "5 to 1440. Empty: as Darkroom was set up, which usually learns it from when the model is used."


def sleeps_after(seconds: float) -> str:
    """Say that a model has an idle time of its own."""
    return f"sleeps after {text.span(seconds / 60)}"


DELETE = "Delete"

DELETE_KEEP = "Keep it"


def delete_title(title: str) -> str:
    """Ask before a model is deleted."""
    return f"Delete {title}?"


DELETE_CONFIRM = (
    "What it has learnt, its photos in AWS and its pictures here of the last 90 days are deleted. This cannot be "
    "undone; what it has cost stays spent."
)

DELETE_READY_MADE = (
    "Its pictures here of the last 90 days are deleted. This cannot be undone. JumpStart still has the model."
)


def facts(owner: str, used_seconds: float | None, dollars: float, an_hour: str, marks: Sequence[str]) -> str:
    """Say whose a model is, when it was used last (seconds ago; None: never), what it has cost and what is special."""
    used = "never used" if used_seconds is None else f"used {text.ago(used_seconds)}"
    cost = f"{money.dollars(dollars)} so far{an_hour}"
    return " · ".join([f"<@{owner}>", used, cost, *marks])


def an_hour(dollars: float | None) -> str:
    """Say what an endpoint that is up costs; half a sentence, for behind the sum."""
    return f", {money.dollars(dollars)} an hour now" if dollars is not None else f", {money.PRICE_UNKNOWN}"


PRIVATE = "private"

WAITING = "waiting for a machine"

IS_DEFAULT = "this channel's default"


def shown(first: int, last: int, of: int) -> str:
    """Say which part of the list is shown."""
    return f"{first} to {last} of {of}"


def moved_on(title: str, state: str) -> str:
    """Answer a button that does not fit any more."""
    now = "down, for its endpoint failed" if state == "failed" else STATES[state].partition(",")[0]
    return f"Nothing was changed: *{text.escape(title)}* is {now} by now."


def is_painting(title: str) -> str:
    """Refuse to take an endpoint down under somebody's prompt."""
    return f"Nothing was changed: somebody waits for a picture of *{text.escape(title)}*. Try again when it is there."


def no_default(title: str) -> str:
    """Answer a wish to end what is over."""
    return f"Nothing was changed: *{text.escape(title)}* is not this channel's default any more."


def not_yours(title: str, owner: str) -> str:
    """Refuse what only a model's owner and admins may do."""
    return f"Nothing was changed: only <@{owner}> and your admins can do that to *{text.escape(title)}*."


def being_deleted(title: str, user: str) -> str:
    """Answer a button of a model that is on its way out."""
    return f"Nothing was changed: <@{user}> had *{text.escape(title)}* deleted, and it is going."


MOVING = "Nothing was changed: too much happens to this model at the moment. Please try again."

ACCESS_TITLE, ACCESS_SUBMIT = "Who may use it", "Save"

PEOPLE, CHANNELS = "People", "Channels"

CHANNELS_HINT = "Nobody and nothing chosen: everybody may use it. For its owner alone, choose the owner."


def access(title: str, owner: str) -> str:
    """Say what is asked, and what holds in any case."""
    return (
        f"Who may use *{text.escape(title)}*, beside its owner <@{owner}>: the people chosen here, wherever they are, "
        "and everybody in the channels. Others do not see it."
    )


RENAME_TITLE, RENAME_SUBMIT = "Rename model", "Rename"

NAME = "Name"


def name_hint(subject: str) -> str:
    """Say what a name is for."""
    return f"One word, for prompts and for --model. Empty: {subject}, which it has learnt and answers to in any case."


def name_unusable(most: int) -> str:
    """Fault of a name that cannot stand in a prompt."""
    return f"A name is one word of letters and digits, {most} at most, such as riobugger."


def name_taken(name: str) -> str:
    """Fault of a name that another model answers to."""
    return f"There is a model called “{text.escape(name)}” already. Please choose another name."


def renamed(user: str, before: str, after: str) -> str:
    """Tell the thread that a model has another name."""
    name = text.escape(after)
    return f"<@{user}> renamed *{text.escape(before)}* to *{name}*: `/imagine a photo of {name}`"


def deleted(user: str, title: str) -> str:
    """Tell the thread that a model is gone."""
    return f"<@{user}> had *{text.escape(title)}* deleted, with all that was stored for it. Its pictures go with it."


def deleted_under(user: str, title: str, prompt: str) -> str:
    """Tell an asker that the model was deleted under a prompt."""
    return f"<@{user}> had *{text.escape(title)}* deleted, so “{text.escape(prompt)}” is not painted."


def cannot_delete(title: str, reason: str) -> str:
    """Tell that something of a model cannot be deleted."""
    return f"I cannot delete all of *{text.escape(title)}* yet. {reason} I keep trying."
