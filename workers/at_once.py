"""Steps at once what is due at once, as long as this worker has room; the queue is for what is due later.

A wake-up that goes through the queue costs more than a short step. Claims see to it that no record is stepped twice,
however many workers hear of it, and the reconciler makes up for a worker that dies.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.wake import Rings, Wake
from workers.closing import GRACE_SECONDS
from workers.step import NEAR

log = logging.getLogger(__name__)

ROOM = 48
"""Steps under way at once; what comes on top is queued, for any worker."""

Step = Callable[[str, str], Awaitable[None]]
"""Steps one record: called with its team and member."""


class AtOnce:
    """A waker for a worker: takes up itself what it can, and queues the rest."""

    def __init__(self, queue: Rings, now: Callable[[], float], room: int = ROOM) -> None:
        self._queue = queue
        self._now = now
        self._room = room
        self._step: Step | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def ring(self, team: str, wakes: list[Wake]) -> None:
        """Have a team's records looked at; returns at once."""
        soon = self._now() + NEAR
        self._queue.ring(team, [wake for wake in wakes if wake[2] > soon or not self._begin(team, wake[0])])

    def _begin(self, team: str, member: str) -> bool:
        """Begin to step a record. False: there is no room, or steps are not taken (any more)."""
        if self._step is None or len(self._under_way) >= self._room:
            return False
        task = asyncio.ensure_future(self._step(team, member))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and task.exception():
            log.warning("a step broke off; the reconciler will look again", exc_info=task.exception())

    async def run(self, step: Step) -> None:
        """Take steps until cancelled; those under way then have time to end."""
        self._step = step
        try:
            await asyncio.Event().wait()
        finally:
            self._step = None
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=GRACE_SECONDS)
            for task in self._under_way:
                task.cancel()
