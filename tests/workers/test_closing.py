"""Ending a worker: at once when nothing is under way, however a cancel gets lost; steps under way may end."""

import asyncio
import contextlib
import time

import pytest

from workers.closing import until_told


async def _for_ever() -> None:
    await asyncio.Event().wait()


async def _hard_of_hearing() -> None:
    """As redis-py while it connects: a first cancel is lost."""
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    await asyncio.Event().wait()


async def test_worker_ends_at_once_though_a_cancel_is_lost() -> None:
    stop = asyncio.Event()
    ending = asyncio.create_task(until_told(stop, [_for_ever()], _hard_of_hearing()))
    await asyncio.sleep(0)
    began = time.monotonic()
    stop.set()
    await ending
    assert time.monotonic() - began < 2


async def test_steps_under_way_may_end_before_the_worker_does() -> None:
    stop, ended = asyncio.Event(), asyncio.Event()

    async def steps() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.3))])
            ended.set()

    stop.set()
    await until_told(stop, [_for_ever(), steps()], _for_ever())
    assert ended.is_set()


async def test_what_breaks_ends_the_rest_and_is_told() -> None:
    async def breaks() -> None:
        raise ValueError("no more")

    stop = asyncio.Event()
    with pytest.raises(ValueError, match="no more"):
        await until_told(stop, [_for_ever()], breaks())
    assert stop.is_set()
