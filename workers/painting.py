"""Answers a prompt: the endpoint paints, the pictures are uploaded, then shared where they were asked for."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from core import gallery, line, outbox, prices, standing, words
from core.change import Change
from core.idling import ANSWERED, USED, to_sleep, used
from core.records import Generation, Model
from workers import invoke, moderation, pictures, posted, upload
from workers.aws import is_missing
from workers.endpoints import resource_name
from workers.house import House, Onward
from workers.step import go_on, save
from workers.trouble import Trouble, gone


async def unanswered(house: House, generation: Generation) -> None:
    """Let a prompt go whose asker never said which model to take."""
    await save(house, replace(generation.to("cancelled"), due=None))


async def queued(house: House, generation: Generation) -> Onward | None:
    """Paint if the model is in service and it is this prompt's turn; else park it and have the model woken, or wait.

    As long as all of a line has room at the endpoint, nobody's turn has to be looked at.
    """
    model = await _model(house, generation)
    if model.state != "in_service":
        await _wait(house, generation, model)
        return None
    all_fit = Change(generation.team).require_fewer(line.line_of(model.id), house.settings.in_flight + 1)
    return await _begin(house, generation, model, all_fit) or await _in_turn(house, generation, model)


async def _begin(house: House, generation: Generation, model: Model, change: Change) -> Onward | None:
    """Take a place at the endpoint, if there is one and it is still in service. None: there is not."""
    change.require(model, state="in_service")
    change.require_fewer(line.painting_of(model.id), house.settings.in_flight)
    line.start(change, generation, house.now())
    return await go_on(house, generation.to("painting"), partial(_paint, model=model), change)


async def _in_turn(house: House, generation: Generation, model: Model) -> Onward | None:
    """Paint if this prompt is among the next that the endpoint has room for; else have it wait until it is called."""
    stands = await standing.read(house.store, model.team, model.id)
    now, place = house.now(), stands.place(generation.id)
    room = house.settings.in_flight - len(stands.painting)
    if place is None:
        again = Change(generation.team).put(replace(generation, due=now))
        await house.store.commit(line.enter(again, generation, now))
    elif place < room:
        if going := await _begin(house, generation, model, Change(generation.team)):
            return going
        await save(house, replace(generation, due=now))
    elif await standing.heal(house.store, stands, now):
        await save(house, replace(generation, due=now))
    else:
        # Nobody has to be woken for this: it is looked at when it is overdue. A place takes a second at the least.
        later = replace(generation, tries=0, due=now + line.LOOK_SECONDS + place)
        await house.store.commit(Change(generation.team).claim(later))
    return None


async def _wait(house: House, generation: Generation, model: Model) -> None:
    """Park a prompt and have its model woken; a picture that nobody asked for wakes nobody."""
    if generation.sample:
        await give_up(house, generation, Trouble(words.comparing.FELL_ASLEEP, "asleep"))
    else:
        await _park(house, generation, model)


async def _park(house: House, generation: Generation, model: Model) -> None:
    parked = replace(generation.to("parked"), due=None)
    change = line.enter(Change(generation.team).put(parked), parked, house.now())
    await house.store.commit(change.touch(Model, model.id, house.now()))


async def paint(house: House, generation: Generation) -> Onward | None:
    """Go on with a prompt that is being painted, where a worker has left it."""
    model = await _model(house, generation)
    if generation.files:
        await _share(house, generation, model)
        return None
    # Another try may have made room already.
    await house.store.commit(line.start(Change(generation.team), generation, house.now()))
    return await _paint(house, generation, model)


async def _paint(house: House, generation: Generation, model: Model) -> Onward | None:
    """Have the pictures painted and uploaded, and write their ids down; the next step shares them.

    One that is to be kept for a sheet goes to S3, where nobody sees it.
    """
    began = house.now()
    try:
        jpegs = await invoke.paint(house, resource_name(house, model), generation, model)
    except Trouble as fault:
        if not is_missing(fault):
            raise
        await _lost(house, generation, model)
        return None
    if moderation.is_on(house):
        await _check(house, generation, model, jpegs, house.now() - began)
    if generation.keep:
        await asyncio.gather(_make_room(house, generation), pictures.keep(house, generation.keep, jpegs[0]))
        await _posted(house, generation, model)
        return None
    took = _took(house, model, house.now() - began)
    sending = upload.send(house, generation, model, jpegs)
    _, files, said = await asyncio.gather(_make_room(house, generation), sending, took)
    return await go_on(house, replace(generation, files=tuple(files), **said), partial(_share, model=model))


async def _check(house: House, generation: Generation, model: Model, jpegs: list[bytes], seconds: float) -> None:
    """Let pass what may be shown; the endpoint goes on meanwhile."""
    await _make_room(house, generation)
    took = await _took(house, model, seconds)
    await moderation.check_painted(house, jpegs, words.moderation.spent(took["seconds"], took["dollars"]))


async def _took(house: House, model: Model, seconds: float) -> dict[str, Any]:
    """Say what the endpoint's time came to."""
    seconds = max(0.0, seconds)
    return {"seconds": seconds, "dollars": prices.of(seconds, await house.endpoint_dollars(model))}


async def _make_room(house: House, generation: Generation) -> None:
    """Let the next one paint: the endpoint has nothing to do with what is left."""
    change = line.make_room(Change(generation.team), generation)
    await _call_next(house, generation, change)


async def _call_next(house: House, generation: Generation, change: Change) -> None:
    """Carry a change out by which the endpoint has room, and call those whose turn it is by then."""
    if await house.store.commit(standing.look(change, generation.model)):
        stands = standing.seen(change, generation.model)
        await standing.call_next(house.store, stands, house.settings.in_flight, house.now())


async def _share(house: House, generation: Generation, model: Model) -> None:
    """Share what has been uploaded."""
    await upload.share(house, generation, model)
    await _posted(house, generation, model)


async def _posted(house: House, generation: Generation, model: Model) -> None:
    now = house.now()
    looked_for = now + posted.LOOK_SECONDS if generation.files else None
    change = Change(generation.team).put(generation.to("posted", posted_at=now, due=looked_for))
    line.leave(change, generation)
    if generation.user:
        used(change, model, now).add(ANSWERED, model.id, 1, Generation.ttl)
    else:
        change.index(USED, model.id, now)
    if generation.files:
        change.index(gallery.painted_by(model.id), generation.id, now, generation.ttl)
    if generation.noted:
        change.once(outbox.erase_note(generation, now))
    await house.store.commit(change)


async def _lost(house: House, generation: Generation, model: Model) -> None:
    """The endpoint is gone though nobody here took it down: clean up after it, and bring up another."""
    await _wait(house, generation, model)
    current = await house.store.get(Model, model.team, model.id)
    if current and current.state == "in_service" and current.attempt == model.attempt:
        await save(house, to_sleep(current, house.now()))


async def _model(house: House, generation: Generation) -> Model:
    model = await house.store.get(Model, generation.team, generation.model)
    if model is None:
        raise gone(generation.model)
    return model


async def give_up(house: House, generation: Generation, fault: Trouble) -> None:
    """Fail a prompt, and tell its asker why; nobody asked for samples and pictures of sheets."""
    if generation.state in line.OVER:
        await posted.give_up(house, generation, fault)
        return
    now = house.now()
    failed = replace(generation.to("failed"), reason=fault.reason, due=None)
    change = line.leave(Change(generation.team).put(failed), generation)
    if generation.noted:
        change.once(outbox.erase_note(generation, now))
    if not (generation.sample or generation.keep):
        said = words.asking.generation_failed(generation.prompt, fault.reason)
        change.once(outbox.ephemeral(generation, f"failed:{generation.id}", said, now))
    await _call_next(house, generation, change)
