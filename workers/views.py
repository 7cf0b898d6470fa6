"""Draws what an outbox entry shows from the records as they are at this moment."""

from typing import Any

from core import collecting, comparing, doctor, estimating, looking, outlook, prices, recipe, terms, words
from core.cards.blocks import Block
from core.cards.comparing import rows
from core.cards.training import Standing, card
from core.choose import called
from core.idle_times import UNTIL_KNOWN
from core.may import may_use
from core.records import Message, Model, Run, Sheet
from workers.house import House
from workers.trouble import gone


async def draw(house: House, message: Message) -> tuple[str, list[Block]]:
    """Give a view's text for notifications, and its blocks."""
    run = await house.store.get(Run, message.team, message.ref)
    if run is None:
        raise gone(message.ref)
    return card(await _standing(house, run))


async def _standing(house: House, run: Run) -> Standing:
    """Read all that the card shows."""
    store = house.store
    return Standing(
        run,
        await collecting.photos(store, run),
        house.now(),
        sheet=await store.get(Sheet, run.team, collecting.sheet_id(run.id)),
        model=await store.get(Model, run.team, run.model) if run.model else None,
        parent=await store.get(Model, run.team, run.parent) if run.parent else None,
        rows=await _rows(house, run) if run.state == "comparing" else (),
        **(await _before(house, run) if run.state == "collecting" else {}),
        estimated=await _estimated(house, run) if run.took_seconds else None,
    )


async def _rows(house: House, run: Run) -> list[Block]:
    comparison, runs, models = await comparing.look(house.store, run)
    return rows(comparison, runs, models) if comparison else []


async def _before(house: House, run: Run) -> dict[str, Any]:
    """Say what a run with the usual answers takes and costs, and what speaks against it: AWS, a name that is taken."""
    about = await terms.read(house.store, run, house.settings)
    usual = recipe.sketch(run, {}, about)
    said = terms.said(await terms.estimate(house.store, run, usual, about), about)
    idle = words.training.idle_costs(max(1, round((house.settings.idle_seconds or UNTIL_KNOWN) / 60)))
    seen = [one for one in await looking.models(house.store, run.team) if may_use(one, run.owner, run.channel)]
    named = called(run.subject, seen)
    others = [one for one in await looking.runs(house.store, run.team) if one.id != run.id]
    return {
        "estimate": f"{said} {idle}",
        "hurdle": terms.hurdle(usual, about),
        "namesake": named[-1] if named else None,
        "rival": next((one for one in others if one.subject == run.subject), None),
    }


async def _estimated(house: House, run: Run) -> float | None:
    """Give what the run was thought to cost before it started."""
    rate = prices.an_hour(run.instance, await outlook.read(house.store, run.team))
    of_the_class = len(doctor.chosen(await collecting.photos(house.store, run), run.framing, "class"))
    return estimating.before(await estimating.history(house.store, run.team), run, rate, of_the_class).dollars
