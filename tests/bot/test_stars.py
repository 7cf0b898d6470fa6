"""A star under pictures is noticed, on anything else ignored, and comes again when it was too early."""

import time
from typing import Any

import pytest

from core import gallery
from core.change import Change
from core.records import Generation
from tests.bot.person import BOT, Person
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, stands, written


def stamp(ago: float) -> str:
    return f"{time.time() - ago:.6f}"


async def pictures(mira: Person, ts: str) -> Generation:
    shown = await written(mira.store, a_generation(state="posted", files=("F7",), ts=ts, posted_at=time.time()))
    await mira.store.commit(gallery.hang(Change(TEAM), shown))
    return shown


async def reacts(mira: Person, ts: str, **different: Any) -> None:
    usual = {"type": "reaction_added", "reaction": "star", "item_user": BOT, "event_ts": stamp(0)}
    await mira.event(**(usual | {"item": {"type": "message", "channel": CHANNEL, "ts": ts}} | different))


async def test_star_is_put_to_the_pictures_and_taken_away(mira: Person) -> None:
    shown = await pictures(mira, ts := stamp(600))
    for _ in range(2):
        await reacts(mira, ts)
        assert (await stands(mira.store, shown)).starred_by == (MIRA,)
    await reacts(mira, ts, type="reaction_removed")
    assert (await stands(mira.store, shown)).starred_by == ()


async def test_star_whose_item_does_not_name_its_author_is_taken(mira: Person) -> None:
    shown = await pictures(mira, ts := stamp(600))
    without_author = {"user": MIRA, "type": "reaction_added", "reaction": "star2", "event_ts": stamp(0)}
    await mira.event(**without_author, item={"type": "message", "channel": CHANNEL, "ts": ts})
    assert (await stands(mira.store, shown)).starred_by == (MIRA,)


@pytest.mark.parametrize(
    "different",
    [{"reaction": "heart"}, {"item_user": "U0LENA"}, {"item": {"type": "file", "file": "F7"}}],
    ids=["another reaction", "somebody else's message", "a file"],
)
async def test_reaction_that_is_no_star_for_pictures_changes_nothing(mira: Person, different: dict[str, Any]) -> None:
    shown = await pictures(mira, ts := stamp(5))
    await reacts(mira, ts, **different)
    assert mira.status == 200
    assert (await stands(mira.store, shown)).starred_by == ()


async def test_star_that_comes_before_it_is_known_where_the_pictures_stand_comes_again(mira: Person) -> None:
    ts, event_ts = stamp(3), stamp(0)
    await reacts(mira, ts, event_ts=event_ts)
    assert mira.status == 503
    shown = await pictures(mira, ts)
    await reacts(mira, ts, event_ts=event_ts)
    assert mira.status == 200
    assert (await stands(mira.store, shown)).starred_by == (MIRA,)


async def test_star_on_an_old_message_of_ours_that_holds_no_pictures_is_done_with(mira: Person) -> None:
    await reacts(mira, stamp(300))
    assert mira.status == 200
