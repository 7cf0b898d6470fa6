"""The wire between a Person and the server: requests, and the live socket that says when to look again."""

import asyncio
from typing import Any

import aiohttp

from sandbox.slack.json_types import JsonObject, as_object


class RefusedError(Exception):
    """The server said no. `error` is its code (such as operation_timeout), `answer` all that it said."""

    def __init__(self, path: str, answer: JsonObject) -> None:
        super().__init__(f"{path}: {answer}")
        self.error = str(answer.get("error", ""))
        self.answer = answer


class PersonWire:
    """Requests in a person's name, and all news that the live socket brought, oldest first."""

    def __init__(self, url: str, user: str) -> None:
        self._url = url.rstrip("/")
        self._user = user
        self._session: aiohttp.ClientSession | None = None
        self._listening: asyncio.Task[None] | None = None
        self._came = asyncio.Event()
        self.news: list[JsonObject] = []

    async def open(self) -> None:
        """Connect; news is heard from now on."""
        await self._connected()

    async def close(self) -> None:
        """Hang up."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        self._listening = self._session = None

    async def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - whatever JSON is there
        """GET JSON; raises RefusedError."""
        session = await self._connected()
        async with session.get(f"{self._url}{path}", params=query) as answer:
            found = await answer.json()
        if as_object(found).get("ok") is False:
            raise RefusedError(path, found)
        return found

    async def bytes_of(self, path: str) -> bytes:
        """GET bytes; raises aiohttp.ClientResponseError."""
        session = await self._connected()
        async with session.get(f"{self._url}{path}", raise_for_status=True) as answer:
            return await answer.read()

    async def post(self, path: str, **body: object) -> JsonObject:
        """POST JSON in the person's name and give the answer, be it ok or not."""
        session = await self._connected()
        async with session.post(f"{self._url}{path}", json={"user": self._user} | body) as answer:
            return as_object(await answer.json())

    async def must(self, path: str, **body: object) -> JsonObject:
        """POST JSON in the person's name; raises RefusedError when the answer is not ok."""
        answer = await self.post(path, **body)
        if not answer.get("ok"):
            raise RefusedError(path, answer)
        return answer

    async def upload(self, files: list[tuple[str, bytes]]) -> JsonObject:
        """Upload files by name and bytes; raises RefusedError."""
        session = await self._connected()
        form = aiohttp.FormData({"user": self._user})
        for name, data in files:
            form.add_field("file", data, filename=name)
        async with session.post(f"{self._url}/person/upload", data=form) as answer:
            found = as_object(await answer.json())
        if not found.get("ok"):
            raise RefusedError("/person/upload", found)
        return found

    async def wait_for_news(self, seconds: float) -> None:
        """Wait until something happens, at most so long."""
        self._came.clear()
        try:
            await asyncio.wait_for(self._came.wait(), seconds)
        except TimeoutError:
            return

    async def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
            live = await self._session.ws_connect(f"{self._url}/person/live", params={"user": self._user})
            self._listening = asyncio.get_running_loop().create_task(self._listen(live))
        return self._session

    async def _listen(self, live: aiohttp.ClientWebSocketResponse) -> None:
        async for message in live:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.news.append(message.json())
                self._came.set()
