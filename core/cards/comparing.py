"""Messages with pictures that are compared: the forgetting check."""

from core import words
from core.cards.blocks import Block, section
from core.cards.elements import image
from core.records import Model


def forgetting(child: Model, parent: Model, file: str) -> tuple[str, list[Block]]:
    """Show the parent's pictures beside what its child makes of the same prompts; `file` is Slack's id of the sheet."""
    text = words.comparing.forgetting(child.subject, parent.subject, parent.noun)
    return text, [section(text), image(file, words.comparing.forgetting_title(child.subject, parent.subject))]
