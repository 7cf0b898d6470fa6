"""The doctor's verdicts: which photos of a set are taken, and what is wrong with the others. Pure.

Nothing of it is stored: it follows from what was measured on each photo and from what people chose, so neither the
order in which photos are looked at nor two people at once can spoil it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core import words
from core.recipe import PHOTOS_MOST
from core.records import Photo

CLASS_PHOTOS_MOST = 100
"""What prior preservation learns from as well; JumpStart's own default is to paint 100 of them."""
TINY, SMALL = 64, 512
"""Pixels of the shorter side below which nothing can be learnt, and below which a photo has to be enlarged."""
BLURRED = 12.0
"""Sharpness below which nothing in a photo is in focus. Measured on 20 good photos of 540 to 700 px: 137 to 1,374 as
they are, 17 to 126 at a third of their contrast, 5 to 9 blurred with a radius of 4 px, 3 to 4 with 8.
"""
TOO_MUCH, MUCH = 0.75, 0.5
"""Shares of nearly black or nearly white pixels from which a photo is left out, and from which it is warned of."""
ALIKE = 8
"""Bits of 64 in which the hashes of near-duplicates differ at most."""
NARROW = 2.0
"""Longer side ÷ shorter side above which more of a photo is cut off than kept."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a photo.

    `number` counts the set's photos of its role from 1. `code` is `good` or the first thing wrong; `reason` says it in
    words and is empty when all is well. What a photo is left out for comes before what is only said of it.
    """

    photo: Photo
    number: int
    taken: bool
    code: str
    reason: str


@dataclass(frozen=True)
class _Finding:
    code: str
    reason: str
    taken: bool


_GOOD = _Finding("good", "", taken=True)
_FINAL = {"unreadable", "pending", "extra"}
"""What no person's word changes."""


def verdicts(photos: Sequence[Photo], framing: str, role: str = "") -> list[Verdict]:
    """Judge a set, given as it was dropped: every photo of the role that is not removed, once, in that order."""
    mine = [photo for photo in photos if photo.role == role and photo.state != "removed"]
    most = CLASS_PHOTOS_MOST if role == "class" else PHOTOS_MOST
    found: list[Verdict] = []
    taken: list[Verdict] = []
    for number, photo in enumerate(mine, 1):
        finding = _finding(photo, framing, taken)
        if len(taken) >= most and (finding.taken or finding.code == "unreadable"):
            finding = _Finding("extra", words.doctor.beyond(most), taken=False)
        verdict = Verdict(photo, number, finding.taken, finding.code, finding.reason)
        found.append(verdict)
        if verdict.taken:
            taken.append(verdict)
    return found


def chosen(photos: Sequence[Photo], framing: str, role: str = "") -> list[Photo]:
    """List the photos that are learnt from."""
    return [verdict.photo for verdict in verdicts(photos, framing, role) if verdict.taken]


def can_be_used(verdict: Verdict) -> bool:
    """Tell whether a person may have a photo taken that is left out."""
    return not verdict.taken and verdict.code not in _FINAL


def _finding(photo: Photo, framing: str, taken: Sequence[Verdict]) -> _Finding:
    if photo.state == "left_out":
        return _Finding("unreadable", photo.reason, taken=False)
    if photo.choice == "leave":
        return _Finding("left", words.doctor.LEFT, taken=False)
    if photo.state != "judged":
        return _Finding("pending", words.doctor.PENDING, taken=False)
    wrong = [found for check in _CHECKS if (found := check(photo, framing))]
    against = next((found for found in wrong if not found.taken), None) or _twin(photo, taken)
    finding = against or next(iter(wrong), _GOOD)
    return replace(finding, taken=True) if photo.choice == "use" else finding


def _tiny(photo: Photo, _framing: str) -> _Finding | None:
    side = min(photo.width, photo.height)
    return _Finding("tiny", words.doctor.tiny(side), taken=False) if side < TINY else None


def _dark(photo: Photo, _framing: str) -> _Finding | None:
    if photo.dark <= MUCH:
        return None
    return _Finding("dark", words.doctor.dark(photo.dark), taken=photo.dark <= TOO_MUCH and _is_sharp(photo))


def _bright(photo: Photo, _framing: str) -> _Finding | None:
    if photo.bright <= MUCH:
        return None
    return _Finding("bright", words.doctor.bright(photo.bright), taken=photo.bright <= TOO_MUCH and _is_sharp(photo))


def _blurred(photo: Photo, _framing: str) -> _Finding | None:
    return None if _is_sharp(photo) else _Finding("blurred", words.doctor.BLURRED, taken=False)


def _is_sharp(photo: Photo) -> bool:
    return photo.sharpness >= BLURRED


def _narrow(photo: Photo, framing: str) -> _Finding | None:
    narrow = framing == "crop" and max(photo.width, photo.height) > NARROW * min(photo.width, photo.height)
    return _Finding("narrow", words.doctor.NARROW, taken=True) if narrow else None


def _small(photo: Photo, _framing: str) -> _Finding | None:
    side = min(photo.width, photo.height)
    return _Finding("small", words.doctor.small(side), taken=True) if side < SMALL else None


_CHECKS: tuple[Callable[[Photo, str], _Finding | None], ...] = (_tiny, _dark, _bright, _blurred, _narrow, _small)


def _twin(photo: Photo, taken: Sequence[Verdict]) -> _Finding | None:
    """Find the first photo taken before this one that it is much like."""
    for other in taken:
        if photo.dhash and other.photo.dhash and _differing(photo.dhash, other.photo.dhash) <= ALIKE:
            return _Finding("twin", words.doctor.twin(other.number), taken=False)
    return None


def _differing(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()
