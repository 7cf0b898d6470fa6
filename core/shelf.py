"""JumpStart's ready-made models, as a team sees them: asked for when somebody wants to add one, and searched."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from core.change import Change
from core.names import record_id
from core.records import Shelf
from core.store import Store

FRESH_SECONDS = 6 * 3600
"""How long a list holds; JumpStart's changes some times a month."""
FAULT_SECONDS = 5
"""How long it holds that there is none: whoever presses Refresh then has it asked for again."""
NEAREST_MOST = 12
"""Models that are offered in place of those that do not exist."""
WORDS_MOST = 6
"""Words that were mistyped, perhaps, and are compared to all that there are: that takes some milliseconds each."""
ALIKE = 0.7
"""From 0 to 1, how alike a word and what was meant by it are."""


@dataclass(frozen=True)
class Offer:
    """A model of JumpStart's that can be deployed as it is."""

    id: str
    version: str
    instances: tuple[str, ...]
    """The machines that it runs on, the one that JumpStart advises first."""
    url: str = ""
    """Where it is described, at its makers' most often; empty: nowhere."""
    licence: str = ""
    """The address of the licence that has to be accepted; empty: none has to be."""

    @property
    def label(self) -> str:
        """Its id without what all of them have in common: `nitrosocke-ghibli-diffusion`."""
        return self.id.partition("-txt2img-")[2] or self.id


@dataclass(frozen=True)
class Found:
    """What a search came to; `exact`: the models have all the words in them, and are not merely the nearest."""

    offers: Sequence[Offer]
    exact: bool


def shelf_id(team: str) -> str:
    """Give the id of a team's shelf."""
    return record_id("shelf", team)


async def read(store: Store, team: str) -> Shelf:
    """Give what JumpStart said last; of a team that has never asked, a shelf without models."""
    return await store.get(Shelf, team, shelf_id(team)) or _blank(team)


async def look(store: Store, team: str, now: float) -> Shelf:
    """Give what JumpStart said last, and have it asked again if that is old."""
    last = await read(store, team)
    if old(last, now) and not asking(last):
        change = Change(team).once(_blank(team))
        await store.commit(change.redraw(Shelf, shelf_id(team), now, state="asked"))
    return last


def old(shelf: Shelf, now: float) -> bool:
    """Whether the list does not hold any more."""
    return now - shelf.checked_at > (FAULT_SECONDS if shelf.fault else FRESH_SECONDS)


def asking(shelf: Shelf) -> bool:
    """Whether a worker has been told to ask, and has not answered yet."""
    return shelf.version > 0 and shelf.state == "asked"


def offers(shelf: Shelf) -> list[Offer]:
    """Give the models on a shelf, by label."""
    return sorted((_offer(**one) for one in shelf.models), key=lambda offer: offer.label)


def _offer(instances: Sequence[str], **rest: Any) -> Offer:
    return Offer(instances=tuple(instances), **rest)


def written(listed: Sequence[Offer]) -> tuple[dict[str, Any], ...]:
    """Write models down as a shelf holds them."""
    return tuple(asdict(offer) | {"instances": list(offer.instances)} for offer in listed)


def search(listed: Sequence[Offer], text: str) -> Found:
    """Find the models that have all these words in them, in any order, whatever the capital letters.

    Where there is none: those with words that are like them, the most alike first; all of them, if there are none.
    """
    wanted = _words(text)
    exact = [offer for offer in listed if all(word in _said(offer) for word in wanted)]
    if exact:
        return Found(exact, exact=True)
    return Found(_nearest(listed, wanted) or listed, exact=False)


def _nearest(listed: Sequence[Offer], wanted: Sequence[str]) -> list[Offer]:
    known = sorted({word for offer in listed for word in _words(offer.id)})
    meant = [[word, *get_close_matches(word, known, 3, ALIKE)] for word in wanted[:WORDS_MOST]]
    hits = {offer.id: sum(any(one in _said(offer) for one in some) for some in meant) for offer in listed}
    near = [offer for offer in listed if hits[offer.id]]
    return sorted(near, key=lambda offer: -hits[offer.id])[:NEAREST_MOST]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _said(offer: Offer) -> str:
    return f"{offer.id} {offer.url}".lower()


def _blank(team: str) -> Shelf:
    return Shelf(team=team, id=shelf_id(team), state="asked")
