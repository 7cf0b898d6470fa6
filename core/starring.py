"""Stars: pictures that somebody has put one to come first in the gallery."""

from dataclasses import dataclass, replace

from core.change import Change
from core.gallery import message_key
from core.records import Generation
from core.store import Store

EMOJI = frozenset({"star", "star2"})
"""The reactions that count as a star, by Slack's names."""
_TRIES = 10
"""How often a star is written down: others may put theirs this very moment."""


@dataclass(frozen=True)
class Star:
    """A star that somebody has put to a message (ts) or taken away; `at`: when, by Slack's own clock (Unix seconds)."""

    team: str
    channel: str
    ts: str
    user: str
    emoji: str
    at: float
    added: bool


def starred(shown: Generation, star: Star) -> Generation:
    """Give pictures as they are with this star.

    Events come twice and in any order. Of those of one person and emoji the latest by Slack's clock holds, so that any
    order, and any number of copies, ends the same. Events of the same microsecond would not be told apart.
    """
    key = f"{star.user}:{star.emoji}"
    if abs(shown.stars.get(key, 0.0)) >= star.at:
        return shown
    stars = shown.stars | {key: star.at if star.added else -star.at}
    there = sorted((key for key, at in stars.items() if at > 0), key=lambda key: stars[key])
    return replace(shown, stars=stars, starred_by=tuple(dict.fromkeys(key.partition(":")[0] for key in there)))


async def put(store: Store, star: Star) -> bool:
    """Write a star down. False: no pictures of ours are known to stand in this message."""
    identity = await store.linked(star.team, message_key(star.channel, star.ts))
    if not identity:
        return False
    for _ in range(_TRIES):
        shown = await store.get(Generation, star.team, identity)
        if shown is None or shown.state != "posted":
            break
        after = starred(shown, star)
        if after == shown or await store.commit(Change(star.team).put(after)):
            break
    else:
        raise ManyAtOnceError(identity)
    return True


class ManyAtOnceError(Exception):
    """A star was not written down, for so many others were."""
