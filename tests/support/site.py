"""A web site on a free port of this machine, for what must really go over the wire."""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.ports import HOST, free

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Seen:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """`seen` holds every request in order; `answers` maps a path to what is answered there."""

    url: str
    answers: dict[str, Handler] = field(default_factory=dict[str, Handler])
    seen: list[Seen] = field(default_factory=list[Seen])

    def gives(self, path: str, status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> str:
        """Answer a path with this; gives the whole address."""

        async def answer(_: web.Request) -> web.Response:
            return web.Response(status=status, body=body, headers=headers)

        self.answers[path] = answer
        return self.url + path

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Note a request and answer it; what nobody has described is 404."""
        self.seen.append(Seen(request.path, dict(request.headers), await request.read()))
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


@contextlib.asynccontextmanager
async def a_site() -> AsyncGenerator[Site]:
    """Open a site for as long as the test needs it."""
    port = free()
    site = Site(f"http://{HOST}:{port}")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    try:
        yield site
    finally:
        await runner.cleanup()
