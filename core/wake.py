"""Wake-ups: a queued task that carries nothing but a record's name. Losing every one of them loses nothing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from docket import Docket

log = logging.getLogger(__name__)

Wake = tuple[str, int, float]
"""A record's member name, its version, and when it is due (Unix seconds)."""

Step = Callable[[str, str], Awaitable[None]]


class Rings(Protocol):
    """Whatever sees to it that workers look at records when they are due."""

    def ring(self, team: str, wakes: list[Wake]) -> None:
        """Have a team's records looked at; returns at once."""
        ...


async def step(team: str, member: str) -> None:
    """Stand in for the workers' step, so that a process that only wakes can name it."""
    raise RuntimeError(f"{member} of {team} was handed to a process that is no worker")


class Waker:
    """Queues wake-ups in the background: whoever commits a change does not wait for them."""

    def __init__(self, redis_url: str, deployment: str) -> None:
        self._url = redis_url
        self._deployment = deployment
        self._docket: Docket | None = None
        self._stack = AsyncExitStack()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connecting = asyncio.Lock()

    async def docket(self) -> "Docket":
        """Connect to the queue; imported here because docket takes longer to load than the rest of the bot."""
        async with self._connecting:
            if self._docket is None:
                docket = (await asyncio.to_thread(_import_docket))(
                    name=f"{self._deployment}-wakes", url=self._url, execution_ttl=timedelta(seconds=5)
                )
                docket.register(step)
                self._docket = await self._stack.enter_async_context(docket)
            return self._docket

    def ring(self, team: str, wakes: list[Wake]) -> None:
        """Queue wake-ups without waiting; one that is lost is made up for by the reconciler."""
        if wakes:
            task = asyncio.get_running_loop().create_task(self._ring(team, wakes))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _ring(self, team: str, wakes: list[Wake]) -> None:
        try:
            docket = await self.docket()
            for member, version, due in wakes:
                when = datetime.fromtimestamp(due, UTC)
                await docket.add("step", when=when, key=f"{team}:{member}:{version}")(team, member)
        except Exception:
            log.warning("a wake-up was not queued; the reconciler will make up for it", exc_info=True)

    async def close(self) -> None:
        """Wait for the wake-ups under way, then let go of the queue."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)
        await self._stack.aclose()


def _import_docket() -> "type[Docket]":
    from docket import Docket  # noqa: PLC0415 - see Waker.docket

    return Docket
