"""What is said about the photos of a set: on the card and on its contact sheet."""

from core.words import text

SHEET = "The photos as the model will see them, each with its number"

GOOD_PHOTOS = "Good photos"

LEFT_OUT = "Left out"

CLASS_PHOTOS = "Class photos"

LOOKING = "looking…"

USE_ANYWAY = "Use anyway"

LEAVE_OUT = "Leave out"

LEAVE_OUT_ONE = "Leave out a photo…"

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


def numbered(number: int, name: str, reason: str) -> str:
    """Name a photo that the doctor has something to say about."""
    return f"*{number}* {text.escape(name)}: {reason}"


def leave_out(number: int, name: str) -> str:
    """Offer a photo for leaving out, in 75 characters at most."""
    return f"{number} · {name}"[:75]
