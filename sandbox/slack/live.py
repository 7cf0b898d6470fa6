"""The live sockets of people: what happens is pushed to those who may see it."""

import asyncio
from collections.abc import Iterable

from aiohttp import web

from sandbox.slack.json_types import JsonObject, as_objects, copy_json

_PING_SECONDS = 20.0
# A page that reads nothing for this many pushes is cut off; it gets the whole state when it comes back.
_BACKLOG = 5000


class Live:
    """The sockets of each person. Pushing never waits: each socket has its own queue.

    News is numbered by `serial`; a page that has read the state at number n still needs the news after n, and only it.
    """

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[JsonObject]]] = {}
        self.serial = 0

    def push(self, users: Iterable[str], news: JsonObject) -> None:
        """Push news to every open page of these users."""
        self.serial += 1
        sent = copy_json(news | {"serial": self.serial})
        for user in users:
            for queue in self._queues.get(user, ()):
                if not queue.full():
                    queue.put_nowait(sent)

    def everyone(self) -> list[str]:
        """Give the users who have a page open."""
        return [user for user, queues in self._queues.items() if queues]

    async def serve(self, request: web.Request, user: str) -> web.WebSocketResponse:
        """Serve one page until it closes."""
        socket = web.WebSocketResponse(heartbeat=_PING_SECONDS)
        queue: asyncio.Queue[JsonObject] = asyncio.Queue(_BACKLOG)
        # Before the page hears that it is connected: from then on it counts on being told.
        self._queues.setdefault(user, set()).add(queue)
        try:
            await socket.prepare(request)
            await _serve_one(socket, queue)
        finally:
            self._queues[user].discard(queue)
        return socket


async def _serve_one(socket: web.WebSocketResponse, queue: asyncio.Queue[JsonObject]) -> None:
    sender = asyncio.get_running_loop().create_task(_send_all(socket, queue))
    try:
        async for _ in socket:
            if sender.done():
                break
    finally:
        sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)


async def _send_all(socket: web.WebSocketResponse, queue: asyncio.Queue[JsonObject]) -> None:
    while not queue.full():
        await socket.send_json(await queue.get())
    await socket.close()


def as_seen(channel: str, message: JsonObject) -> JsonObject:
    """Give a message as people get it: with its channel, and `edited` only where Slack's own apps show it."""
    seen = {**message, "channel": channel}
    if as_objects(message.get("files")):
        seen.setdefault("subtype", "file_share")
    if message.get("blocks"):
        seen.pop("edited", None)
    return seen
