"""Sees when a picture stands in its channel, as a person's open page does, and asks for one after another."""

import asyncio
import contextlib
import itertools
import re
import time
from collections.abc import Awaitable, Callable
from typing import Self

import aiohttp

from bench.stage import SUBJECT
from sandbox.slack.json_types import as_object

CHANNELS = ("C0PETS", "C0STUDIO")
PATIENCE_SECONDS = 30.0
_TAG = re.compile(r"\bpicture (\d+)\b")

Ask = Callable[[str, str], Awaitable[object]]
"""Has a prompt painted in a channel: called with the channel and the prompt."""


class Watch:
    """A live socket of one Slack. Each prompt carries a number, by which its picture is known."""

    def __init__(self, url: str, user: str = "U0MIRA") -> None:
        self._url = url
        self._user = user
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[float]] = {}
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        session = await self._stack.enter_async_context(aiohttp.ClientSession())
        live = await session.ws_connect(f"{self._url}/person/live", params={"user": self._user}, max_msg_size=0)
        listening = asyncio.create_task(self._listen(live))
        self._stack.callback(listening.cancel)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def seconds(self, ask: Ask) -> float:
        """Ask for a picture; gives the seconds until it stood in the channel.

        Raises:
            TimeoutError: when it does not come.
        """
        number = next(self._numbers)
        came = self._waiting[number] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await ask(CHANNELS[number % len(CHANNELS)], f"a photo of {SUBJECT} cat, picture {number}")
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await came - began

    async def rate(self, ask: Ask, count: int, in_flight: int) -> float:
        """Ask for `count` pictures, so many of them at once; gives the pictures a second."""
        left = iter(range(count))

        async def one_after_another() -> None:
            for _ in left:
                await self.seconds(ask)

        began = time.perf_counter()
        await asyncio.gather(*(one_after_another() for _ in range(in_flight)))
        return count / (time.perf_counter() - began)

    async def _listen(self, live: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in live:
            news = as_object(frame.json())
            message = as_object(news.get("message"))
            if news.get("type") == "message" and message.get("files"):
                self._came(f"{message.get('text')} {message.get('blocks')}")

    def _came(self, text: str) -> None:
        found = _TAG.search(text)
        came = self._waiting.pop(int(found[1]), None) if found else None
        if came and not came.done():
            came.set_result(time.perf_counter())
