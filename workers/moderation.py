"""Amazon Rekognition looks at pictures, if that is wanted: before photos are learnt, and before others are shown.

What it could not look at is treated as what it found something in: it is neither learnt nor shown.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core import words
from workers import trouble
from workers.house import House
from workers.trouble import SOME, Trouble

LET_THROUGH = frozenset({"Swimwear or Underwear", "Alcohol", "Gambling"})
"""What may be seen at work, of the categories at the top of Rekognition's moderation model 7; all others may not."""
_TOP = 1
"""The level of these in Rekognition's taxonomy; what it finds below comes with the category that it belongs to."""


@dataclass(frozen=True)
class Sight:
    """What a picture looks like, as Rekognition names it, and how sure it is in percent."""

    name: str
    confidence: float


def is_on(house: House) -> bool:
    """Tell whether pictures are looked at in this deployment."""
    return house.settings.moderation != "off"


async def check_photo(house: House, picture: bytes) -> None:
    """Let a photo be learnt; JPEG or PNG, 5 MB and 10,000 pixels a side at most.

    Raises:
        Trouble: when it is not to be, or could not be looked at.
    """
    try:
        seen = await _look(house, picture)
    except Trouble as fault:
        raise Trouble(words.moderation.photo_unseen(fault.reason), fault.code, tries=min(fault.tries, SOME)) from fault
    if seen:
        raise trouble.photo(words.moderation.photo_looks_like(seen.name, seen.confidence), f"looks like {seen.name}")


async def check_painted(house: House, pictures: Sequence[bytes], spent: str) -> None:
    """Let pictures be shown; `spent` says what it took to paint them.

    Raises:
        Trouble: when one is not to be, or could not be looked at; it is final, for painting them again costs again.
    """
    try:
        found = await asyncio.gather(*(_look(house, picture) for picture in pictures))
    except Trouble as fault:
        raise Trouble(words.moderation.painted_unseen(fault.reason, spent), fault.code) from fault
    for seen in filter(None, found):
        raise Trouble(words.moderation.painted_looks_like(seen.name, seen.confidence, spent), f"looks like {seen.name}")


async def _look(house: House, picture: bytes) -> Sight | None:
    """Ask Rekognition what a picture looks like that nobody should see; nothing is asked where it is off."""
    if not is_on(house):
        return None
    answer: dict[str, Any] = await house.aws.call(
        house.aws.rekognition.detect_moderation_labels,
        Image={"Bytes": picture},
        MinConfidence=house.settings.moderation_confidence,
    )
    tops = [label for label in answer["ModerationLabels"] if label.get("TaxonomyLevel", _TOP) == _TOP]
    found = [Sight(label["Name"], label["Confidence"]) for label in tops if label["Name"] not in LET_THROUGH]
    return max(found, key=lambda sight: sight.confidence, default=None)
