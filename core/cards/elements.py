"""Block Kit's pieces of messages: pictures, and what is asked before something cannot be undone."""

import re
from collections.abc import Iterable, Sequence

from core import words
from core.cards.blocks import Block, plain_text, section
from core.records import Model

_PLACE = re.compile(r"json-pointer:(?:/view)?/blocks/(\d+)")


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


def without_refused(blocks: Sequence[Block], said: Iterable[str]) -> list[Block]:
    """Leave out the pictures that Slack refuses a view for, by what it says; all pictures if it does not say which.

    It names places: `[ERROR] invalid slack file [json-pointer:/view/blocks/4/slack_file]`.
    """
    named = {int(place) for one in said for place in _PLACE.findall(one)}
    refused = named or set(range(len(blocks)))
    kept = [_plain(block) if number in refused else block for number, block in enumerate(blocks)]
    return [block for block in kept if block]


def _plain(block: Block) -> Block:
    """Give a block without its picture, empty when it is nothing else."""
    if block["type"] == "image":
        return {}
    pictured = block.get("accessory", {}).get("type") == "image"
    return {name: part for name, part in block.items() if name != "accessory"} if pictured else block


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """Ask before a button does what it says."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(yes),
        "deny": plain_text(no),
        "style": "danger",
    }
