"""**Who may use it** in the list of models, and the modal behind it."""

from bot.desk import App, Desk, Payload
from bot.models import Asks, ask
from core import actions
from core.cards.access_modal import PEOPLE, access_modal, answer
from core.managing import Hand


def register(app: App, desk: Desk) -> None:
    """Listen for the button and the modal."""
    ask(app, desk, Asks(actions.MODEL_ACCESS, actions.ACCESS_MODAL, access_modal, PEOPLE, _open_to))


async def _open_to(hand: Hand, model: str, view: Payload) -> str:
    return await hand.open_to(model, answer(view))
