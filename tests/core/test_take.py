"""Taking a record up: one worker gets it, its try is counted, and everybody else learns when to come back."""

import asyncio

import pytest

from core.change import Change
from core.records import Record
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import TEAM, a_run, stands, written
from tests.support.valkey import ValkeyServer

NOW = FakeClock().now


async def test_record_that_is_due_is_taken_with_its_try_counted(store: Store) -> None:
    await written(store, a_run(state="queued", due=NOW, tries=3))
    taken = await store.take(TEAM, "run:run1", NOW, NOW + 15)
    assert taken == a_run(state="queued", due=NOW + 15, tries=4, version=2)
    assert taken == await stands(store, a_run())
    assert await store.overdue(TEAM, NOW + 15) == [("run:run1", NOW + 15)]


async def test_what_was_taken_can_be_written_and_what_was_read_before_cannot(store: Store) -> None:
    read = await written(store, a_run(state="queued", due=NOW))
    taken = await store.take(TEAM, "run:run1", NOW, NOW + 15)
    assert isinstance(taken, Record)
    assert not await store.commit(Change(TEAM).put(read.to("cancelled")))
    assert await store.commit(Change(TEAM).put(taken.to("preparing")))


async def test_of_workers_that_come_at_once_one_takes_it_and_the_rest_learn_when_it_is_free(store: Store) -> None:
    await written(store, a_run(state="queued", due=NOW))
    found = await asyncio.gather(*(store.take(TEAM, "run:run1", NOW, NOW + 15) for _ in range(8)))
    assert sum(isinstance(one, Record) for one in found) == 1
    assert [one for one in found if not isinstance(one, Record)] == [NOW + 15] * 7


@pytest.mark.parametrize("ahead", [0.001, 5.0])
async def test_record_that_is_not_due_yet_stays_as_it_is(store: Store, ahead: float) -> None:
    run = await written(store, a_run(state="queued", due=NOW + ahead))
    assert await store.take(TEAM, "run:run1", NOW, NOW + 15) == NOW + ahead
    assert await stands(store, run) == run


async def test_record_that_waits_for_nothing_is_not_taken(store: Store) -> None:
    run = await written(store, a_run())
    assert await store.take(TEAM, "run:run1", NOW, NOW + 15) is None
    assert await stands(store, run) == run


async def test_record_that_has_expired_is_taken_out_of_what_is_due(store: Store, valkey: ValkeyServer) -> None:
    await written(store, a_run(state="queued", due=NOW))
    valkey.client.delete(store.key(TEAM, "run:run1"))
    assert await store.take(TEAM, "run:run1", NOW, NOW + 15) is None
    assert await store.overdue(TEAM, NOW + 60) == []
    assert not valkey.client.exists(store.key(TEAM, "run:run1"))


async def test_taking_leaves_the_end_of_a_record_where_it_is(store: Store, valkey: ValkeyServer) -> None:
    await written(store, a_run(state="queued", due=NOW))
    valkey.client.expire(store.key(TEAM, "run:run1"), 500)
    await store.take(TEAM, "run:run1", NOW, NOW + 15)
    assert 0 < valkey.client.ttl(store.key(TEAM, "run:run1")) <= 500
