"""Slack over signed HTTP: `POST /slack/events` for everything, `GET /healthz` for whoever watches the process."""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot import signature

BODY_MOST = 1_000_000
"""Slack's payloads stay well under this, in bytes; a larger one is answered 413."""
GRACE_SECONDS = 10
"""How long listeners under way may take to end after SIGTERM; Slack itself waits three."""


def server(app: AsyncApp, secret: str, now: Callable[[], float]) -> web.Application:
    """Make the web application."""
    front = web.Application(client_max_size=BODY_MOST)
    front.router.add_post("/slack/events", _events(app, secret, now))
    front.router.add_get("/healthz", _healthz)
    return front


def _events(app: AsyncApp, secret: str, now: Callable[[], float]) -> Callable[[web.Request], Awaitable[web.Response]]:
    bolt: Any = app

    async def events(request: web.Request) -> web.Response:
        body = await request.read()
        status = signature.fault(request.headers, body, secret, now())
        if status:
            return web.Response(status=status)
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    return events


@contextlib.asynccontextmanager
async def listening(front: web.Application, port: int) -> AsyncGenerator[None]:
    """Listen on a port; on the way out, let requests under way end."""
    runner = web.AppRunner(front, access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    await web.TCPSite(runner, port=port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})
