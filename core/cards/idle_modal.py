"""The modal behind Idle time: after how long without use does a model's endpoint go?"""

from core import actions, words
from core.cards.blocks import Block, modal
from core.cards.fields import field, typed
from core.records import Model

MINUTES = "minutes"


def idle_modal(model: Model, metadata: str) -> Block:
    """Draw the modal; `metadata` comes back with the answer."""
    given = f"{model.idle_seconds / 60:g}" if model.idle_seconds else ""
    asked = field(MINUTES, words.models.MINUTES, typed(MINUTES, given), words.models.MINUTES_HINT, optional=True)
    return modal(actions.IDLE_MODAL, words.models.IDLE_TITLE, words.models.IDLE_SUBMIT, metadata, [asked])


def answer(view: Block) -> str:
    """Read what a person typed; empty if nothing."""
    return str(view["state"]["values"][MINUTES][MINUTES].get("value") or "")
