"""What is said about JumpStart's ready-made models: adding one, and why one cannot be deployed."""

from collections.abc import Sequence

from core.idle_times import UNTIL_KNOWN
from core.words import money, text

ADD_TITLE, ADD_SUBMIT, REFRESH = "Add a model", "Add", "Refresh"

ASKING = "I am asking JumpStart which models it has. That takes a few seconds: press *Refresh* in a moment."

MODEL, MODEL_PLACEHOLDER = "Model", "Type to search"

MACHINE = "Machine"

NAME, NAME_HINT = "Name", "One word that means nothing else: a prompt with this word in it is painted by this model."

LICENCE, LICENCE_TICK = "Licence", "I accept it"


def no_list(reason: str) -> str:
    """Say why there is no list to choose from."""
    return f"I have no list of JumpStart's models. {reason} *Refresh* asks again."


def listed(count: int) -> str:
    """Say how many models can be added, and that this is free."""
    return f"JumpStart has {count} models that paint. Adding one costs nothing: it is asleep until somebody wakes it."


def matching(count: int, total: int, searched: str) -> str:
    """Say how many models a search came to."""
    said = f"{count} of {total} models match “{_short(searched)}”"
    return f"{said}. `/darkroom add` alone lists all. Adding one costs nothing: it is asleep until somebody wakes it."


def none_matching(total: int, searched: str, *, near: bool) -> str:
    """Say that a search came to nothing, and what is listed in its place."""
    instead = "These are the nearest" if near else "So all are listed"
    return f"None of JumpStart's {total} models matches “{_short(searched)}”. {instead}."


def _short(searched: str) -> str:
    return text.escape(text.short(searched, 60))


def about(label: str, version: str, url: str) -> str:
    """Name the model that is chosen, with a link to what its makers say about it."""
    link = f" · {text.link(url, 'what its makers say')}" if url else ""
    return f"*{text.escape(label)}* {text.escape(version)}{link}"


def machine(instance: str, an_hour: float | None) -> str:
    """Name a machine with its price, in a list."""
    price = f"{money.dollars(an_hour)} an hour" if an_hour is not None else money.PRICE_UNKNOWN
    return f"{instance} · {price}"


def awake(instance: str, an_hour: float | None, idle_seconds: float) -> str:
    """Say what a model costs while it is awake, and when it is; no idle time: that is learned from its uses."""
    idle = text.span((idle_seconds or UNTIL_KNOWN) / 60) + ("" if idle_seconds else ", later as its uses teach")
    price = f"{money.dollars(an_hour)} an hour" if an_hour is not None else f"by the hour ({money.PRICE_UNKNOWN})"
    return (
        f"Awake it costs *{price}*, on {instance}. It wakes when somebody asks it for a picture, which takes about 5 "
        f"to 10 minutes, and falls asleep when nobody has for {idle}. Asleep it costs nothing."
    )


def licence(url: str) -> str:
    """Ask to read a model's licence."""
    return f"This model has a {text.link(url, 'licence')} of its own, which whoever adds it accepts for the team."


LICENCE_UNREAD = "The licence has to be accepted by the person who adds the model."

GONE = "JumpStart does not list this model any more. Please choose another."

CHANGED = "Something has changed meanwhile. Please choose it once more."


def here_already(title: str) -> str:
    """Answer somebody who adds what is there."""
    return f"Your team has this model already: it is called “{text.escape(title)}”."


def there(title: str) -> str:
    """Mark a model of the list that the team has."""
    return f"added already, as {title}"


def example(name: str) -> str:
    """Give a prompt that names a ready-made model."""
    return f"a picture of a cat by {name}"


def added(title: str, prompt: str, instance: str, an_hour: float | None, idle_seconds: float) -> str:
    """Tell whoever added a model what it does now, and what it will cost."""
    return (
        f"*{text.escape(title)}* is added; it is asleep, and nothing runs yet. "
        f"`/imagine {text.escape(prompt)}` wakes it.\n{awake(instance, an_hour, idle_seconds)}"
    )


def withdrawn(model: str, version: str, reason: str) -> str:
    """Tell that JumpStart has withdrawn a ready-made model, and what to do; `reason` is JumpStart's own."""
    return (
        f"JumpStart has withdrawn {text.escape(model)} {text.escape(version)}, so it cannot be started any more. "
        f"`/darkroom add` shows the ones there are. JumpStart says: {text.escape(reason)}"
    )


def not_for_machine(model: str, instance: str, usable: Sequence[str]) -> str:
    """Tell that a ready-made model does not run on this machine, and on which it does."""
    return f"{text.escape(model)} does not run on {instance}. It does on {', '.join(usable)}."


def not_packed(model: str) -> str:
    """Tell that a ready-made model lacks its inference code, which AWS's own SDK would pack into it."""
    return (
        f"JumpStart's {text.escape(model)} does not come ready to run: its model and its code would have to be packed "
        "into one file first, which I do not do. `/darkroom add` shows others."
    )


def licence_needed(model: str, licence: str) -> str:
    """Tell that nobody has accepted a model's licence."""
    return f"{text.escape(model)} cannot be started: nobody has accepted its {text.link(licence, 'licence')}."
