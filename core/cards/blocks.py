"""Block Kit's pieces, as far as they are used here."""

from collections.abc import Mapping
from typing import Any

Block = dict[str, Any]

SECTION_MOST = 3_000
"""Slack's limit of a section's text, in characters."""


def mrkdwn(text: str) -> Block:
    """Text with Slack's marks; of plain words Slack is to make nothing: no @here, no #channel, no link."""
    return {"type": "mrkdwn", "text": text[:SECTION_MOST], "verbatim": True}


def plain_text(text: str) -> Block:
    """Text without marks."""
    return {"type": "plain_text", "text": text}


def header(text: str) -> Block:
    """A title, 150 characters at most."""
    return {"type": "header", "text": plain_text(text[:150])}


def section(text: str) -> Block:
    """A paragraph."""
    return {"type": "section", "text": mrkdwn(text)}


def figures(named: Mapping[str, int]) -> Block:
    """Figures side by side, each under its name."""
    return {"type": "section", "fields": [mrkdwn(f"*{name}*\n{value}") for name, value in named.items()]}


def context(text: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(text: str, action: str, value: str, style: str = "") -> Block:
    """A button; `style` is primary, danger or nothing."""
    pressed = {"type": "button", "text": plain_text(text[:75]), "action_id": action, "value": value}
    return pressed | ({"style": style} if style else {})


def actions(*buttons: Block, block: str = "") -> Block:
    """Put buttons in a row; by `block` they are known to whoever presses one while the message is drawn anew."""
    return {"type": "actions", "elements": list(buttons)} | ({"block_id": block} if block else {})


def text_input(block: str, label: str, value: str, hint: str = "") -> Block:
    """Ask for one line in a modal."""
    element = {"type": "plain_text_input", "action_id": "value"} | ({"initial_value": value} if value else {})
    asked: Block = {"type": "input", "block_id": block, "label": plain_text(label), "element": element}
    return asked | ({"hint": plain_text(hint)} if hint else {})


def modal(callback: str, title: str, submit: str, metadata: str, blocks: list[Block]) -> Block:
    """Make a modal; its title has 24 characters at most."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(title[:24]),
        "submit": plain_text(submit),
        "close": plain_text("Cancel"),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def notice(title: str, close: str, blocks: list[Block]) -> Block:
    """Make a modal that says something and asks nothing."""
    return {"type": "modal", "title": plain_text(title[:24]), "close": plain_text(close), "blocks": blocks}
