"""Draws what an outbox entry shows from the records as they are at this moment."""

from core import collecting, comparing, estimating, looking, outbox, prices, words
from core.cards.blocks import Block
from core.cards.comparing import rows
from core.cards.overview import overview
from core.cards.training import Standing, card
from core.outlook import hurdle, read
from core.records import Message, Model, Outlook, Run, Sheet
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
    return card(await _standing(house, run))


async def _standing(house: House, run: Run) -> Standing:
    """Read all that the card shows."""
    store = house.store
    outlook = await read(store, run.team)
    instance = run.instance or house.settings.training_instance
    return Standing(
        run,
        await collecting.photos(store, run),
        house.now(),
        sheet=await store.get(Sheet, run.team, collecting.sheet_id(run.id)),
        model=await store.get(Model, run.team, run.model) if run.model else None,
        parent=await store.get(Model, run.team, run.parent) if run.parent else None,
        estimate=await _estimate(house, run, outlook, instance) if run.state == "collecting" else "",
        rows=await _rows(house, run) if run.state == "comparing" else (),
        hurdle=hurdle(outlook, instance, spot=run.spot) if run.state == "collecting" else "",
    )


async def _rows(house: House, run: Run) -> list[Block]:
    comparison, runs, models = await comparing.look(house.store, run)
    return rows(comparison, runs, models) if comparison else []


async def _estimate(house: House, run: Run, outlook: Outlook, instance: str) -> str:
    """Say what a run with the usual answers takes and costs."""
    rate = prices.an_hour(instance, outlook)
    past = await estimating.history(house.store, run.team)
    guess = estimating.estimate(past, rate, estimating.plan(run, instance))
    said = words.money.estimate(guess.minutes, guess.dollars, instance, guess.learnt)
    return f"{said} {words.training.idle_costs(max(1, round(house.settings.idle_seconds / 60)))}"
