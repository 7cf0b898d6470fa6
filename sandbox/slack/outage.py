"""What a client meets while this Slack is out of reach."""

from http import HTTPStatus

from aiohttp import web


def service_unavailable() -> web.Response:
    """Answer as Slack's front does when nothing stands behind it."""
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="upstream connect error")


def cut(request: web.Request) -> web.Response:
    """Cut the connection of a request; the response that is given back reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
