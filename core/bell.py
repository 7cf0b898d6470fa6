"""The bell: tells the workers at once who is due, for processes that do not queue wake-ups themselves.

One message carries all that came together. Nobody hears it: the reconciler sees who is due, a little later.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.wake import Wake

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
"""How long a lost connection to the bell is waited with."""

Heard = Callable[[str, list[Wake]], None]
"""What is done about a team's wake-ups."""


class Bell:
    """Rings for the workers of a deployment, without keeping its caller waiting."""

    def __init__(self, redis: "Redis", deployment: str) -> None:
        self._redis: Any = redis
        self._channel = channel(deployment)
        self._waiting: dict[str, list[Wake]] = {}
        self._ringing: asyncio.Task[None] | None = None

    def ring(self, team: str, wakes: list[Wake]) -> None:
        """Tell who is due; whatever is rung before the last message has gone goes in one."""
        if wakes:
            self._waiting.setdefault(team, []).extend(wakes)
            if self._ringing is None or self._ringing.done():
                self._ringing = asyncio.get_running_loop().create_task(self._ring())

    async def _ring(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, {}
            try:
                await self._redis.publish(self._channel, json.dumps(told))
            except Exception:
                log.warning("the bell was not heard; the reconciler will make up for it", exc_info=True)

    async def close(self) -> None:
        """Wait for what is being rung."""
        if self._ringing is not None:
            await asyncio.wait([self._ringing], timeout=2)


def channel(deployment: str) -> str:
    """Name the channel of a deployment's bell."""
    return f"{deployment}:bell"


async def listen(redis: "Redis", deployment: str, heard: Heard) -> None:
    """Hear the bell until cancelled; a connection that is lost is made anew."""
    while True:
        try:
            await _listen(redis, deployment, heard)
        except Exception:
            log.warning("the bell cannot be heard; listening again in %s s", AGAIN_SECONDS, exc_info=True)
            await asyncio.sleep(AGAIN_SECONDS)


async def _listen(redis: Any, deployment: str, heard: Heard) -> None:  # noqa: ANN401 - redis leaves pubsub untyped
    async with redis.pubsub(ignore_subscribe_messages=True) as bell:
        await bell.subscribe(channel(deployment))
        while True:
            message = await bell.get_message(timeout=None)
            if message is not None:
                for team, wakes in json.loads(message["data"]).items():
                    heard(team, [(member, version, due) for member, version, due in wakes])
