"""The modal behind "Use as training set": who is in these photos?"""

import json
from typing import Any

from core import actions, words
from core.cards.blocks import Block, context, modal, text_input


def learn_modal(origin: dict[str, Any], photos: int) -> Block:
    """Draw the modal; `origin` (channel, ts, files) comes back with the answer."""
    blocks = [
        context(words.training.use_photos(photos)),
        text_input("subject", words.training.NAME, "", words.training.NAME_HINT),
        text_input("noun", words.training.NOUN, "", words.training.NOUN_HINT),
    ]
    title, submit = words.training.USE_TITLE, words.training.USE_SUBMIT
    return modal(actions.LEARN_MODAL, title, submit, json.dumps(origin, ensure_ascii=False), blocks)


def answers(view: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Read what a person submitted: subject, noun, and where the photos came from."""
    values = view["state"]["values"]
    subject, noun = (str(values[name]["value"].get("value") or "") for name in ("subject", "noun"))
    return subject, noun, json.loads(view["private_metadata"])
