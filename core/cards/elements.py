"""Block Kit's pieces of messages: pictures, selects, and what is asked before something cannot be undone."""

from collections.abc import Sequence

from core.cards.blocks import Block, plain_text


def image(file: str, alt: str) -> Block:
    """Show an uploaded file of the app's own (PNG, JPEG or GIF); `alt` is read out to those who do not see it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def option(text: str, value: str) -> Block:
    """One choice of a select; text and value have 75 characters at most."""
    return {"text": plain_text(text[:75]), "value": value}


def select(placeholder: str, action: str, options: Sequence[Block]) -> Block:
    """A select of at most 100 options."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain_text(placeholder),
        "options": list(options[:100]),
    }


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """Ask before a button does what it says."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(yes),
        "deny": plain_text(no),
        "style": "danger",
    }
