"""Puts a model's pictures together: fetched from Slack into a zip on disk, uploaded unseen, then shared."""

import asyncio
import tempfile
import zipfile
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import IO

from core import exporting, gallery, outbox, words
from core.change import Change
from core.exporting import MEGABYTES_MOST, PICTURES_MOST, TABLE, Picture
from core.gallery import Look
from core.records import Export, Generation, Model
from workers import download, files
from workers.house import House
from workers.step import save
from workers.trouble import Trouble, unreachable

AT_ONCE = 4
"""Pictures that are fetched, and held in memory, at once."""
PATIENCE = 5
"""How often one picture is asked for when Slack wants to be left alone for a while."""
_NOT_HERE = {"not_in_channel", "channel_not_found", "is_archived"}


@dataclass(frozen=True)
class Packed:
    """What has come into a zip, and how many pictures Slack has not any more."""

    pictures: Sequence[Picture]
    gone: int


async def asked(house: House, export: Export) -> None:
    """Make the zip and upload it, and write its id down; the next step shares it."""
    model = await house.store.get(Model, export.team, export.model)
    if model is None or model.deleted_by:
        raise Trouble(words.asking.model_gone(), "gone")
    if export.file:
        await _share(house, export, model)
        await save(house, replace(export.to("posted"), due=None))
        return
    file, said = await _zip(house, export, model)
    uploaded = replace(export, file=file, said=said, tries=0, due=house.now())
    await house.store.commit(Change(export.team).claim(uploaded))


async def _zip(house: House, export: Export, model: Model) -> tuple[str, str]:
    """Give Slack's id of the zip, and the words that go with it."""
    look = Look(export.team, export.user, export.channel, models=(model.id,))
    newest = await house.store.latest(export.team, exporting.LOOKED_AT_MOST, gallery.painted_by(model.id))
    painted = await house.store.get_all(Generation, export.team, newest)
    wanted = exporting.pictures(gallery.visible(look, painted, [model]))
    with tempfile.TemporaryFile() as target:
        packed = await _pack(house, target, wanted[:PICTURES_MOST])
        if not packed.pictures:
            raise Trouble(words.export.nothing(model.title), "nothing")
        file = await files.send_file(house, words.export.file_name(model.title), target)
    count = len(packed.pictures)
    left_out = len(wanted) - count - packed.gone
    return file, words.export.ready(export.user, model.title, count, left_out, packed.gone)


async def _pack(house: House, target: IO[bytes], wanted: Sequence[Picture]) -> Packed:
    """Write pictures into a zip as long as there is room, and what they were painted with."""
    packed, gone = list[Picture](), 0
    with zipfile.ZipFile(target, "w") as archive:
        async for picture, data in _fetched(house, wanted):
            if data is None:
                gone += 1
            elif target.tell() + len(data) > MEGABYTES_MOST * 2**20:
                break
            else:
                packed.append(picture)
                await asyncio.to_thread(archive.writestr, _entry(picture, len(packed)), data)
        archive.writestr(TABLE, exporting.table(packed), zipfile.ZIP_DEFLATED)
    return Packed(packed, gone)


async def _fetched(house: House, wanted: Sequence[Picture]) -> AsyncGenerator[tuple[Picture, bytes | None]]:
    """Give pictures with their bytes, a few at a time; None: Slack has it no more."""
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        found = await asyncio.gather(*(_fetch(house, picture.file) for picture in batch))
        for pair in zip(batch, found, strict=True):
            yield pair


def _entry(picture: Picture, number: int) -> zipfile.ZipInfo:
    posted = datetime.fromtimestamp(picture.generation.posted_at, UTC)
    return zipfile.ZipInfo(picture.name(number), posted.timetuple()[:6])


async def _fetch(house: House, file: str) -> bytes | None:
    """Fetch one; when Slack wants to be left alone for a while, wait here: whoever starts anew asks for all again."""
    for _ in range(PATIENCE):
        try:
            return await download.fetch_file(house, file)
        except Trouble as fault:
            if download.is_gone(fault):
                return None
            if fault.after is None:
                raise
            await asyncio.sleep(fault.after)
    raise unreachable(words.trouble.SLACK_UNREACHABLE, "ratelimited")


async def _share(house: House, export: Export, model: Model) -> None:
    """Share the zip where it was asked for, unless an earlier try has done so."""
    titles, where = {export.file: words.export.file_name(model.title)}, (export.channel, export.thread_ts)
    await files.share(house, titles, where, tried=export.tries > 1, initial_comment=export.said)


async def give_up(house: House, export: Export, fault: Trouble) -> None:
    """Tell the asker why there is no zip."""
    model = await house.store.get(Model, export.team, export.model)
    reason = words.training.not_in_channel(export.channel) if fault.code in _NOT_HERE else fault.reason
    said = words.export.failed(model.title, reason) if model else reason
    change = Change(export.team).put(replace(export.to("failed"), reason=fault.reason, due=None))
    await house.store.commit(change.once(outbox.ephemeral(export, f"export:{export.id}", said, house.now())))
