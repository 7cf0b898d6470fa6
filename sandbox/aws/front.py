"""The one front door: some services are ours, `/sandbox/…` is for tests and the page, all else is moto's."""

import contextlib
import json
import re
import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from moto.server import (  # moto keeps its stubless server behind this name
    DomainDispatcherApplication,  # pyright: ignore[reportPrivateImportUsage]
    create_backend_app,  # pyright: ignore[reportPrivateImportUsage]
)
from werkzeug.wrappers import Request, Response

from sandbox.aws import control_plane, deprecation, meter, runtime
from sandbox.aws.control_plane import ConnectionCutError
from sandbox.aws.operations import addressed
from sandbox.aws.own_clients import USER_AGENT
from sandbox.aws.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_INVOCATIONS = re.compile(r"/endpoints/([^/]+)/invocations")


class Front:
    """The WSGI application. `world` is set once the buckets are seeded; until then /healthz says 503."""

    def __init__(self) -> None:
        self.world: World | None = None
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, or cut its connection when AWS is scripted to be down."""
        request = Request(environ)
        world = self.world
        if request.path == "/healthz":
            return _health(world)(environ, start_response)
        if world is None or USER_AGENT in request.user_agent.string:
            return self._moto(environ, start_response)
        if request.path.startswith("/sandbox/"):
            return _sandbox(world, request)(environ, start_response)
        try:
            response = _played(world, request)
        except ConnectionCutError:
            _hang_up(environ)
            raise
        return (response or self._moto)(environ, start_response)


def _hang_up(environ: "WSGIEnvironment") -> None:
    """Close the connection for good: the server itself would keep it for the caller's next request."""
    connection: socket.socket = environ["werkzeug.socket"]
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _health(world: World | None) -> Response:
    return Response("starting\n", 503) if world is None else Response("ok\n")


def _played(world: World, request: Request) -> Response | None:
    """The answer of a service of ours, None when the request is for one of moto's.

    Raises:
        ConnectionCutError: there is to be no answer.
    """
    if world.faults.current.down:
        raise ConnectionCutError("AWS is down")
    target = addressed(request.headers.get("X-Amz-Target", ""))
    if target is not None:
        return control_plane.answer(world, request, *target)
    match = _INVOCATIONS.fullmatch(request.path)
    if match is not None and request.method == "POST":
        return runtime.invoke(world, request, match[1])
    return None


def _json(content: object, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json")


def _faults(world: World, request: Request) -> Response:
    if request.method == "DELETE":
        world.faults.reset()
    elif request.method == "POST":
        try:
            world.faults.change(request.get_data())
        except ValueError as error:
            return _json({"error": str(error)}, 400)
    deprecation.follow_faults(world)
    return _json(world.faults.as_json())


def _calls(world: World, request: Request) -> Response:
    if request.method == "DELETE":
        world.calls.clear()
    return _json(world.calls.listed(request.args.get("operation")))


def _meter(world: World, _: Request) -> Response:
    return _json(meter.read(world))


_PAGES: dict[str, Callable[[World, Request], Response]] = {
    "/sandbox/faults": _faults,
    "/sandbox/calls": _calls,
    "/sandbox/meter": _meter,
}


def _sandbox(world: World, request: Request) -> Response:
    page = _PAGES.get(request.path)
    return _json({"error": "not found"}, 404) if page is None else page(world, request)
