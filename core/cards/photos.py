"""The photos of a set on its card: the contact sheet, what the doctor says, and the ways to decide otherwise."""

from collections.abc import Sequence
from itertools import accumulate, chain

from core import actions, words
from core.cards.blocks import Block, button, context, figures, section
from core.cards.blocks import actions as row
from core.cards.elements import image
from core.cards.fields import option, select
from core.doctor import Verdict, can_be_used, verdicts
from core.records import Photo, Run, Sheet

NAMED_MOST = 8
"""Lines about photos with something wrong, so that it stays a card."""
ALIKE_MOST = 2
"""Photos with the same thing wrong that have a line each; more of them share one."""
OFFERED_MOST = 40
"""Photos that are left out in the list of those that can be used."""
SELECT_MOST = 100
"""Slack's limit of a list."""
LISTS_MOST = 5_200
"""Characters of both lists: with all else at its longest, the card has no room for more."""


def photos(run: Run, dropped: Sequence[Photo], sheet: Sheet | None) -> list[Block]:
    """Draw what was dropped: numbers, sheet, what is wrong with which, and ways to decide otherwise."""
    own = verdicts(dropped, run.framing)
    others = verdicts(dropped, run.framing, "class")
    blocks: list[Block] = [counts(run, dropped)]
    if sheet and sheet.file and (own or others):
        blocks.append(image(sheet.file, words.photos.SHEET_WITH_OTHERS if others else words.photos.SHEET))
    lines = _lines([*own, *others])
    blocks += [_line(run, line) for line in lines]
    blocks += [context(words.photos.LOOKING)] if any(one.code == "pending" for one in chain(own, others)) else []
    return blocks + _choices(run, own, others, lines)


def counts(run: Run, dropped: Sequence[Photo]) -> Block:
    """Count good photos, those left out, and those of the class, where there are any."""
    own = verdicts(dropped, run.framing)
    others = verdicts(dropped, run.framing, "class")
    taken = sum(verdict.taken for verdict in own)
    out = sum(not verdict.taken and verdict.code != "pending" for verdict in own)
    counted = {words.photos.GOOD_PHOTOS: taken} | ({words.photos.LEFT_OUT: out} if out else {})
    return figures(counted | ({words.photos.CLASS_PHOTOS: sum(one.taken for one in others)} if others else {}))


def _lines(found: Sequence[Verdict]) -> list[list[Verdict]]:
    """Put together what is said in one line: what is left out first, then what is only said of a photo."""
    alike: dict[tuple[bool, str, str], list[Verdict]] = {}
    for verdict in found:
        if verdict.reason and verdict.code != "pending":
            alike.setdefault((verdict.taken, verdict.photo.role, verdict.code), []).append(verdict)
    lines: list[list[Verdict]] = []
    for _, group in sorted(alike.items(), key=lambda item: item[0][0]):
        lines += [group] if len(group) > ALIKE_MOST else [[verdict] for verdict in group]
    return lines[:NAMED_MOST]


def _line(run: Run, line: Sequence[Verdict]) -> Block:
    """Say what is wrong: of one photo, with a button for the other choice where there is one, or of several."""
    first, role = line[0], line[0].photo.role
    if len(line) > 1:
        reasons = {verdict.reason for verdict in line}
        reason = first.reason if len(reasons) == 1 else words.doctor.SEVERAL.get(first.code, first.reason)
        numbers, names = [one.number for one in line], [one.photo.name for one in line]
        return section(words.photos.several(numbers, names, reason, role))
    said = section(words.photos.numbered(first.number, first.photo.name, first.reason, role))
    said["block_id"] = f"photo:{first.photo.id}"
    if first.taken:
        return said | {"accessory": button(words.photos.LEAVE_OUT, actions.LEAVE_OUT_PHOTO, _value(run, first))}
    if can_be_used(first):
        return said | {"accessory": button(words.photos.USE_ANYWAY, actions.USE_PHOTO, _value(run, first))}
    return said


def _choices(
    run: Run, own: Sequence[Verdict], others: Sequence[Verdict], lines: Sequence[Sequence[Verdict]]
) -> list[Block]:
    """Offer every photo that is taken for leaving out, and those for use that have no button of their own."""
    buttoned = {line[0].photo.id for line in lines if len(line) == 1}
    taken = [_option(run, one) for one in chain(own, others) if one.taken]
    usable = [_option(run, one) for one in chain(own, others) if can_be_used(one) and one.photo.id not in buttoned]
    usable = _that_fit(usable[:OFFERED_MOST], LISTS_MOST)
    taken = _that_fit(taken[:SELECT_MOST], LISTS_MOST - sum(map(_length, usable)))
    selects = [
        select(action, offered, placeholder=placeholder)
        for placeholder, action, offered in (
            (words.photos.LEAVE_OUT_ONE, actions.LEAVE_OUT_ONE, taken),
            (words.photos.USE_ONE, actions.USE_ONE, usable),
        )
        if offered
    ]
    return [row(*selects)] if selects else []


def _that_fit(options: Sequence[Block], room: int) -> list[Block]:
    """Give as many of the first options as have room, in characters."""
    ends = accumulate(map(_length, options))
    return [one for one, end in zip(options, ends, strict=True) if end <= room]


def _length(one: Block) -> int:
    return len(one["value"]) + sum(map(len, one["text"].values()))


def _option(run: Run, verdict: Verdict) -> Block:
    return option(words.photos.choice(verdict.number, verdict.photo.name, verdict.photo.role), _value(run, verdict))


def _value(run: Run, verdict: Verdict) -> str:
    return f"{run.id}:{verdict.photo.id}"
