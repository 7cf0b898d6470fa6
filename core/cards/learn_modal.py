"""The modal behind "Use as training set": who is in these photos?"""

import json
from typing import Any

from core import actions
from core.cards.blocks import Block, context, modal, text_input


def learn_modal(origin: dict[str, Any], photos: int) -> Block:
    """Draw the modal; `origin` (channel, ts, files) comes back with the answer."""
    blocks = [
        context(
            f"{photos} files from this message. I keep the ones that are good photos; more can follow in the thread."
        ),
        text_input("subject", "Name", "", "One word that means nothing else, such as riobugger."),
        text_input("noun", "What it is", "", "A plain noun: cat, chair, logo, man."),
    ]
    return modal(
        actions.LEARN_MODAL, "Use as training set", "Open thread", json.dumps(origin, ensure_ascii=False), blocks
    )


def answers(view: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Read what a person submitted: subject, noun, and where the photos came from."""
    values = view["state"]["values"]
    subject, noun = (str(values[name]["value"].get("value") or "") for name in ("subject", "noun"))
    return subject, noun, json.loads(view["private_metadata"])
