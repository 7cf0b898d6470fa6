"""The modal behind Who may use it: people and channels, or everybody."""

from core import actions, words
from core.cards.blocks import Block, context, modal
from core.cards.fields import channels, field, people
from core.records import Model

PEOPLE, CHANNELS = "people", "channels"
_PERSON = ("U", "W")
"""What Slack's ids of people begin with."""


def access_modal(model: Model, metadata: str) -> Block:
    """Draw the modal; `metadata` comes back with the answer."""
    named = [one for one in model.allowed if one.startswith(_PERSON)]
    places = [one for one in model.allowed if not one.startswith(_PERSON)]
    blocks = [
        context(words.models.access(model.title, model.owner)),
        field(PEOPLE, words.models.PEOPLE, people(PEOPLE, named), optional=True),
        field(CHANNELS, words.models.CHANNELS, channels(CHANNELS, places), words.models.CHANNELS_HINT, optional=True),
    ]
    return modal(actions.ACCESS_MODAL, words.models.ACCESS_TITLE, words.models.ACCESS_SUBMIT, metadata, blocks)


def answer(view: Block) -> list[str]:
    """Read whom a person chose: the ids of people and channels; none: everybody."""
    values = view["state"]["values"]
    return [
        *(values[PEOPLE][PEOPLE].get("selected_users") or []),
        *(values[CHANNELS][CHANNELS].get("selected_conversations") or []),
    ]
