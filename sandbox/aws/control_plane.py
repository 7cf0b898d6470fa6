"""One control plane call: its scripted faults, its effect, its place in the call log."""

import json
from uuid import uuid4

from werkzeug.wrappers import Request, Response

from sandbox.aws import protocol
from sandbox.aws.calls import Call
from sandbox.aws.errors import AwsError, denied, throttled
from sandbox.aws.services import Service
from sandbox.aws.settings import ACCOUNT
from sandbox.aws.shapes import Json
from sandbox.aws.world import World


class ConnectionCutError(ConnectionError):
    """The web server takes this for a caller that has gone, and closes the connection without a reply."""


LOGGED_MOST = 10_000
"""Characters of a value up to which it is kept in the call log."""
LONG = "too long for the log"
CALLER = f"arn:aws:sts::{ACCOUNT}:assumed-role/darkroom/sandbox"
"""Who calls, in the words of a denial."""


def answer(world: World, request: Request, service: Service, operation: str) -> Response:
    """Answer a call of a service that is played here.

    Raises:
        ConnectionCutError: the reply is to be lost.
    """
    body = request.get_data()
    at = world.now()
    try:
        reply = _perform(world, request, service, operation)
    except AwsError as error:
        world.calls.add(Call(operation, _as_sent(body), at, ok=False, error=error.code))
        return _response(protocol.error_body(error), error.status)
    lost = world.faults.strikes(world.faults.current.lost_replies)
    world.calls.add(Call(operation, _as_sent(body), at, lost=lost))
    if lost:
        raise ConnectionCutError(operation)
    return _response(reply, 200)


def _perform(world: World, request: Request, service: Service, operation: str) -> bytes:
    regions = service.regions or (world.settings.region,)
    protocol.check_signature(request.headers.get("Authorization", ""), regions, service.signed_for)
    _obey_faults(world, service, operation)
    parsed = protocol.parse(service, operation, request.get_data())
    if operation not in service.operations:
        raise protocol.not_played(operation)
    with world.lock:
        return protocol.serialise(service, operation, service.operations[operation](world, parsed))


def _obey_faults(world: World, service: Service, operation: str) -> None:
    action = f"{service.action}:{operation}"
    if action in world.faults.current.denied:
        raise denied(CALLER, action)
    if world.faults.strikes(world.faults.current.throttle):
        raise throttled(service.throttled)


def _as_sent(body: bytes) -> Json:
    try:
        sent: object = json.loads(body or b"{}", object_hook=_without_pictures)
    except ValueError:
        sent = body.decode(errors="replace")
    return sent if isinstance(sent, dict) else {"body": sent}  # type: ignore[reportUnknownVariableType] - any JSON


def _without_pictures(sent: Json) -> Json:
    """Leave out of the log what would fill the memory."""
    return {
        name: LONG if isinstance(value, str) and len(value) > LOGGED_MOST else value for name, value in sent.items()
    }


def _response(body: bytes, status: int) -> Response:
    response = Response(body, status, content_type=protocol.CONTENT_TYPE)
    response.headers["x-amzn-RequestId"] = str(uuid4())
    return response
