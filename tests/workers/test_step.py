"""One step: who may take a record up, what a crash leaves behind, and what is done about what goes wrong."""

import asyncio
import logging
import re
from dataclasses import replace
from typing import Any

import pytest

from core.change import Change
from core.records import Run
from tests.support.records import TEAM, a_run, stands
from tests.support.waiting import wait_until
from tests.support.workshop import Workshop
from workers import step
from workers.house import House
from workers.step import LIVES, NEAR, Steps, save
from workers.trouble import PATIENT, Trouble, wait


class Handling:
    """A handler that notes who came, then does what the test says; and notes what is given up."""

    def __init__(self, workshop: Workshop) -> None:
        self.seen: list[Run] = []
        self.given_up: list[tuple[Run, Trouble]] = []
        self.faults: list[Exception] = []
        self.entered, self.leave = asyncio.Event(), asyncio.Event()
        self.leave.set()
        self._steps = Steps(workshop.house, {("run", "queued"): self._handle}, {"run": self._give_up})

    async def step(self, run: Run) -> None:
        await self._steps.step(run.team, run.member)

    async def _handle(self, house: House, run: Run) -> None:
        self.seen.append(run)
        self.entered.set()
        await self.leave.wait()
        if self.faults:
            raise self.faults.pop(0)
        await save(house, replace(run.to("preparing"), due=None))

    async def _give_up(self, house: House, run: Any, fault: Trouble, /) -> None:  # noqa: ANN401 - as Steps has it
        self.given_up.append((run, fault))
        await save(house, replace(run.to("failed"), due=None, reason=fault.reason))


@pytest.fixture
def handling(workshop: Workshop) -> Handling:
    return Handling(workshop)


@pytest.fixture
async def run(workshop: Workshop) -> Run:
    return await workshop.put(a_run(state="queued", due=workshop.clock()))


async def test_record_that_is_not_due_is_left_alone(workshop: Workshop, handling: Handling, run: Run) -> None:
    await workshop.put(replace(run, due=workshop.clock() + 1))
    await handling.step(run)
    assert handling.seen == []


async def test_record_that_is_gone_is_forgotten(workshop: Workshop, handling: Handling) -> None:
    await workshop.store.commit(Change(TEAM).put(a_run(state="queued", due=1.0)))
    await workshop.store._redis.delete(workshop.store.key(TEAM, "run:run1"))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as if it had expired
    await handling.step(a_run())
    assert await workshop.store.overdue(TEAM, workshop.clock()) == []


async def test_claim_keeps_others_out(workshop: Workshop, handling: Handling, run: Run) -> None:
    handling.leave.clear()
    first = asyncio.create_task(handling.step(run))
    await handling.entered.wait()
    await asyncio.gather(*(handling.step(run) for _ in range(3)))
    handling.leave.set()
    await first
    assert len(handling.seen) == 1
    assert (await stands(workshop.store, run)).state == "preparing"


async def test_of_workers_that_come_at_once_one_gets_the_record(handling: Handling, run: Run) -> None:
    await asyncio.gather(*(handling.step(run) for _ in range(8)))
    assert len(handling.seen) == 1


async def test_record_of_a_worker_that_crashed_is_taken_up_after_its_lease(
    workshop: Workshop, handling: Handling, run: Run
) -> None:
    await workshop.store.commit(
        Change(TEAM).claim(replace(run, tries=1, due=workshop.clock() + workshop.settings.lease_seconds))
    )
    await handling.step(run)
    assert handling.seen == []
    workshop.clock.advance(workshop.settings.lease_seconds)
    await handling.step(run)
    assert [one.tries for one in handling.seen] == [2]


async def test_worker_that_wakes_after_its_lease_has_its_write_refused(
    workshop: Workshop, handling: Handling, run: Run
) -> None:
    handling.leave.clear()
    stalled = asyncio.create_task(handling.step(run))
    await handling.entered.wait()
    workshop.clock.advance(workshop.settings.lease_seconds)
    quick = Handling(workshop)
    quick.faults = [Trouble("somebody else's result", "busy", tries=9, after=30.0)]
    await quick.step(run)
    theirs = await stands(workshop.store, run)
    handling.leave.set()
    await stalled
    assert await stands(workshop.store, run) == theirs
    assert theirs.state == "queued"


async def test_claim_is_renewed_while_the_step_goes_on(workshop: Workshop, run: Run) -> None:
    short = replace(workshop.house, settings=replace(workshop.settings, lease_seconds=0.03))
    handling = Handling(workshop)
    handling.leave.clear()
    handling._steps = Steps(short, {("run", "queued"): handling._handle}, {})  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the same hands in a house with a short lease
    step = asyncio.create_task(handling.step(run))
    await handling.entered.wait()
    later = workshop.clock.advance(100)
    await wait_until(lambda: _is_due_after(workshop, run, later))
    handling.leave.set()
    await step
    assert (await stands(workshop.store, run)).state == "preparing"


async def test_worker_that_ends_leaves_what_is_due_again_to_the_others(workshop: Workshop, run: Run) -> None:
    stop, seen = asyncio.Event(), 0

    async def again(house: House, run: Run) -> None:
        nonlocal seen
        seen += 1
        stop.set()
        await save(house, replace(run, tries=0, due=house.now()))

    await Steps(workshop.house, {("run", "queued"): again}, {}, stop).step(TEAM, run.member)
    assert seen == 1
    assert (await stands(workshop.store, run)).due == workshop.clock()


async def test_step_ends_though_its_record_is_due_again_and_again(
    workshop: Workshop, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Run] = []

    async def polls(house: House, run: Run) -> None:
        seen.append(run)
        await save(house, replace(run, tries=0, due=house.now()))

    monkeypatch.setattr(step, "MOMENT", 0.0)
    await Steps(workshop.house, {("run", "queued"): polls}, {}).step(TEAM, run.member)
    assert len(seen) == 1, "docket waits for every step before it connects again"


async def _is_due_after(workshop: Workshop, run: Run, time: float) -> bool:
    return ((await stands(workshop.store, run)).due or 0) > time


async def test_try_is_counted_before_anything_is_done(workshop: Workshop, handling: Handling, run: Run) -> None:
    handling.leave.clear()
    step = asyncio.create_task(handling.step(run))
    await handling.entered.wait()
    assert (await stands(workshop.store, run)).tries == 1
    step.cancel()
    with pytest.raises(asyncio.CancelledError):
        await step
    assert (await stands(workshop.store, run)).tries == 1


async def test_record_that_kills_every_worker_is_given_up_at_last(
    workshop: Workshop, handling: Handling, run: Run
) -> None:
    await workshop.put(replace(run, tries=LIVES))
    await handling.step(run)
    assert handling.seen == []
    assert [fault.code for _, fault in handling.given_up] == ["lives"]
    assert f"I tried {LIVES} times" in (await stands(workshop.store, run)).reason


async def test_trouble_is_tried_again_at_waits_that_double_and_then_given_up(
    workshop: Workshop, handling: Handling, run: Run
) -> None:
    handling.faults = [Trouble("away", "away", tries=4) for _ in range(9)]
    waits = list[float]()
    while not handling.given_up:
        began = workshop.clock()
        await handling.step(run)
        waits.append(((await stands(workshop.store, run)).due or began) - began)
        workshop.clock.advance(waits[-1])
    assert waits == [2.0, 4.0, 8.0, 0.0]
    assert [one.tries for one in handling.seen] == [1, 2, 3, 4]


async def test_trouble_that_is_final_is_given_up_at_once(workshop: Workshop, handling: Handling, run: Run) -> None:
    handling.faults = [Trouble("AWS says: no.", "ValidationException")]
    await handling.step(run)
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason, failed.due) == ("failed", "AWS says: no.", None)


@pytest.mark.parametrize("after", [1.0, 3.0, 77.0])
async def test_time_that_the_other_side_names_is_waited_for(
    workshop: Workshop, handling: Handling, run: Run, after: float
) -> None:
    handling.faults = [Trouble("slowly", "429", tries=PATIENT, after=after)]
    await handling.step(run)
    assert (await stands(workshop.store, run)).due == workshop.clock() + after
    workshop.clock.advance(after - NEAR - 0.1)
    await handling.step(run)
    assert len(handling.seen) == 1
    workshop.clock.advance(NEAR + 0.1)
    await handling.step(run)
    assert len(handling.seen) == 2


def test_waits_never_exceed_a_minute() -> None:
    assert [wait(tries, 2.0) for tries in (1, 2, 5, 6, 70)] == [2.0, 4.0, 32.0, 60.0, 60.0]


async def test_fault_that_nobody_foresaw_shows_an_id_that_stands_in_the_log(
    workshop: Workshop, handling: Handling, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    handling.faults = [RuntimeError("boom") for _ in range(9)]
    while not handling.given_up:
        await handling.step(run)
        workshop.clock.advance(60)
    told = re.search(r"error (\w{8}) in the log", (await stands(workshop.store, run)).reason)
    assert told
    faults = [one for one in caplog.records if one.levelno == logging.ERROR and told[1] in one.getMessage()]
    assert len(faults) == 1
    assert faults[0].exc_info
    assert "boom" not in (await stands(workshop.store, run)).reason


async def test_claim_is_not_renewed_for_ever_when_a_cancel_is_lost(
    workshop: Workshop, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, begun = [1, 2], asyncio.Event()

    async def renews_on(*_: object) -> None:
        begun.set()
        while True:
            try:
                await asyncio.sleep(3_600)
            except asyncio.CancelledError:
                if not lost:
                    raise
                lost.pop()

    monkeypatch.setattr(step, "_renew", renews_on)
    short = replace(workshop.house, settings=replace(workshop.settings, lease_seconds=0.03))
    async with asyncio.timeout(10), step.renewing(short, run):
        await begun.wait()
    assert not lost
