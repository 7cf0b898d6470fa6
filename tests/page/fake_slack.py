"""A tiny server with the chat's person API: it holds a state, records what a person does, and a test plays the app."""

import asyncio
import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, WSMsgType, web

Json = dict[str, Any]
PAGE = Path(__file__).parents[2] / "sandbox" / "page"
LIVE: web.AppKey[list[web.WebSocketResponse]] = web.AppKey("live", list)


def text(words: str, kind: str = "plain_text") -> Json:
    """A Block Kit text object."""
    return {"type": kind, "text": words}


def seed() -> Json:
    """What `GET /person/state` answers before anybody has said anything."""
    return {
        "team": {"id": "T0DARKROOM", "name": "Darkroom demo"},
        "users": [
            {"id": "U0MIRA", "name": "mira", "real_name": "Mira"},
            {"id": "U0JON", "name": "jonas", "real_name": "Jonas", "is_admin": True},
            {"id": "U0BOT", "name": "darkroom", "is_bot": True},
        ],
        "channels": [
            {"id": "C0PETS", "name": "pets", "is_member_bot": True},
            {"id": "C0STUDIO", "name": "studio", "is_member_bot": True},
            {"id": "C0RANDOM", "name": "random", "is_member_bot": False},
        ],
        "messages": {"C0PETS": [], "C0STUDIO": [], "C0RANDOM": []},
        "commands": [
            {"command": "/train", "description": "Teach a subject", "usage_hint": "name noun, as in riobugger cat"},
            {"command": "/imagine", "description": "Paint it", "usage_hint": "prompt --n 4 --seed 7"},
            {"command": "/darkroom", "description": "Models, jobs, spend", "usage_hint": "help"},
        ],
        "shortcuts": [{"name": "Use as training set", "callback_id": "use_as_set", "type": "message"}],
        "home": None,
        "views": [],
        "notes": ["The painter has never seen anything but these photos.", "It knows no *language*."],
        "speed": 60,
    }


class FakeSlack:
    """The state, the calls a person made, and the answers a test wants given."""

    def __init__(self, samples: list[Path]) -> None:
        self.state = seed()
        self.calls: list[tuple[str, Json]] = []
        self.answers: dict[str, Json | Callable[[Json], Json]] = {}
        self._holds: dict[str, asyncio.Event] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.samples = samples
        self.meter: Json | None = None
        self.sockets: list[web.WebSocketResponse] = []
        self._ids = itertools.count(1)
        self._serial = 0

    def called(self, name: str) -> list[Json]:
        """Bodies of all calls to one endpoint, such as "message"."""
        return [body for endpoint, body in self.calls if endpoint == name]

    def hold(self, name: str) -> asyncio.Event:
        """Keeps the answers of one endpoint back until the event is set."""
        return self._holds.setdefault(name, asyncio.Event())

    async def push(self, event: Json) -> None:
        """Sends a live event to every page."""
        self._serial += 1
        for socket in list(self.sockets):
            await socket.send_json(event | {"serial": self._serial})

    async def say(self, channel: str, **message: Any) -> str:
        """Puts a message (the bot's, unless `user` says otherwise) into a channel; returns its ts."""
        ts = message.pop("ts", None) or f"{time.time():.6f}"
        author: Json = {} if "user" in message else {"user": "U0BOT", "bot_id": "B0BOT"}
        full: Json = {"type": "message", "ts": ts, "text": "", **author, **message}
        self.state["messages"][channel].append(full)
        await self.push({"type": "message", "channel": channel, "message": full})
        return ts

    async def change(self, channel: str, ts: str, **fields: Any) -> None:
        """Changes a message as chat.update and reactions do."""
        message = next(m for m in self.state["messages"][channel] if m["ts"] == ts)
        message.update(fields)
        await self.push({"type": "message_changed", "channel": channel, "message": message})

    async def open_view(self, view: Json) -> None:
        """Opens a modal for the person, as views.open does."""
        self.state["views"].append(view)
        await self.push({"type": "view_open", "view": view})

    def keep(self, data: bytes, name: str, mimetype: str) -> Json:
        """Keeps a file's bytes; returns Slack's file object."""
        file_id = f"F{next(self._ids):04}"
        self.files[file_id] = (data, mimetype)
        return {"id": file_id, "name": name, "title": name, "mimetype": mimetype, "size": len(data), "mode": "hosted"}

    def app(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(client_max_size=64 * 2**20)
        app[LIVE] = self.sockets
        app.router.add_get("/", self._page)
        app.router.add_static("/static/", PAGE)
        app.router.add_get("/person/state", self._state)
        app.router.add_get("/person/live", self._live)
        app.router.add_get("/person/samples", self._samples)
        app.router.add_get("/person/meter", self._meter)
        app.router.add_get("/person/sample/{set}/{name}", self._sample)
        app.router.add_get("/person/file/{id}", self._file)
        app.router.add_post("/person/upload", self._upload)
        app.router.add_post("/person/{name:.+}", self._record)
        app.on_shutdown.append(self._hang_up)
        return app

    async def _page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _state(self, request: web.Request) -> web.Response:
        me = next(u for u in self.state["users"] if u["id"] == request.query["user"])
        answer = web.json_response({**self.state, "me": me, "serial": self._serial})
        if "state" in self._holds:
            self.calls.append(("state", {}))
            await self._holds["state"].wait()
        return answer

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
        self.sockets.remove(socket)
        return socket

    async def _hang_up(self, _: web.Application) -> None:
        for socket in list(self.sockets):
            await socket.close()

    async def _samples(self, _: web.Request) -> web.Response:
        files = [{"name": p.name, "url": f"/person/sample/riobugger/{p.name}"} for p in self.samples]
        return web.json_response([{"set": "riobugger", "title": "Riobugger", "noun": "cat", "files": files}])

    async def _sample(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(next(p for p in self.samples if p.name == request.match_info["name"]))

    async def _meter(self, _: web.Request) -> web.Response:
        return web.json_response(self.meter) if self.meter else web.Response(status=404)

    async def _file(self, request: web.Request) -> web.Response:
        data, mimetype = self.files[request.match_info["id"]]
        return web.Response(body=data, content_type=mimetype)

    async def _upload(self, request: web.Request) -> web.Response:
        found: list[Json] = []
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                found.append(self.keep(bytes(await part.read()), part.filename, kind))
        self.calls.append(("upload", {"names": [f["name"] for f in found]}))
        refused = self.answers.get("upload")
        return web.json_response(refused or {"ok": True, "files": found})

    async def _record(self, request: web.Request) -> web.Response:
        name, body = request.match_info["name"], await request.json()
        self.calls.append((name, body))
        if name in self._holds:
            await self._holds[name].wait()
        answer = self.answers.get(name) or _ANSWERS.get(name, lambda _: {"ok": True})
        reply = answer(body) if callable(answer) else answer
        if name == "message" and reply["ok"]:
            reply = {"ok": True, "ts": await self._posted(body)}
        return web.json_response(reply)

    async def _posted(self, body: Json) -> str:
        files = [self._file_object(file_id) for file_id in body.get("files", [])]
        thread: Json = {"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {}
        return await self.say(body["channel"], user=body["user"], text=body["text"], files=files, **thread)

    def _file_object(self, file_id: str) -> Json:
        data, mimetype = self.files[file_id]
        return {"id": file_id, "name": f"{file_id}.jpg", "mimetype": mimetype, "size": len(data), "mode": "hosted"}


_ANSWERS: dict[str, Callable[[Json], Json]] = {
    "command": lambda _: {"ok": True, "reply": None},
    "view/submit": lambda _: {"ok": True},
}
