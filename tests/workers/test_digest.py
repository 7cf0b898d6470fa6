"""The weekly digest: told to the admins once a week, however many workers look, and however late."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import digest
from core.change import Change
from core.digest import WEEK, week_of
from core.records import Message
from core.settings import Settings
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.ledger import HOUR, a_charge, booked
from tests.support.records import TEAM, a_model, written
from tests.support.workshop import settings
from workers.digest import tell_all

MONDAY = datetime(2027, 1, 11, tzinfo=UTC).timestamp()
"""A Monday's midnight; the week before is the first of 2027."""


@pytest.fixture
def told() -> Settings:
    """A deployment whose admins have a channel."""
    return settings(DARKROOM_ADMINS="U0ANNA,U0BELA", DARKROOM_ADMIN_CHANNEL="C0ADMIN")


@pytest.fixture
def clock() -> FakeClock:
    """Monday, a quarter past eight."""
    return FakeClock(MONDAY + 8.25 * HOUR)


async def digests(store: Store) -> list[Message]:
    due = [member.partition(":") for member, _ in await store.overdue(TEAM, float("inf"))]
    return await store.get_all(Message, TEAM, [name for kind, _, name in due if kind == "message"])


async def spent(store: Store) -> None:
    await booked(
        store,
        a_charge(name="week", since=MONDAY - 5 * HOUR, until=MONDAY - 2 * HOUR, seconds=3 * HOUR),
        a_charge(name="today", since=MONDAY, until=MONDAY + 1),
        a_charge(name="before", since=MONDAY - WEEK - 2 * HOUR, until=MONDAY - WEEK, seconds=2 * HOUR),
        a_charge(name="last year", since=MONDAY - 11 * 86_400, until=MONDAY - 11 * 86_400 + HOUR, seconds=2 * HOUR),
    )


async def test_week_is_told_to_the_admins_with_the_week_before_and_what_is_up(
    store: Store, told: Settings, clock: FakeClock
) -> None:
    await spent(store)
    await written(store, a_model(id="up", state="in_service", up_since=clock(), up_as="up-a1", an_hour=1.5))
    await store.commit(Change(TEAM).name("catalogue", "up", "riobugger"))
    assert await digest.tell(store, told, TEAM, clock())
    (message,) = await digests(store)
    said = str(message.blocks)
    assert (message.channel, message.text) == ("C0ADMIN", "Costs of the week of 4 January 2027: $6.00")
    assert "That is 25 % less than in the week before ($8.00)." in said
    assert "Endpoints that slept when nobody used them saved $4.00." in said
    assert "riobugger · $6.00 · 3.0 instance hours" in said
    assert "1 endpoint is up now: *$1.50 an hour*." in said


async def test_week_is_told_once_by_two_workers_and_again_only_for_the_next(
    store: Store, told: Settings, clock: FakeClock
) -> None:
    await spent(store)
    await asyncio.gather(*(tell_all(store, told, clock) for _ in range(3)))
    clock.advance(3 * 86_400)
    await tell_all(store, told, clock)
    assert len(await digests(store)) == 1
    clock.advance(4 * 86_400)
    await tell_all(store, told, clock)
    assert len(await digests(store)) == 2


async def test_worker_that_was_down_on_monday_tells_it_when_it_is_up_again(
    store: Store, told: Settings, clock: FakeClock
) -> None:
    await spent(store)
    clock.advance(5 * 86_400)
    assert await digest.tell(store, told, TEAM, clock())
    (message,) = await digests(store)
    assert message.text == "Costs of the week of 4 January 2027: $6.00"


async def test_team_that_spent_nothing_is_told_nothing(store: Store, told: Settings, clock: FakeClock) -> None:
    await booked(store, a_charge(name="long ago", since=MONDAY - 30 * 86_400, until=MONDAY - 29 * 86_400))
    assert not await digest.tell(store, told, TEAM, clock())
    assert await digests(store) == []


async def test_admins_without_a_channel_are_each_told_and_without_admins_nobody(store: Store, clock: FakeClock) -> None:
    await spent(store)
    assert not await digest.tell(store, settings(), TEAM, clock())
    assert await digest.tell(store, settings(DARKROOM_ADMINS="U0ANNA,U0BELA"), TEAM, clock())
    assert sorted(message.channel for message in await digests(store)) == ["U0ANNA", "U0BELA"]


async def test_team_whose_ledger_cannot_be_read_does_not_keep_the_others_from_theirs(
    store: Store, told: Settings, clock: FakeClock
) -> None:
    await spent(store)
    await store.commit(Change("T0AAA").name("ledger:2027-01", "broken", "{", 60))
    await tell_all(store, told, clock)
    assert len(await digests(store)) == 1


def test_week_changes_on_monday_at_eight() -> None:
    assert week_of(MONDAY + 8 * HOUR - 1).name == "2026-W53"
    assert week_of(MONDAY + 8 * HOUR).name == "2027-W01"
    assert week_of(MONDAY + 8 * HOUR).ended == MONDAY


@given(st.floats(1e9, 4e9))
def test_week_that_is_told_of_is_over_and_no_older_than_two(now: float) -> None:
    week = week_of(now)
    assert 8 * HOUR <= now - week.ended < WEEK + 8 * HOUR + 1
    assert datetime.fromtimestamp(week.ended, UTC).weekday() == 0
