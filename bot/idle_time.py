"""**Idle time** in the list of models, and the modal behind it."""

from bot.desk import App, Desk, Payload
from bot.models import Asks, ask
from core import actions
from core.cards.idle_modal import MINUTES, answer, idle_modal
from core.managing import Hand


def register(app: App, desk: Desk) -> None:
    """Listen for the button and the modal."""
    ask(app, desk, Asks(actions.MODEL_IDLE, actions.IDLE_MODAL, idle_modal, MINUTES, _sleep_after))


async def _sleep_after(hand: Hand, model: str, view: Payload) -> str:
    return await hand.sleep_after(model, answer(view))
