"""The modal behind Rename: what shall a model be called?"""

from core import actions, words
from core.cards.blocks import Block, modal
from core.cards.fields import field, typed
from core.records import Model

NAME = "name"


def rename_modal(model: Model, metadata: str) -> Block:
    """Draw the modal; `metadata` comes back with the answer."""
    asked = field(
        NAME, words.models.NAME, typed(NAME, model.title), words.models.name_hint(model.subject), optional=True
    )
    return modal(actions.RENAME_MODAL, words.models.RENAME_TITLE, words.models.RENAME_SUBMIT, metadata, [asked])


def answer(view: Block) -> str:
    """Read what a person typed; empty if nothing."""
    return str(view["state"]["values"][NAME][NAME].get("value") or "")
