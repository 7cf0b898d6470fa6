"""Answers a prompt: the endpoint paints, the pictures are uploaded, then shared where they were asked for."""

from dataclasses import replace

from core import outbox, words
from core.change import Change
from core.idling import USED, to_sleep
from core.line import enter, leave
from core.records import Generation, Model
from workers import invoke, pictures, upload
from workers.aws import is_missing
from workers.endpoints import resource_name
from workers.house import House
from workers.step import save
from workers.trouble import Trouble, gone


async def unanswered(house: House, generation: Generation) -> None:
    """Let a prompt go whose asker never said which model to take."""
    await save(house, replace(generation.to("cancelled"), due=None))


async def queued(house: House, generation: Generation) -> None:
    """Paint if the model is in service; else park the prompt and have the model woken."""
    model = await _model(house, generation)
    if model.state != "in_service":
        await _wait(house, generation, model)
        return
    now = house.now()
    change = Change(generation.team).require(model, state="in_service").claim(generation.to("painting", due=now))
    if not await house.store.commit(enter(change, generation, now)):
        await save(house, replace(generation, due=now))


async def _wait(house: House, generation: Generation, model: Model) -> None:
    """Park a prompt and have its model woken; a picture that nobody asked for wakes nobody."""
    if generation.sample:
        await give_up(house, generation, Trouble(words.comparing.FELL_ASLEEP, "asleep"))
    else:
        await _park(house, generation, model)


async def _park(house: House, generation: Generation, model: Model) -> None:
    parked = replace(generation.to("parked"), due=None)
    change = enter(Change(generation.team).put(parked), parked, house.now())
    await house.store.commit(change.touch(Model, model.id, house.now()))


async def paint(house: House, generation: Generation) -> None:
    """Have the pictures painted and uploaded, and write their ids down; the next step shares them.

    One that is to be kept for a sheet goes to S3, where nobody sees it.
    """
    model = await _model(house, generation)
    if generation.files:
        await upload.share(house, generation, model)
        await _posted(house, generation, model)
        return
    try:
        jpegs = await invoke.paint(house, resource_name(house, model), generation)
    except Trouble as fault:
        if not is_missing(fault):
            raise
        await _lost(house, generation, model)
        return
    if generation.keep:
        await pictures.keep(house, generation.keep, jpegs[0])
        await _posted(house, generation, model)
        return
    files = tuple(await upload.send(house, generation, jpegs))
    uploaded = replace(generation, files=files, tries=0, due=house.now())
    await house.store.commit(Change(generation.team).claim(uploaded))


async def _posted(house: House, generation: Generation, model: Model) -> None:
    change = Change(generation.team).put(replace(generation.to("posted"), due=None))
    leave(change, generation).index(USED, model.id, house.now())
    if generation.noted:
        change.once(outbox.erase_note(generation, house.now()))
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
    failed = replace(generation.to("failed"), reason=fault.reason, due=None)
    change = leave(Change(generation.team).put(failed), generation)
    if not (generation.sample or generation.keep):
        said = words.asking.generation_failed(generation.prompt, fault.reason)
        change.once(outbox.ephemeral(generation, f"failed:{generation.id}", said, house.now()))
    await house.store.commit(change)
