"""Block Kit's pieces of messages: pictures, and what is asked before something cannot be undone."""

from collections.abc import Sequence

from core import words
from core.cards.blocks import Block, plain_text, section
from core.records import Model


def image(file: str, alt: str) -> Block:
    """Show an uploaded file of the app's own (PNG, JPEG or GIF); `alt` is read out to those who do not see it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def pictured(text: str, model: Model) -> Block:
    """A paragraph about a model, with its portrait beside it if it has one."""
    shown = image(model.portrait, words.models.portrait(model.title)) if model.portrait else None
    return section(text) | ({"accessory": shown} if shown else {})


def without_pictures(blocks: Sequence[Block]) -> list[Block]:
    """Leave the pictures beside paragraphs out: Slack refuses a whole message for one that was deleted meanwhile."""
    return [{name: part for name, part in block.items() if name != "accessory"} for block in blocks]


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """Ask before a button does what it says."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(yes),
        "deny": plain_text(no),
        "style": "danger",
    }
