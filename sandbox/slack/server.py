"""The server: all routes of this Slack on one port."""

from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from sandbox.slack.answers import respond
from sandbox.slack.downloads import Downloads
from sandbox.slack.errors import ApiError, PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import as_object, parse_json
from sandbox.slack.meter import watch_meter
from sandbox.slack.outage import service_unavailable
from sandbox.slack.person_routes import PersonRoutes
from sandbox.slack.responses import ResponseUrlError
from sandbox.slack.web_api import WebApi

PAGE = Path(__file__).parent.parent / "page"
# Slack takes files of up to 1 GB; a phone's photo is a hundredth of this.
_MAX_BODY = 200 * 1024 * 1024

SLACK_KEY = web.AppKey("slack", Slack)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_server(slack: Slack) -> web.Application:
    """Put the routes together; the parts that run on their own start and stop with the application."""
    app = web.Application(client_max_size=_MAX_BODY, middlewares=[_person_errors])
    app[SLACK_KEY] = slack
    app.cleanup_ctx.append(_running)
    app.add_routes([web.route("*", "/api/{method}", WebApi(slack).handle)])
    app.add_routes(Downloads(slack).routes())
    app.add_routes(PersonRoutes(slack).routes())
    app.add_routes([web.get(path, _link) for path in ("/link", "/link/")])
    app.add_routes([web.post("/respond/{name}", _respond), web.get("/healthz", _health), web.get("/", _page)])
    if PAGE.is_dir():
        app.router.add_static("/static/", PAGE)
    return app


async def _running(app: web.Application) -> AsyncIterator[None]:
    slack = app[SLACK_KEY]
    if slack.http is not None:
        await slack.http.start()
    slack.background.start(watch_meter(slack.settings.aws, slack.live))
    yield
    await slack.close()


@web.middleware
async def _person_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except PersonError as error:
        return web.json_response({"ok": False, "error": str(error)})


async def _link(request: web.Request) -> web.StreamResponse:
    slack = request.app[SLACK_KEY]
    if slack.faults.down:
        return service_unavailable()
    return await slack.sockets.link(request)


async def _respond(request: web.Request) -> web.Response:
    slack = request.app[SLACK_KEY]
    if slack.faults.down:
        return service_unavailable()
    try:
        url = slack.responses.use(request.match_info["name"])
        respond(slack, url, as_object(parse_json(await request.text())))
    except ResponseUrlError as error:
        return web.json_response({"ok": False, "error": str(error)}, status=HTTPStatus.NOT_FOUND)
    except ApiError as error:
        return web.json_response({"ok": False, "error": error.error}, status=HTTPStatus.BAD_REQUEST)
    return web.Response(text="ok")


async def _health(request: web.Request) -> web.Response:
    slack = request.app[SLACK_KEY]
    verified = slack.http is not None and slack.http.verified.is_set()
    return web.json_response({"ok": True, "connections": slack.sockets.connections, "verified": verified})


async def _page(_request: web.Request) -> web.StreamResponse:
    index = PAGE / "index.html"
    if not index.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(index, headers={"Cache-Control": "no-store"})
