"""One control plane call: its scripted faults, its effect, its place in the call log."""

import json
from uuid import uuid4

from werkzeug.wrappers import Request, Response

from sandbox.aws import protocol
from sandbox.aws.calls import Call
from sandbox.aws.errors import AwsError, throttled
from sandbox.aws.operations import OPERATIONS
from sandbox.aws.shapes import Json
from sandbox.aws.world import World


class ConnectionCutError(ConnectionError):
    """The web server takes this for a caller that has gone, and closes the connection without a reply."""


def answer(world: World, request: Request) -> Response:
    """Answer a SageMaker call.

    Raises:
        ConnectionCutError: the reply is to be lost.
    """
    operation = request.headers["X-Amz-Target"].removeprefix(protocol.TARGET_PREFIX)
    body = request.get_data()
    at = world.now()
    try:
        reply = _perform(world, request, operation, body)
    except AwsError as error:
        world.calls.add(Call(operation, _as_sent(body), at, ok=False, error=error.code))
        return _response(protocol.error_body(error), error.status)
    lost = world.faults.strikes(world.faults.current.lost_replies)
    world.calls.add(Call(operation, _as_sent(body), at, lost=lost))
    if lost:
        raise ConnectionCutError(operation)
    return _response(reply, 200)


def _perform(world: World, request: Request, operation: str, body: bytes) -> bytes:
    protocol.check_signature(request.headers.get("Authorization", ""), world.settings.region)
    if world.faults.strikes(world.faults.current.throttle):
        raise throttled()
    parsed = protocol.parse(operation, body)
    if operation not in OPERATIONS:
        raise protocol.not_played(operation)
    with world.lock:
        return protocol.serialise(operation, OPERATIONS[operation](world, parsed))


def _as_sent(body: bytes) -> Json:
    try:
        sent: object = json.loads(body or b"{}")
    except ValueError:
        sent = body.decode(errors="replace")
    return sent if isinstance(sent, dict) else {"body": sent}  # type: ignore[reportUnknownVariableType] - any JSON


def _response(body: bytes, status: int) -> Response:
    response = Response(body, status, content_type=protocol.CONTENT_TYPE)
    response.headers["x-amzn-RequestId"] = str(uuid4())
    return response
