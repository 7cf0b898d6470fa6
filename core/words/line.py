"""What is said about waiting for pictures: a place in line, how long it takes, what was too much for the endpoint."""

from collections.abc import Sequence

from core.words import text

CANCEL = "Cancel"
_TEENS = range(10, 20)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_COARSE = 20
_MINUTE = 60
PLACES_MOST = 200
"""Further back in line no place is said."""


def painting(count: int, subject: str, before: int, seconds: float) -> str:
    """Acknowledge a prompt whose model is in service; `before`: how many come first, `seconds` until it is there."""
    there = f"{text.pictures(count)} of *{text.escape(subject)}* will be here in about {about(seconds)}."
    return f"{place(before)}: {there}" if before else f"painting… {there}"


def waking(count: int, subject: str, before: int, seconds: tuple[float, float]) -> str:
    """Acknowledge a prompt whose model is asleep; `seconds`: how long it takes to get up, at least and at most."""
    return (
        f"*{text.escape(subject)}* is asleep. I am waking it, which takes {_between(seconds)}; "
        f"then {text.pictures(count)} will be here by {_itself(count)}.{_place(before)}"
    )


def starting_up(count: int, subject: str, before: int, seconds: tuple[float, float]) -> str:
    """Acknowledge a prompt whose endpoint is on its way up, with the time that it still takes."""
    soon = f"in {_between(seconds)}" if seconds[1] else "any moment now"
    return (
        f"*{text.escape(subject)}* is getting up; {text.pictures(count)} will be here as soon as it is, "
        f"{soon}.{_place(before)}"
    )


def no_machine(count: int, subject: str, before: int, again_at: float) -> str:
    """Acknowledge a prompt whose model waits for a machine; `again_at`: when AWS is asked again, in Unix seconds."""
    return (
        f"AWS has no machine for *{text.escape(subject)}* right now. I ask again at {text.clock(again_at)}; "
        f"{text.pictures(count)} will be here once it is up.{_place(before)}"
    )


MAY_TAKE_TOO_LONG = (
    "SageMaker waits 60 seconds for a call, and this one may take longer: fewer steps or pictures are safer."
)


def place(before: int) -> str:
    """Say a place in line by how many come before it."""
    if before >= PLACES_MOST:
        return f"More than {PLACES_MOST} come first"
    return f"Yours is {ordinal(before + 1)} in line"


def ordinal(number: int) -> str:
    """Write a place: 1st, 2nd, 3rd, 4th."""
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def about(seconds: float) -> str:
    """Write a time that is not known to the second: in steps of five from twenty on, in minutes from 90 seconds on."""
    if seconds >= 90:  # noqa: PLR2004 - as the docstring says
        return text.span(seconds / 60)
    whole = round(seconds) if seconds < _COARSE else 5 * round(seconds / 5)
    return "1 second" if whole <= 1 else f"{whole} seconds"


def _between(seconds: tuple[float, float]) -> str:
    least, most = (about(one) for one in seconds)
    if least == most:
        return f"about {most}"
    return f"about {round(seconds[0] / 60)} to {most}" if seconds[0] >= _MINUTE else f"at most {most}"


def _itself(count: int) -> str:
    return "itself" if count == 1 else "themselves"


def _place(before: int) -> str:
    return f" {place(before)}." if before else ""


def cancelled(subject: str, *, wakes: bool) -> str:
    """Say that a prompt was cancelled; `wakes`: its model is still being woken."""
    rest = f" *{text.escape(subject)}* still gets up, and goes to sleep again when nobody uses it." if wakes else ""
    return f"Cancelled: nothing will be posted.{rest}"


def only_asker(user: str) -> str:
    """Answer somebody who would cancel what another person asked for."""
    return f"Only <@{user}> can cancel this: they asked for it."


CANCELLED_ALREADY = "This has been cancelled already."
PAINTED_ALREADY = "Too late: these pictures are painted, and shown in a moment if they are not there yet."
FAILED_ALREADY = "There is nothing left to cancel: this could not be painted."
TOO_OLD = "I do not know this prompt any more: it is too old."

OUT_OF_MEMORY = "That is more than the endpoint's machine has memory for."
TOO_SLOW = "The endpoint took over 60 seconds, and SageMaker waits no longer."
LARGER_MACHINE = "It needs a larger machine: an admin can choose one."
FASTER_MACHINE = "It needs a faster machine: an admin can choose one."


def out_of_memory(fewer: Sequence[str]) -> str:
    """Say that the pictures did not fit; `fewer`: the flags that ask for less, if there are any."""
    return f"{OUT_OF_MEMORY} {_less('fewer or smaller pictures', fewer) or LARGER_MACHINE}"


def too_slow(fewer: Sequence[str]) -> str:
    """Say that the pictures took too long; `fewer` as above."""
    return f"{TOO_SLOW} {_less('fewer steps or pictures', fewer) or FASTER_MACHINE}"


def _less(what: str, fewer: Sequence[str]) -> str:
    return f"Try {what}: {', '.join(f'`{flag}`' for flag in fewer)}." if fewer else ""
