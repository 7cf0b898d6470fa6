"""Answers a prompt: the endpoint paints, the pictures are uploaded, then shared where they were asked for."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from core import gallery, line, outbox, pace, prices, standing, words
from core.change import Change
from core.idling import ANSWERED, USED, to_sleep, used
from core.records import Generation, Model
from workers import invoke, moderation, pictures, posted, upload
from workers.aws import is_missing
from workers.calling import call, call_next
from workers.endpoints import resource_name
from workers.files import delete
from workers.house import House, Onward
from workers.step import go_on, save
from workers.trouble import Trouble, gone


async def unanswered(house: House, generation: Generation) -> None:
    """Let a prompt go whose asker never said which model to take."""
    await save(house, replace(generation.to("cancelled"), due=None))


async def wait_until_up(house: House, generation: Generation, model: Model) -> None:
    """Park a prompt and have its model woken; a picture that nobody asked for wakes nobody."""
    if generation.sample:
        await give_up(house, generation, Trouble(words.comparing.FELL_ASLEEP, "asleep"))
    else:
        await _park(house, generation, model)


async def _park(house: House, generation: Generation, model: Model) -> None:
    parked = replace(generation.to("parked"), due=None)
    change = line.enter(Change(generation.team).put(parked), parked, house.now())
    await house.store.commit(change.touch(Model, model.id, house.now()))


async def paint(house: House, generation: Generation) -> Onward | bool | None:
    """Go on with a prompt that is being painted, where a worker has left it."""
    model = await model_of(house, generation)
    if generation.files:
        return await _share(house, generation, model)
    # Another try may have made room already.
    await house.store.commit(line.start(Change(generation.team), generation, house.now()))
    return await begun(house, generation, model, early=True)


async def begun(house: House, generation: Generation, model: Model, *, early: bool) -> Onward | bool | None:
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
    took = await _took(house, model, house.now() - began)
    if early or generation.keep or moderation.is_on(house):
        await call_next(house, generation, line.make_room(Change(generation.team), generation))
    if moderation.is_on(house):
        await moderation.check_painted(house, jpegs, words.moderation.spent(took["seconds"], took["dollars"]))
    if generation.keep:
        await pictures.keep(house, generation.keep, jpegs[0])
        return await _posted(house, generation, model)
    files = tuple(await upload.send(house, generation, model, jpegs))
    change = standing.look(line.make_room(Change(generation.team), generation), model.id)
    pace.learn(change, generation, took["seconds"])
    going = await go_on(house, replace(generation, files=files, **took), partial(_share, model=model), change)
    await call(house, change, model.id)
    if going is None:
        await _throw_away(house, generation, files)
    return going


async def _throw_away(house: House, generation: Generation, files: Sequence[str]) -> None:
    """Let go of pictures that nobody waits for any more: the endpoint has room, and Slack need not keep them."""
    current = await house.store.get(Generation, generation.team, generation.id)
    if current and current.state == "painting":
        return  # another worker is at it, with pictures of its own
    await call_next(house, generation, line.make_room(Change(generation.team), generation))
    for file in files:
        await delete(house, file)


async def _took(house: House, model: Model, seconds: float) -> dict[str, Any]:
    """Say what the endpoint's time came to."""
    seconds = max(0.0, seconds)
    an_hour = await house.endpoint_dollars(model) if model.an_hour is None else model.an_hour
    return {"seconds": seconds, "dollars": prices.of(seconds, an_hour)}


async def _share(house: House, generation: Generation, model: Model) -> bool:
    """Share what has been uploaded."""
    await upload.share(house, generation, model)
    return await _posted(house, generation, model)


async def _posted(house: House, generation: Generation, model: Model) -> bool:
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
    return await house.store.commit(change)


async def _lost(house: House, generation: Generation, model: Model) -> None:
    """The endpoint is gone though nobody here took it down: clean up after it, and bring up another."""
    await wait_until_up(house, generation, model)
    current = await house.store.get(Model, model.team, model.id)
    if current and current.state == "in_service" and current.attempt == model.attempt:
        await save(house, to_sleep(current, house.now()))


async def model_of(house: House, generation: Generation) -> Model:
    """Give a prompt's model as it is now.

    Raises:
        Trouble: when it is not there any more.
    """
    model = await house.models.read(house.store, generation.team, generation.model)
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
    if not await call_next(house, generation, change):  # it was cancelled meanwhile: the endpoint has room all the same
        await call_next(house, generation, line.make_room(Change(generation.team), generation))
