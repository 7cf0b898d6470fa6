"""The reconciler: wakes every record that should have been looked at and was not, however its wake-up was lost."""

import asyncio
import logging

from core.wake import Waker
from workers.house import House

log = logging.getLogger(__name__)

LATE = 1.0
"""How late a record must be before its wake-up counts as lost, in seconds."""


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


async def reconcile_forever(house: House, waker: Waker) -> None:
    """Make up for lost wake-ups on a schedule, until cancelled; a Redis that is away is waited for."""
    every = max(0.2, min(5.0, house.settings.poll_seconds))
    while True:
        try:
            await reconcile(house, waker)
        except Exception:
            log.warning("the reconciler could not look; it will look again", exc_info=True)
        await asyncio.sleep(every)
