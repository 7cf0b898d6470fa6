"""What is said about the photos of a set: on the card and on its contact sheet."""

from collections.abc import Sequence

from core.words import text

NAME_MOST = 40
"""Characters of a file's name: some hundred names have to fit in a card."""

NAMES_MOST = 3
"""Names in a line about several photos, each cut to `SHORT_MOST` characters."""
SHORT_MOST = 16

SHEET = "The photos as the model will see them, each with its number"

SHEET_WITH_OTHERS = f"{SHEET}; below them the class photos"

GOOD_PHOTOS = "Good photos"

LEFT_OUT = "Left out"

CLASS_PHOTOS = "Class photos"

LOOKING = "looking…"

USE_ANYWAY = "Use anyway"

LEAVE_OUT = "Leave out"

LEAVE_OUT_ONE = "Leave out a photo…"

USE_ONE = "Use a photo anyway…"

FIT = "Show whole photos"

CROP = "Crop to the middle"

CLASS_NEXT = "Add class photos"

OWN_NEXT = "Back to own photos"


def dropping_class(noun: str, subject: str) -> str:
    """Say what the next photos are taken for."""
    return (
        f"Photos dropped now are taken as *class photos*: any {text.escape(noun)}, but not {subject}. "
        "They are used with prior preservation."
    )


def numbered(number: int, name: str, reason: str, role: str = "") -> str:
    """Name a photo that the doctor has something to say about."""
    return f"{_of(role)}*{number}* {text.escape(text.short(name, NAME_MOST))}: {reason}"


def several(numbers: Sequence[int], names: Sequence[str], reason: str, role: str = "") -> str:
    """Say of several photos what is wrong with all of them; the first few are named."""
    named = [text.escape(text.short(name, SHORT_MOST)) for name in names[:NAMES_MOST]]
    more = f" and {len(names) - NAMES_MOST} more" if len(names) > NAMES_MOST else ""
    return f"{_of(role)}*{text.numbers(numbers)}* {', '.join(named)}{more}: {reason}"


def _of(role: str) -> str:
    return "Class photo " if role == "class" else ""


def choice(number: int, name: str, role: str = "") -> str:
    """Offer a photo by number and name, in 75 characters at most; those of the class are many, so by number alone."""
    return f"{_of(role)}{number}" if role == "class" else f"{number} · {text.short(name, NAME_MOST)}"
