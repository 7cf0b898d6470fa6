"""Paints a new model's fixed pictures, one after the other; then shows what it remembers of its parent."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from core import checking, outbox, words
from core.cards import comparing as cards
from core.change import Change
from core.checking import Picture
from core.line import OVER
from core.records import Check, Generation, Model
from workers import files, idle, pictures
from workers.house import House
from workers.sheets import Cell, grid_sheet
from workers.step import save
from workers.trouble import Trouble, gone

AGAIN_SECONDS = 2.0
"""How soon it is looked whether the last picture is there: painting one takes longer."""


async def paint(house: House, check: Check) -> None:
    """Ask for the next picture when nobody waits for the endpoint; go on when all are painted, or none more will be."""
    model, parent = await _model(house, check.team, check.model), await _parent(house, check)
    wanted = _wanted(house, model, parent)
    asked = await house.store.get_all(Generation, check.team, [picture.id for picture in wanted])
    missing = [picture for picture in wanted if picture.id not in {one.id for one in asked}]
    if model.state == "in_service" and missing:
        await _ask(house, check, missing[0])
    elif any(one.state not in OVER for one in asked):
        await save(house, _later(house, check))
    else:
        await _painted(house, check, model, parent, asked)


def _wanted(house: House, model: Model, parent: Model | None) -> list[Picture]:
    deployment = house.settings.deployment
    return checking.own(deployment, model) + (checking.remembered(deployment, model, parent) if parent else [])


async def _ask(house: House, check: Check, picture: Picture) -> None:
    """Put one picture into the model's line, behind whatever people wait for."""
    later = _later(house, check)
    if await idle.line(house, picture.model):
        await save(house, later)
        return
    change = Change(check.team).require(picture.model, state="in_service").put(later)
    await house.store.commit(checking.ask(change, picture, house.now(), parked=False))


def _later(house: House, check: Check) -> Check:
    return replace(check, tries=0, due=house.now() + min(AGAIN_SECONDS, house.settings.poll_seconds))


async def _painted(house: House, check: Check, model: Model, parent: Model | None, asked: Sequence[Generation]) -> None:
    """Have the forgetting check drawn, if there is a parent to be forgotten and anything was painted of it."""
    of_parent = checking.remembered(house.settings.deployment, model, parent) if parent else []
    painted = {one.id for one in asked if one.state == "posted"}
    if any(picture.id in painted for picture in of_parent):
        await save(house, check.to("drawing", due=house.now()))
    else:
        await save(house, check.to("failed" if of_parent else "kept", due=None))


async def draw(house: House, check: Check) -> None:
    """Draw and upload the sheet; once Slack can show it, post it in the thread, once."""
    model, parent = await _model(house, check.team, check.model), await _model(house, check.team, check.parent)
    if not check.sheet:
        sheet = await _sheet(house, model, parent)
        uploaded = await files.upload(house, f"forgetting-{check.id}.jpg", sheet)
        await save(house, replace(check, sheet=uploaded, tries=0, due=house.now()))
        return
    await files.wait_until_shown(house, check.sheet)
    text, blocks = cards.forgetting(model, parent, check.sheet)
    where = (model.channel, model.thread_ts)
    said = outbox.post(check.team, f"forgetting:{check.id}", where, text, house.now(), blocks)
    await house.store.commit(Change(check.team).put(check.to("posted", due=None)).once(said))


async def _sheet(house: House, model: Model, parent: Model) -> bytes:
    deployment = house.settings.deployment
    own, remembered = checking.own(deployment, parent), checking.remembered(deployment, model, parent)
    rows = [
        (f"{parent.subject}\n{words.comparing.BEFORE}", await cells(house, own, words.comparing.NOT_KEPT)),
        (
            f"{model.subject}\n{words.comparing.on_top(parent.subject)}",
            await cells(house, remembered, words.comparing.FELL_ASLEEP),
        ),
    ]
    title = words.comparing.forgetting_title(model.subject, parent.subject)
    return await asyncio.to_thread(grid_sheet, [picture.prompt for picture in own], rows, title)


async def cells(house: House, wanted: Sequence[Picture], missing: str) -> list[Cell]:
    """Fetch pictures as a row of a sheet; `missing` is what stands where there is none."""
    found = await asyncio.gather(*(pictures.kept(house, picture.key) for picture in wanted))
    return [Cell(picture, "" if picture else missing, "good" if picture else "empty") for picture in found]


async def _model(house: House, team: str, identity: str) -> Model:
    model = await house.store.get(Model, team, identity)
    if model is None:
        raise gone(identity)
    return model


async def _parent(house: House, check: Check) -> Model | None:
    """Give the parent, if there is one and it has not been deleted."""
    return await house.store.get(Model, check.team, check.parent) if check.parent else None


async def give_up(house: House, check: Check, _: Trouble) -> None:
    """Let a check go: nobody asked for it."""
    await save(house, replace(check.to("failed"), due=None))
