"""Socket Mode: the app's WebSocket connections, the envelopes sent over them and the acks that come back."""

import asyncio
import itertools
import uuid

from aiohttp import WSMsgType, web

from sandbox.slack.background import Background
from sandbox.slack.delivery import ACK_SECONDS, Ack, Outgoing
from sandbox.slack.ids import APP_ID
from sandbox.slack.json_types import JsonObject, as_object, parse_json

MAX_CONNECTIONS = 10
_PING_SECONDS = 10.0
# Slack leaves a connection that it asked to refresh open for a short while.
_REFRESH_GRACE_SECONDS = 2.0
_CONNECTION_LIFE_SECONDS = 18_060

Waiting = tuple[web.WebSocketResponse, "asyncio.Future[Ack]"]


class SocketMode:
    """Up to ten connections of the app; what is sent goes to them in turn."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._turn = itertools.count()
        self._waiting: dict[str, Waiting] = {}

    def new_ticket(self) -> str:
        """Make a ticket for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    @property
    def connections(self) -> int:
        """How many connections take envelopes now."""
        return len(self._open)

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Serve `/link?ticket=…` for as long as the app stays connected."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=_PING_SECONDS, max_msg_size=0)
        await socket.prepare(request)
        if len(self._open) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._serve(socket)
        return socket

    async def send(self, outgoing: Outgoing) -> Ack:
        """Send an envelope over the next connection and wait for its ack."""
        if not self._open:
            return Ack(ok=False, reason="connection_failed")
        socket = self._open[next(self._turn) % len(self._open)]
        envelope = _envelope(outgoing)
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (socket, answer)
        try:
            await socket.send_json(envelope)
            return await asyncio.wait_for(answer, ACK_SECONDS)
        except TimeoutError:
            return Ack(ok=False, reason="timeout")
        except ConnectionError:
            return Ack(ok=False, reason="connection_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def disconnect(self, reason: str) -> None:
        """Part from all connections: `cut` without a word, else with a `disconnect` message that gives the reason."""
        parting, self._open = (self._open, []) if reason != "warning" else (list(self._open), self._open)
        for socket in parting:
            if reason != "cut" and not socket.closed:
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": _debug_info()})
            if reason != "warning":
                self._background.start(_close_after(socket, 0 if reason == "cut" else _REFRESH_GRACE_SECONDS))

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*(socket.close() for socket in self._open), return_exceptions=True)

    async def _serve(self, socket: web.WebSocketResponse) -> None:
        self._open.append(socket)
        try:
            await socket.send_json(
                {
                    "type": "hello",
                    "num_connections": len(self._open),
                    "debug_info": _debug_info(),
                    "connection_info": {"app_id": APP_ID},
                }
            )
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._answered(as_object(parse_json(message.data)))
        finally:
            self._left(socket)

    def _answered(self, message: JsonObject) -> None:
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting[1].done():
            payload = message.get("payload")
            waiting[1].set_result(Ack(ok=True, payload=as_object(payload) if payload else None))

    def _left(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
        for waiting_on, answer in self._waiting.values():
            if waiting_on is socket and not answer.done():
                answer.set_result(Ack(ok=False, reason="connection_failed"))


async def _close_after(socket: web.WebSocketResponse, pause: float) -> None:
    await asyncio.sleep(pause)
    await asyncio.gather(socket.close(), return_exceptions=True)


def _envelope(outgoing: Outgoing) -> JsonObject:
    envelope: JsonObject = {
        "envelope_id": str(uuid.uuid4()),
        "type": outgoing.kind,
        "payload": outgoing.payload,
        "accepts_response_payload": outgoing.kind != "events_api",
    }
    if outgoing.kind == "events_api":
        envelope |= {"retry_attempt": outgoing.retry_num, "retry_reason": outgoing.retry_reason}
    return envelope


def _debug_info() -> JsonObject:
    return {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": _CONNECTION_LIFE_SECONDS}
