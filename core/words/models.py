"""What is said about a team's models: which one is meant, whose they are, what they cost."""

from core.words import text

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
