"""**Rename** in the list of models, and the modal behind it."""

from bot.desk import App, Desk, Payload
from bot.models import Asks, ask
from core import actions
from core.cards.rename_modal import NAME, answer, rename_modal
from core.managing import Hand


def register(app: App, desk: Desk) -> None:
    """Listen for the button and the modal."""
    ask(app, desk, Asks(actions.RENAME_MODEL, actions.RENAME_MODAL, rename_modal, NAME, _rename))


async def _rename(hand: Hand, model: str, view: Payload) -> str:
    return await hand.rename(model, answer(view))
