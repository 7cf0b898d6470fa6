"""Signed requests as Slack sends them, and two ways to send many: as fast as they are answered, or at a rate."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

import aiohttp

from bench.stage import SUBJECT
from bench.turns import BenchError
from sandbox.slack.ids import TEAM_ID
from sandbox.slack.payloads import command_form
from sandbox.slack.people import Channel, User
from sandbox.slack.signing import signed_headers

CONNECTIONS = 50
_FORM = "application/x-www-form-urlencoded"
_OK = 200
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Signed:
    """A request that is ready to be sent."""

    body: bytes
    headers: dict[str, str]


def signed(secret: str, body: bytes, content_type: str) -> Signed:
    """Sign a body for this moment."""
    return Signed(body, signed_headers(secret, str(int(time.time())), body) | {"Content-Type": content_type})


def imagines(secret: str, count: int) -> list[Signed]:
    """Make `/imagine` requests, each with a trigger of its own, as no two commands share one."""
    where, who = Channel("C0PETS", "pets"), User("U0MIRA", "mira", "Mira")
    form = command_form(who, where, "/imagine", f"a photo of {SUBJECT} cat on the beach")
    form["response_url"] = f"https://hooks.slack.com/commands/{TEAM_ID}/1/x"
    bodies = (urlencode(form | {"trigger_id": f"1.{next(_numbers)}.bench"}).encode() for _ in range(count))
    return [signed(secret, body, _FORM) for body in bodies]


class Caller:
    """Sends signed requests to one URL over connections that stay open; each answer must hold what is expected."""

    def __init__(self, url: str, expects: bytes) -> None:
        self._url = url
        self._expects = expects
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def send(self, request: Signed) -> None:
        """Send one request.

        Raises:
            BenchError: when it is not answered as expected.
        """
        async with self._session.post(self._url, data=request.body, headers=request.headers) as answer:
            body = await answer.read()
            if answer.status != _OK or self._expects not in body:
                raise BenchError(f"{self._url} answered {answer.status}: {body[:200]!r}")

    async def saturate(self, requests: list[Signed]) -> tuple[float, list[float]]:
        """Keep every connection busy; gives the requests per second, and the seconds that each request took."""
        waiting, took = iter(requests), list[float]()
        began = time.perf_counter()
        await asyncio.gather(*(self._work_off(waiting, took) for _ in range(CONNECTIONS)))
        return len(took) / (time.perf_counter() - began), took

    async def _work_off(self, waiting: Iterator[Signed], took: list[float]) -> None:
        for request in waiting:
            sent = time.perf_counter()
            await self.send(request)
            took.append(time.perf_counter() - sent)

    async def trickle(self, requests: list[Signed], rate: float) -> list[float]:
        """Send at a steady rate per second; gives the seconds from when each was due to when it was answered."""
        began = time.perf_counter()
        return await asyncio.gather(*(self._at(began + k / rate, one) for k, one in enumerate(requests)))

    async def _at(self, due: float, request: Signed) -> float:
        await asyncio.sleep(due - time.perf_counter())
        await self.send(request)
        return time.perf_counter() - due
