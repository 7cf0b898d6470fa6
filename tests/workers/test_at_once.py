"""What is due at once is stepped at once while there is room; the rest is queued, and nothing is stepped twice."""

import asyncio
import logging
from collections.abc import AsyncGenerator

import pytest

from tests.support.records import TEAM, a_run, stands
from tests.support.waiting import wait_until
from tests.support.wakes import FakeWaker
from tests.support.workshop import Workshop
from tests.workers.test_step import Handling
from workers.at_once import AtOnce

NOW = 1_798_761_600.0


class Steps:
    """Steps that end when the test says so."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_end = asyncio.Event()
        self.ended = 0

    async def step(self, _team: str, member: str) -> None:
        self.begun.append(member)
        await self.may_end.wait()
        self.ended += 1


@pytest.fixture
def queue() -> FakeWaker:
    return FakeWaker()


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
async def at_once(queue: FakeWaker, steps: Steps) -> AsyncGenerator[AtOnce]:
    """A worker with room for two steps."""
    at_once = AtOnce(queue, lambda: NOW, room=2)
    running = asyncio.create_task(at_once.run(steps.step))
    await asyncio.sleep(0)
    yield at_once
    steps.may_end.set()
    running.cancel()
    await asyncio.wait([running])


async def test_what_is_due_is_stepped_and_what_is_due_later_is_queued(
    at_once: AtOnce, queue: FakeWaker, steps: Steps
) -> None:
    at_once.ring(TEAM, [("run:now", 1, NOW), ("run:later", 2, NOW + 60), ("run:almost", 3, NOW + 0.1)])
    await wait_until(lambda: len(steps.begun) == 2)
    assert steps.begun == ["run:now", "run:almost"]
    assert queue.rung == [(TEAM, "run:later", 2, NOW + 60)]


async def test_what_there_is_no_room_for_is_queued_until_there_is(
    at_once: AtOnce, queue: FakeWaker, steps: Steps
) -> None:
    at_once.ring(TEAM, [(f"run:{number}", 1, NOW) for number in range(3)])
    assert [member for _, member, _, _ in queue.take()] == ["run:2"]
    steps.may_end.set()
    await wait_until(lambda: steps.ended == 2)
    at_once.ring(TEAM, [("run:3", 1, NOW)])
    await wait_until(lambda: steps.ended == 3)
    assert queue.rung == []


async def test_worker_that_has_not_begun_queues_everything(queue: FakeWaker) -> None:
    AtOnce(queue, lambda: NOW).ring(TEAM, [("run:now", 1, NOW)])
    assert len(queue.rung) == 1


async def test_worker_that_ends_takes_nothing_up_and_lets_steps_end(queue: FakeWaker, steps: Steps) -> None:
    at_once = AtOnce(queue, lambda: NOW)
    running = asyncio.create_task(at_once.run(steps.step))
    await asyncio.sleep(0)
    at_once.ring(TEAM, [("run:now", 1, NOW)])
    await wait_until(lambda: steps.begun)
    running.cancel()
    await asyncio.sleep(0)
    at_once.ring(TEAM, [("run:next", 1, NOW)])
    assert [member for _, member, _, _ in queue.rung] == ["run:next"]
    assert not running.done()
    steps.may_end.set()
    await asyncio.wait([running])
    assert steps.ended == 1


async def test_step_that_breaks_off_is_told_in_the_log_and_makes_room(
    at_once: AtOnce, queue: FakeWaker, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(_team: str, _member: str) -> None:
        raise ConnectionError("Redis is away")

    at_once._step = breaks  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the steps of this one worker
    with caplog.at_level(logging.WARNING, "workers.at_once"):
        for number in range(5):
            at_once.ring(TEAM, [(f"run:{number}", 1, NOW)])
            await wait_until(lambda number=number: len(caplog.records) > number)
    assert queue.rung == []


async def test_workers_that_all_hear_of_a_record_step_it_once(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="queued", due=workshop.clock()))
    workers = [Handling(workshop) for _ in range(5)]
    hearing = [AtOnce(FakeWaker(), workshop.clock) for _ in workers]
    running = [
        asyncio.create_task(one.run(lambda _team, _member, hands=hands: hands.step(run)))
        for one, hands in zip(hearing, workers, strict=True)
    ]
    await asyncio.sleep(0)
    for one in hearing:
        one.ring(TEAM, [(run.member, run.version, workshop.clock())])
    await wait_until(lambda: any(hands.seen for hands in workers))
    for one in running:
        one.cancel()
    await asyncio.wait(running)
    assert sum(len(hands.seen) for hands in workers) == 1
    assert (await stands(workshop.store, run)).state == "preparing"
