"""Draws what an outbox entry shows from the records as they are at this moment."""

from core import collecting, looking, outbox
from core.cards.blocks import Block
from core.cards.overview import overview
from core.cards.training import card
from core.records import Message, Model, Run
from workers.house import House
from workers.trouble import gone


async def draw(house: House, message: Message) -> tuple[str, list[Block]]:
    """Give a view's text for notifications, and its blocks."""
    if message.id == outbox.home_id(message.user):
        models = await looking.models(house.store, message.team)
        return "", overview(models, await looking.runs(house.store, message.team))
    run = await house.store.get(Run, message.team, message.ref)
    if run is None:
        raise gone(message.ref)
    model = await house.store.get(Model, message.team, run.model) if run.model else None
    photos = await collecting.photos(house.store, run)
    return card(run, photos, model, house.settings.training_instance, house.settings.idle_seconds)
