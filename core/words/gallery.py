"""What the gallery says."""

from collections.abc import Sequence

from core.words import text

TITLE, CLOSE, PREVIOUS, NEXT = "Gallery", "Close", "Previous", "Next"

STAR = "★"

RULE = "You see what was posted in this channel, and your own; what has a :star: comes first."

PERSON_UNKNOWN = "I do not know whom you mean. Choose the person from the list that Slack offers behind the @."


def part(first: int, last: int, of: int, narrowed: Sequence[str]) -> str:
    """Say which pictures are shown, and what they are narrowed down to."""
    return " · ".join([f"{first} to {last} of {of}", *narrowed, RULE])


def of_model(title: str) -> str:
    """Name the model whose pictures are shown."""
    return f"*{text.escape(title)}*"


def by(user: str) -> str:
    """Name who asked for pictures."""
    return f"<@{user}>"


def seed(number: int) -> str:
    """Name a seed."""
    return f"seed {number}"


def stars(count: int) -> str:
    """Count the stars."""
    return f"{STAR} {count}"


def nothing(narrowed: Sequence[str]) -> str:
    """Answer a look at an empty gallery."""
    if narrowed:
        return f"There are no pictures for {' by '.join(narrowed)} that I can show you here. {RULE}"
    return f"There are no pictures here yet: `/imagine a photo of riobugger cat` paints the first. {RULE}"


def caption(prompt: str, facts: Sequence[str]) -> str:
    """Stand below a picture."""
    return f"*{text.escape(prompt)}*\n{' · '.join(facts)}"
