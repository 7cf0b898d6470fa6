"""The photos of a set on its card: the contact sheet, what the doctor says, and the buttons to decide otherwise."""

from collections.abc import Sequence

from core import actions, words
from core.cards.blocks import Block, button, context, figures, section
from core.cards.blocks import actions as row
from core.cards.elements import image, option, select
from core.doctor import Verdict, can_be_used, verdicts
from core.records import Photo, Run, Sheet

NAMED_MOST = 8
"""Photos with something wrong that the card names, so that it stays a card."""


def photos(run: Run, dropped: Sequence[Photo], sheet: Sheet | None) -> list[Block]:
    """Draw what was dropped: numbers, sheet, what is wrong with which, and ways to decide otherwise."""
    own = verdicts(dropped, run.framing)
    pending = any(verdict.code == "pending" for verdict in own)
    blocks: list[Block] = [counts(run, dropped)]
    if sheet and sheet.file and own:
        blocks.append(image(sheet.file, words.photos.SHEET))
    blocks += [_named(run, verdict) for verdict in own if verdict.reason][:NAMED_MOST]
    blocks += [context(words.photos.LOOKING)] if pending else []
    return blocks + _leave_out(run, own)


def counts(run: Run, dropped: Sequence[Photo]) -> Block:
    """Count good photos, those left out, and those of the class, where there are any."""
    own = verdicts(dropped, run.framing)
    others = verdicts(dropped, run.framing, "class")
    taken = sum(verdict.taken for verdict in own)
    out = sum(not verdict.taken and verdict.code != "pending" for verdict in own)
    counted = {words.photos.GOOD_PHOTOS: taken} | ({words.photos.LEFT_OUT: out} if out else {})
    return figures(counted | ({words.photos.CLASS_PHOTOS: sum(one.taken for one in others)} if others else {}))


def _named(run: Run, verdict: Verdict) -> Block:
    """Say what is wrong with a photo, with a button for the other choice where there is one."""
    said = section(words.photos.numbered(verdict.number, verdict.photo.name, verdict.reason))
    value = f"{run.id}:{verdict.photo.id}"
    if verdict.taken:
        return said | {"accessory": button(words.photos.LEAVE_OUT, actions.LEAVE_OUT_PHOTO, value)}
    if can_be_used(verdict):
        return said | {"accessory": button(words.photos.USE_ANYWAY, actions.USE_PHOTO, value)}
    return said


def _leave_out(run: Run, own: Sequence[Verdict]) -> list[Block]:
    """Offer every photo that is taken for leaving out."""
    options = [
        option(words.photos.leave_out(verdict.number, verdict.photo.name), f"{run.id}:{verdict.photo.id}")
        for verdict in own
        if verdict.taken
    ]
    return [row(select(words.photos.LEAVE_OUT_ONE, actions.LEAVE_OUT_ONE, options))] if options else []
