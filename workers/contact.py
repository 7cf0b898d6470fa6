"""The contact sheet of a set: drawn when its photos change, uploaded unseen, put on the card once Slack can show it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from core import collecting, doctor, names, outbox, words
from core.change import Change
from core.doctor import Verdict
from core.names import record_id
from core.records import Message, Photo, Run, Sheet
from workers import files, trouble
from workers.house import House
from workers.sheets import Cell, contact_sheet
from workers.step import save
from workers.trouble import Trouble

SHOWN_MOST = 40
"""Photos that a sheet shows: a set has 20, and people should see what was left out."""
_TONES = {"good": "good", "pending": "empty", "unreadable": "empty"}


async def draw(house: House, sheet: Sheet) -> None:
    """Draw the sheet of the set as it is now, and upload it; the same picture is not drawn twice."""
    run = await house.store.get(Run, sheet.team, sheet.run)
    if run is None:
        raise trouble.gone(sheet.run)
    verdicts = _shown(await collecting.photos(house.store, run), run)
    shows = _digest(run, verdicts)
    if shows == sheet.shows or not verdicts:
        await _settle(house, replace(sheet.to("shown"), due=None))
        return
    jpeg = await asyncio.to_thread(contact_sheet, await _cells(house, run, verdicts))
    uploaded = await files.upload(house, f"photos-{sheet.id}.jpg", jpeg)
    await _settle(house, replace(sheet.to("uploaded"), uploaded=uploaded, shows=shows, due=house.now()))


async def show(house: House, sheet: Sheet) -> None:
    """Put an uploaded sheet on the card once Slack has looked at it, and delete the one before."""
    await files.wait_until_shown(house, sheet.uploaded)
    before = sheet.file
    shown = replace(sheet.to("shown"), file=sheet.uploaded, uploaded="", due=None)
    change = Change(sheet.team).put(shown).redraw(Message, outbox.card_id(sheet.run), house.now())
    if await house.store.commit(change) and before:
        await files.delete(house, before)


async def _settle(house: House, sheet: Sheet) -> None:
    """Write the sheet down; if the set has changed meanwhile, look again soon."""
    if not await save(house, sheet):
        current = await house.store.get(Sheet, sheet.team, sheet.id)
        if current:
            await save(house, replace(current, uploaded=sheet.uploaded, tries=0, due=house.now()))


def _shown(photos: Sequence[Photo], run: Run) -> list[Verdict]:
    """List what stands on the sheet; what came after enough photos is said on the card in one line."""
    return [found for found in doctor.verdicts(photos, run.framing) if found.code != "extra"][:SHOWN_MOST]


def _digest(run: Run, verdicts: Sequence[Verdict]) -> str:
    return record_id(run.framing, *(f"{v.photo.id}:{v.number}:{v.code}:{v.taken}" for v in verdicts))


async def _cells(house: House, run: Run, verdicts: Sequence[Verdict]) -> list[Cell]:
    return list(await asyncio.gather(*(_cell(house, run, verdict) for verdict in verdicts)))


async def _cell(house: House, run: Run, verdict: Verdict) -> Cell:
    tone = _TONES.get(verdict.code, "warn" if verdict.taken else "out")
    picture = await _square(house, run, verdict.photo) if verdict.photo.state == "judged" else None
    return Cell(picture, verdict.reason or words.doctor.GOOD, tone, verdict.number)


async def _square(house: House, run: Run, photo: Photo) -> bytes:
    key = names.photo_key(house.settings.deployment, run.team, run.id, photo.id, run.framing)
    return await house.aws.call(_read, house=house, key=key)


def _read(house: House, key: str) -> bytes:
    return house.aws.s3.get_object(Bucket=house.bucket, Key=key)["Body"].read()


async def give_up(house: House, sheet: Sheet, _: Trouble) -> None:
    """Leave the card as it is: the next change of the set draws it anew."""
    await save(house, replace(sheet.to("shown"), uploaded="", shows="", due=None))
