"""Stars on pictures: whatever the order and the number of Slack's events, the same people have put theirs."""

import asyncio
import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core import gallery, starring
from core.change import Change
from core.names import DAY
from core.records import Generation
from core.starring import Star, starred
from core.store import Store
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, stands, written

LENA = "U0LENA"
POSTED = a_generation(state="posted", files=("F7",), ts="1798761600.000700", posted_at=1_798_761_600.0)


def a_star(at: float, user: str = MIRA, emoji: str = "star", *, added: bool = True) -> Star:
    return Star(TEAM, CHANNEL, POSTED.ts, user, emoji, at, added)


def after(*stars: Star) -> tuple[str, ...]:
    shown = POSTED
    for star in stars:
        shown = starred(shown, star)
    return shown.starred_by


def test_star_is_put_and_taken_away() -> None:
    assert after(a_star(1)) == (MIRA,)
    assert after(a_star(1), a_star(2, added=False)) == ()
    assert after(a_star(1), a_star(2, added=False), a_star(3)) == (MIRA,)


def test_who_put_a_star_first_stands_first() -> None:
    assert after(a_star(2), a_star(1, LENA)) == (LENA, MIRA)


def test_two_kinds_of_star_of_one_person_count_once_until_both_are_gone() -> None:
    both = [a_star(1), a_star(2, emoji="star2")]
    assert after(*both) == (MIRA,)
    assert after(*both, a_star(3, added=False)) == (MIRA,)
    assert after(*both, a_star(3, added=False), a_star(4, emoji="star2", added=False)) == ()


what_people_do = st.lists(
    st.tuples(st.sampled_from([MIRA, LENA]), st.sampled_from(sorted(starring.EMOJI)), st.booleans()), max_size=6
)


@settings(deadline=None)
@given(what_people_do, st.data())
def test_events_that_come_in_any_order_and_several_times_end_the_same(
    done: list[tuple[str, str, bool]], data: st.DataObject
) -> None:
    events = [a_star(at, user, emoji, added=added) for at, (user, emoji, added) in enumerate(done, 1)]
    copies = [event for event in events for _ in range(data.draw(st.integers(1, 3)))]
    assert after(*data.draw(st.permutations(copies))) == after(*events)


async def hung(store: Store) -> Generation:
    shown = await written(store, POSTED)
    await store.commit(gallery.hang(Change(TEAM), shown))
    return shown


async def test_stars_of_many_people_at_once_are_all_written_down(store: Store) -> None:
    shown = await hung(store)
    people = [f"U{k}" for k in range(6)]
    assert all(await asyncio.gather(*(starring.put(store, a_star(k + 1, user)) for k, user in enumerate(people))))
    assert sorted((await stands(store, shown)).starred_by) == people


async def test_star_that_is_known_already_changes_nothing(store: Store) -> None:
    shown = await hung(store)
    for _ in range(2):
        assert await starring.put(store, a_star(1.5))
    assert (await stands(store, shown)).version == 2


async def test_star_on_a_message_without_pictures_of_ours_is_not_taken(store: Store) -> None:
    await hung(store)
    assert not await starring.put(store, replace(a_star(1), ts="1798761600.999999"))
    assert not await starring.put(store, replace(a_star(1), team="T0OTHER"))


async def test_star_on_pictures_that_were_deleted_changes_nothing(store: Store) -> None:
    shown = await hung(store)
    await store.commit(Change(TEAM).put(shown.to("deleted")))
    assert await starring.put(store, a_star(1))
    assert (await stands(store, shown)).starred_by == ()


async def test_pictures_hang_in_their_channel_and_among_their_askers_for_ninety_days(store: Store) -> None:
    old = replace(POSTED, id="old", ts="1.1", posted_at=time.time() - 91 * DAY)
    for shown in (old, replace(POSTED, posted_at=time.time())):
        await store.commit(gallery.hang(Change(TEAM), shown))
    for index in (gallery.in_channel(CHANNEL), gallery.asked_by(MIRA)):
        assert await store.members(TEAM, index) == [POSTED.id]
    await store.commit(gallery.take_down(Change(TEAM), POSTED))
    assert await store.members(TEAM, gallery.in_channel(CHANNEL)) == []
