"""Work that one of the workers does now and then, whichever comes first: sweeping, telling of weeks that are over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.store import Store
from workers.watching import EVERYWHERE

log = logging.getLogger(__name__)


async def on_schedule(store: Store, name: str, every: float, work: Callable[[], Awaitable[None]], fault: str) -> None:
    """Do it every so many seconds, one worker of all at a time, until cancelled; `fault`: what the log says of one."""
    while True:
        await asyncio.sleep(every)
        try:
            if not await store.pace(EVERYWHERE, name, every):
                await work()
        except Exception:
            log.warning(fault, exc_info=True)
