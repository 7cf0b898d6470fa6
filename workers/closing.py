"""Runs what a worker runs for ever, and ends it when the worker is told to."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

GRACE_SECONDS = 15
"""How long steps under way may take to end after SIGTERM; what is cut off is taken up again after its lease."""
_STEPS_WAITS = (GRACE_SECONDS, 2.0)
"""What takes steps answers the first cancel by waiting for those under way; the second cuts them off."""
_WAITS = (0.2,) * 10
"""A cancel that comes while redis-py connects can be lost."""

Forever = Coroutine[Any, Any, None]


async def until_told(stop: asyncio.Event, steps: Iterable[Forever], *beside: Forever) -> None:
    """Run what takes steps, and more beside it, until told to stop or until one of them breaks; then end them all."""
    stepping = [asyncio.create_task(one) for one in steps]
    tasks = stepping + [asyncio.create_task(one) for one in beside]
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(*(end(task, _STEPS_WAITS if task in stepping else _WAITS) for task in tasks), stopped)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.result()


async def end(task: asyncio.Task[None], waits: Iterable[float] = _WAITS) -> None:
    """Cancel a task, and again each time that it has not ended in so many seconds."""
    for seconds in waits:
        if not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=seconds)
