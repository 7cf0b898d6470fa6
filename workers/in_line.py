"""A prompt's turn: it is painted when the endpoint has room and nobody comes first, else it waits to be called."""

from dataclasses import replace
from functools import partial

from core import line, standing
from core.change import Change
from core.records import Generation, Model
from workers import painting
from workers.house import House, Onward
from workers.step import go_on, save


async def queued(house: House, generation: Generation) -> Onward | None:
    """Paint if the model is in service and it is this prompt's turn; else park it and have the model woken, or wait.

    As long as all of a line has room at the endpoint, nobody's turn has to be looked at; nor the model, if it still is
    what it was when this worker looked at it last.
    """
    known = house.models.get(generation.team, generation.model)
    if known and (going := await _begin_alone(house, generation, known)):
        return going
    model = await painting.model_of(house, generation)
    if model.state != "in_service":
        await painting.wait_until_up(house, generation, model)
        return None
    if known is None or known.version != model.version:
        return await _begin_alone(house, generation, model) or await _in_turn(house, generation, model)
    return await _in_turn(house, generation, model)


async def _begin_alone(house: House, generation: Generation, model: Model) -> Onward | None:
    """Begin to paint if all of the line has room at the endpoint. None: it has not."""
    change = Change(generation.team).require_fewer(line.line_of(model.id), house.settings.in_flight + 1)
    return await _begin(house, generation, model, change, early=False)


async def _begin(house: House, generation: Generation, model: Model, change: Change, *, early: bool) -> Onward | None:
    """Take a place at the endpoint, if there is one and it is in service, as the model says. None: there is not.

    `early`: others wait, and are called as soon as the endpoint has answered.
    """
    change.require(model, state="in_service", version=str(model.version))
    change.require_fewer(line.painting_of(model.id), house.settings.in_flight)
    line.start(change, generation, house.now())
    return await go_on(house, generation.to("painting"), partial(painting.begun, model=model, early=early), change)


async def _in_turn(house: House, generation: Generation, model: Model) -> Onward | None:
    """Paint if this prompt is among the next that the endpoint has room for; else have it wait until it is called."""
    stands = await standing.read(house.store, model.team, model.id)
    now, place = house.now(), stands.place(generation.id)
    room = house.settings.in_flight - len(stands.painting)
    if place is None:
        again = Change(generation.team).put(replace(generation, due=now))
        await house.store.commit(line.enter(again, generation, now))
    elif place < room:
        if going := await _begin(house, generation, model, Change(generation.team), early=True):
            return going
        await save(house, replace(generation, due=now))
    elif await standing.heal(house.store, stands, now):
        await save(house, replace(generation, due=now))
    else:
        # Nobody has to be woken for this: it is looked at when it is overdue. A place takes a second at the least.
        later = replace(generation, tries=0, due=now + line.LOOK_SECONDS + place)
        change = Change(generation.team).claim(later)
        if room <= 0:  # whoever has made room since then has not seen this prompt wait
            change.require_least(line.painting_of(model.id), house.settings.in_flight)
        if not await house.store.commit(change):
            await save(house, replace(generation, due=now))
    return None
