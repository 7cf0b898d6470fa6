"""The contact sheet of a set: drawn when its photos change, uploaded unseen, put on the card once Slack can show it.

Pictures that no card shows any more stand on its record until they are deleted in Slack.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from core import collecting, doctor, names, outbox, words
from core.change import Change
from core.doctor import CLASS_PHOTOS_MOST, Verdict
from core.names import record_id
from core.records import Message, Photo, Run, Sheet
from workers import files, pictures, trouble
from workers.house import House
from workers.sheets import Cell, contact_sheet
from workers.step import save
from workers.trouble import Trouble

SHOWN_MOST = {"": 40, "class": CLASS_PHOTOS_MOST}
"""Photos of a role that a sheet shows: a set has 20, and people should see what was left out."""
LINGERS_SECONDS = 3.0
"""How long an old picture stays behind the card's last change: the card is brought up to date first."""
_TONES = {"good": "good", "pending": "empty", "unreadable": "empty"}


async def draw(house: House, sheet: Sheet) -> None:
    """Draw the sheet of the set as it is now, and upload it; the same picture is not drawn twice."""
    run = await house.store.get(Run, sheet.team, sheet.run)
    if run is None:
        raise trouble.gone(sheet.run)
    verdicts = _on_the_sheet(await collecting.photos(house.store, run), run)
    shows = _digest(run, verdicts)
    if not verdicts:
        await _settle(house, _shown(house, sheet, ""))
    elif shows == sheet.shows:
        due = house.now() if sheet.uploaded or sheet.old else None
        await _settle(house, sheet.to("uploaded" if sheet.uploaded else "shown", due=due))
    else:
        own, others = [await _cells(house, run, verdicts, role) for role in SHOWN_MOST]
        jpeg = await asyncio.to_thread(contact_sheet, own, others, words.photos.CLASS_PHOTOS)
        uploaded = await files.upload(house, f"photos-{sheet.id}.jpg", jpeg)
        drawn = sheet.to("uploaded", uploaded=uploaded, shows=shows, old=_files(*sheet.old, sheet.uploaded))
        await _settle(house, replace(drawn, due=house.now()))


async def show(house: House, sheet: Sheet) -> None:
    """Put an uploaded sheet on the card once Slack has looked at it."""
    await files.wait_until_shown(house, sheet.uploaded)
    shown = _shown(house, replace(sheet, uploaded=""), sheet.uploaded)
    await house.store.commit(Change(sheet.team).put(shown).redraw(Message, outbox.card_id(sheet.run), house.now()))


def _shown(house: House, sheet: Sheet, file: str) -> Sheet:
    """Give the sheet with this picture on the card, none if empty; all others it has are to be deleted."""
    old = _files(*sheet.old, sheet.uploaded, sheet.file)
    due = house.now() + LINGERS_SECONDS if old else None
    return sheet.to("shown", file=file, uploaded="", shows=sheet.shows if file else "", old=old, due=due)


def _files(*ids: str) -> tuple[str, ...]:
    return tuple(filter(None, ids))


async def delete_old(house: House, sheet: Sheet) -> None:
    """Delete one of the pictures that no card shows any more."""
    for file in sheet.old[:1]:
        await files.delete(house, file)
    left = sheet.old[1:]
    await save(house, replace(sheet, old=left, tries=0, due=house.now() if left else None))


async def _settle(house: House, sheet: Sheet) -> None:
    """Write the sheet down; if the set has changed meanwhile, a picture just uploaded is old, and it is drawn again."""
    settled = sheet
    while not await save(house, settled):
        current = await house.store.get(Sheet, sheet.team, sheet.id)
        if current is None:
            return
        unseen = sheet.uploaded if sheet.uploaded != current.uploaded else ""
        settled = replace(current, old=_files(*current.old, unseen), tries=0, due=house.now())


def _on_the_sheet(photos: Sequence[Photo], run: Run) -> list[Verdict]:
    """List what the sheet shows: what came after enough photos is said on the card in one line."""
    shown: list[Verdict] = []
    for role, most in SHOWN_MOST.items():
        found = doctor.verdicts(photos, run.framing, role)
        shown += [one for one in found if one.code != "extra"][:most]
    return shown


def _digest(run: Run, verdicts: Sequence[Verdict]) -> str:
    return record_id(run.framing, *(f"{v.photo.id}:{v.number}:{v.code}:{v.taken}" for v in verdicts))


async def _cells(house: House, run: Run, verdicts: Sequence[Verdict], role: str) -> list[Cell]:
    mine = [verdict for verdict in verdicts if verdict.photo.role == role]
    return list(await asyncio.gather(*(_cell(house, run, verdict) for verdict in mine)))


async def _cell(house: House, run: Run, verdict: Verdict) -> Cell:
    tone = _TONES.get(verdict.code, "warn" if verdict.taken else "out")
    picture = await _square(house, run, verdict.photo) if verdict.photo.state == "judged" else None
    return Cell(picture, verdict.reason or words.doctor.GOOD, tone, verdict.number)


async def _square(house: House, run: Run, photo: Photo) -> bytes | None:
    key = names.photo_key(house.settings.deployment, run.team, run.id, photo.id, run.framing)
    return await pictures.kept(house, key)


async def give_up(house: House, sheet: Sheet, _: Trouble) -> None:
    """Leave the card as it is: the next change of the set draws it anew. An old picture that Slack keeps is left."""
    if sheet.state == "shown":
        await save(house, replace(sheet, old=(), tries=0, due=None))
    else:
        left = _shown(house, replace(sheet, file=""), sheet.file)
        await save(house, replace(left, shows=""))
