"""Wake-ups reach the queue, and losing them is no error for whoever writes."""

import logging
from datetime import UTC, datetime

import pytest

from core.change import Change
from core.store import Store
from core.wake import Waker, step
from tests.support.records import TEAM, a_run, stands, written
from tests.support.valkey import ValkeyServer
from tests.support.waiting import wait_until
from tests.support.wakes import FakeWaker, quiet_store

SOON = 1_798_761_600.5


async def queued(waker: Waker) -> dict[str, float]:
    docket = await waker.docket()
    snapshot = await docket.snapshot()
    return {one.key: one.when.astimezone(UTC).timestamp() for one in snapshot.future}


async def test_record_that_will_be_due_is_queued_under_its_version(store: Store, waker: Waker) -> None:
    run = await written(store, a_run(state="queued", due=SOON))
    await wait_until(lambda: queued(waker))
    assert await queued(waker) == {f"{TEAM}:run:run1:1": SOON}
    await store.commit(Change(TEAM).put(run.to("preparing", due=SOON + 9)))
    await wait_until(lambda: _is_queued(waker, f"{TEAM}:run:run1:2"))


async def _is_queued(waker: Waker, key: str) -> bool:
    return key in await queued(waker)


async def test_claim_and_record_that_is_never_due_wake_nobody(redis_url: str) -> None:
    waker = FakeWaker()
    redis, store = quiet_store(redis_url, "darkroom", waker)
    run = await written(store, a_run(state="queued", due=SOON))
    waker.take()
    await store.commit(Change(TEAM).claim(run))
    await store.commit(Change(TEAM).put((await stands(store, run)).to("cancelled", due=None)))
    assert waker.rung == []
    await redis.aclose()


async def test_wake_up_carries_nothing_but_a_name(store: Store, waker: Waker) -> None:
    await written(store, a_run(state="queued", due=SOON, subject="planted"))
    await wait_until(lambda: queued(waker))
    snapshot = await (await waker.docket()).snapshot()
    assert [(one.args, one.kwargs) for one in snapshot.future] == [((TEAM, "run:run1"), {})]
    assert snapshot.future[0].when == datetime.fromtimestamp(SOON, UTC)


async def test_queue_that_is_away_does_not_stop_a_change(
    redis_url: str, valkey: ValkeyServer, caplog: pytest.LogCaptureFixture
) -> None:
    away = Waker(redis_url.replace("redis://", "redis://nobody:wrong@"), "darkroom")
    redis, store = quiet_store(redis_url, "darkroom", FakeWaker())
    with caplog.at_level(logging.WARNING, "core.wake"):
        away.ring(TEAM, [("run:run1", 1, SOON)])
        assert await written(store, a_run())
        await wait_until(lambda: "a wake-up was not queued" in caplog.text)
    assert not valkey.client.keys("*wakes*")
    await away.close()
    await redis.aclose()


async def test_process_that_only_wakes_never_counts_a_wake_up_as_done() -> None:
    with pytest.raises(RuntimeError, match="no worker"):
        await step(TEAM, "run:run1")
