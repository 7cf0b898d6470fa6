"""The reconciler: wakes what lost its wake-up, and steps what is woken in vain."""

import asyncio

import pytest

from core.change import Change
from core.records import Run
from core.wake import Waker
from tests.support.records import TEAM, a_run
from tests.support.waiting import wait_until
from tests.support.workshop import Workshop
from tests.workers.test_step import Handling
from workers.reconciler import LATE, STALLED, reconcile, step_stalled


@pytest.fixture
def handling(workshop: Workshop) -> Handling:
    return Handling(workshop)


@pytest.fixture
async def run(workshop: Workshop) -> Run:
    return await workshop.put(a_run(state="queued", due=workshop.clock()))


async def test_reconciler_wakes_what_lost_its_wake_up(workshop: Workshop, waker: Waker, run: Run) -> None:
    docket = await waker.docket()
    await wait_until(lambda: _has(waker, ":1"))
    await docket.clear()
    assert await reconcile(workshop.house, waker) == 0
    workshop.clock.advance(LATE + 0.1)
    assert await reconcile(workshop.house, waker) == 1
    assert await reconcile(workshop.house, waker) == 1
    await wait_until(lambda: _has(waker, f":{int((run.due or 0) * 1000)}"))
    assert len((await docket.snapshot()).future) == 1


async def test_record_that_is_woken_in_vain_is_stepped_without_docket(
    workshop: Workshop, handling: Handling, run: Run
) -> None:
    under_way: set[asyncio.Task[None]] = set()

    async def step_it(team: str, member: str) -> None:
        assert (team, member) == (TEAM, run.member)
        await handling.step(run)

    workshop.clock.advance(STALLED - 1)
    await step_stalled(workshop.house, step_it, under_way)
    assert not under_way, "docket may still come"
    workshop.clock.advance(2)
    await step_stalled(workshop.house, step_it, under_way)
    await asyncio.gather(*under_way)
    assert len(handling.seen) == 1


async def _has(waker: Waker, end: str) -> bool:
    return any(one.key.endswith(end) for one in (await (await waker.docket()).snapshot()).future)


async def test_reconciler_finds_the_records_of_every_team(workshop: Workshop, waker: Waker, run: Run) -> None:
    await workshop.store.commit(Change("T0OTHER").put(a_run(team="T0OTHER", state="queued", due=run.due)))
    workshop.clock.advance(LATE + 0.1)
    assert await reconcile(workshop.house, waker) == 2
