"""Block Kit's pieces of messages: pictures, and what is asked before something cannot be undone."""

from core.cards.blocks import Block, plain_text


def image(file: str, alt: str) -> Block:
    """Show an uploaded file of the app's own (PNG, JPEG or GIF); `alt` is read out to those who do not see it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """Ask before a button does what it says."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(yes),
        "deny": plain_text(no),
        "style": "danger",
    }
