"""Files over HTTP: uploads to their announced URL, and private downloads with the login page for strangers."""

import asyncio
import re
from http import HTTPStatus

from aiohttp import web

from sandbox.slack.files_store import FileRecord
from sandbox.slack.hub import Slack
from sandbox.slack.outage import service_unavailable
from sandbox.slack.thumbnails import thumbnail_of_side

_SIDE = re.compile(r"_(\d+)\.\w+$")

LOGIN_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Login | Slack</title></head>
<body><h1>Sign in to your workspace</h1><form action="/login" method="post"></form></body></html>
"""


class Downloads:
    """Serves `/upload/v1/…`, `/files-pri/…`, `/files-tmb/…` and `/login`."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.post("/upload/v1/{ticket}", self.upload),
            web.get("/files-pri/{key}/download/{name}", self.download),
            web.get("/files-pri/{key}/{name}", self.download),
            web.get("/files-tmb/{key}/{name}", self.thumbnail),
            web.get("/login", self.login),
        ]

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of an announced file, raw or as a form's file; the length must be the announced one."""
        if self._slack.faults.down:
            return service_unavailable()
        record = self._slack.files.by_ticket(request.match_info["ticket"])
        if record is None or record.stage != "awaiting":
            return web.Response(status=HTTPStatus.NOT_FOUND, text="no such upload")
        data = await _body(request)
        if len(data) != record.size:
            return web.Response(status=HTTPStatus.BAD_REQUEST, text=f"expected {record.size} bytes, got {len(data)}")
        self._slack.files.keep(record, data)
        return web.Response(text=f"OK - {len(data)}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Serve a file to the app, or the login page to whoever may not have it."""
        return self._refusal(request) or self._original(request)

    async def thumbnail(self, request: web.Request) -> web.StreamResponse:
        """Serve a thumbnail under the same rules; its side stands at the end of its name."""
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        record = self._record(request.match_info["key"])
        side = _SIDE.search(request.match_info["name"])
        if record is None or side is None or f"thumb_{side[1]}" not in record.wire:
            return _not_found()
        largest = self._slack.files.thumb_path(record)
        data, kind = await asyncio.to_thread(thumbnail_of_side, largest, int(side[1]))
        return web.Response(body=data, content_type=kind)

    async def login(self, _request: web.Request) -> web.Response:
        """Serve the page that asks to sign in."""
        return web.Response(text=LOGIN_PAGE, content_type="text/html")

    def _refusal(self, request: web.Request) -> web.Response | None:
        if self._slack.faults.down:
            return service_unavailable()
        bearer = request.headers.get("Authorization", "")
        if not bearer and not self._slack.faults.login_page:
            return web.Response(status=HTTPStatus.FOUND, headers={"Location": f"/login?redir={request.path}"})
        if not self._may_read(bearer):
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        return None

    def _original(self, request: web.Request) -> web.StreamResponse:
        record = self._record(request.match_info["key"])
        if record is None:
            return _not_found()
        return web.FileResponse(self._slack.files.path(record), headers={"Content-Type": _mimetype(record)})

    def _may_read(self, bearer: str) -> bool:
        own = bearer == f"Bearer {self._slack.settings.bot_token}"
        return own and self._slack.manifest.allows(("files:read",)) and not self._slack.faults.login_page

    def _record(self, key: str) -> FileRecord | None:
        parts = key.split("-")
        record = self._slack.files.get(parts[1]) if len(parts) > 1 else None
        return record if record is not None and record.stage in {"uploaded", "complete"} else None


def _not_found() -> web.Response:
    return web.Response(status=HTTPStatus.NOT_FOUND, text="not found")


def _mimetype(record: FileRecord) -> str:
    return record.wire["mimetype"] or "application/octet-stream"


async def _body(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    fields = (await request.post()).values()
    return next((field.file.read() for field in fields if isinstance(field, web.FileField)), b"")
