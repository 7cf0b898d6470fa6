"""The reconciler: wakes every record that should have been looked at and was not, however its wake-up was lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.wake import Waker
from workers.house import House

log = logging.getLogger(__name__)

LATE = 1.0
"""How late a record must be before its wake-up counts as lost, in seconds."""
STALLED = 5.0
"""How late a record is when wake-ups come to nothing, in seconds: docket takes up nothing while it waits, after a lost
connection, for something that does not end."""
AT_ONCE = 8
"""Stalled records that are stepped at once without docket."""

Step = Callable[[str, str], Awaitable[None]]
"""Steps one record: called with its team and member."""


async def reconcile(house: House, waker: Waker) -> int:
    """Make up for lost wake-ups once; gives how many there were."""
    now = house.now()
    lost = 0
    for team in await house.store.teams():
        overdue = await house.store.overdue(team, now - LATE)
        # The time stands in for the version: workers that see the same loss queue one wake-up, not one each.
        waker.ring(team, [(member, int(due * 1000), now) for member, due in overdue])
        lost += len(overdue)
    return lost


async def step_stalled(house: House, step: Step, under_way: set[asyncio.Task[None]]) -> None:
    """Begin to step what has been due for long though it was woken; claims see to it that nobody steps it twice."""
    for team in await house.store.teams():
        for member, _ in await house.store.overdue(team, house.now() - STALLED, AT_ONCE):
            if len(under_way) < AT_ONCE:
                task = asyncio.ensure_future(step(team, member))
                under_way.add(task)
                task.add_done_callback(under_way.discard)


async def reconcile_forever(house: House, waker: Waker, step: Step) -> None:
    """Make up for lost wake-ups on a schedule, until cancelled; a Redis that is away is waited for."""
    every = max(0.2, min(5.0, house.settings.poll_seconds))
    under_way: set[asyncio.Task[None]] = set()
    while True:
        try:
            await step_stalled(house, step, under_way)
            await reconcile(house, waker)
        except Exception:
            log.warning("the reconciler could not look; it will look again", exc_info=True)
        await asyncio.sleep(every)
