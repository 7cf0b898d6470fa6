"""SageMaker's runtime: InvokeEndpoint, passed on to the endpoint's container."""

import http.client
import json
import time
from dataclasses import dataclass
from uuid import uuid4

from werkzeug.wrappers import Request, Response

from sandbox.aws import endpoint_timeline, protocol
from sandbox.aws.calls import Call
from sandbox.aws.errors import AwsError, broken_constraints, no_such_endpoint
from sandbox.aws.metrics import Invocation
from sandbox.aws.naming import arn
from sandbox.aws.records import Endpoint
from sandbox.aws.settings import ACCOUNT
from sandbox.aws.shapes import faults_of, service
from sandbox.aws.world import World

BODY_MOST = 6_291_456
"""Bytes of a request, by the service model."""
REPLY_MOST = 6_553_500
"""Bytes of a reply unless the model's MMS_MAX_RESPONSE_SIZE says otherwise: the model server's default."""
TIMED_OUT = (
    "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for "
    "each container in Amazon CloudWatch, resolve the issue, and try again."
)
_HEADERS = {
    "ContentType": "Content-Type",
    "Accept": "Accept",
    "CustomAttributes": "X-Amzn-SageMaker-Custom-Attributes",
}


@dataclass(frozen=True)
class Reply:
    """What the container said. Status 0: it said nothing in time."""

    status: int
    body: bytes
    content_type: str = "application/json"


def invoke(world: World, request: Request, name: str) -> Response:
    """Answer InvokeEndpoint."""
    at = time.time()
    body = request.get_data()
    asked = {"EndpointName": name, "Bytes": len(body)} | {
        key: request.headers[header] for key, header in _HEADERS.items() if header in request.headers
    }
    try:
        endpoint, reply = _invoke(world, request, name, body)
    except AwsError as error:
        world.calls.add(Call("InvokeEndpoint", asked, at, ok=False, error=error.code))
        return _error(error)
    world.calls.add(Call("InvokeEndpoint", asked, at))
    response = Response(reply.body, content_type=reply.content_type)
    response.headers["x-Amzn-Invoked-Production-Variant"] = endpoint.variant
    response.headers["x-amzn-RequestId"] = str(uuid4())
    return response


def _invoke(world: World, request: Request, name: str, body: bytes) -> tuple[Endpoint, Reply]:
    protocol.check_signature(request.headers.get("Authorization", ""), (world.settings.region,), "sagemaker")
    _check(request, name, body)
    endpoint = _in_service(world, name)
    started = time.monotonic()
    reply = _limited(endpoint, _ask(world, endpoint, request, body))
    status = 200 if reply.status == http.client.OK else reply.status or 500
    world.metrics.count(Invocation(endpoint.name, endpoint.variant, time.monotonic() - started, status))
    if reply.status != http.client.OK:
        raise _model_error(world, endpoint, reply)
    return endpoint, reply


def _check(request: Request, name: str, body: bytes) -> None:
    if len(body) > BODY_MOST:
        raise AwsError("413", f"HTTP content length exceeded {BODY_MOST} bytes.", 413)
    shape = service("sagemaker-runtime").operation_model("InvokeEndpoint").input_shape
    given = {key: request.headers[header] for key, header in _HEADERS.items() if header in request.headers}
    if shape is not None and (wrong := faults_of({"EndpointName": name, "Body": body, **given}, shape)):
        raise AwsError("ValidationError", broken_constraints(wrong).message)


def _in_service(world: World, name: str) -> Endpoint:
    """The endpoint, whose name must be matched to the letter here."""
    with world.lock:
        endpoint = world.endpoint(name)
        if endpoint is None or endpoint.name != name:
            raise no_such_endpoint(name, ACCOUNT)
        if endpoint_timeline.status(endpoint.facts, world.now()) != "InService":
            raise no_such_endpoint(name, ACCOUNT)
        return endpoint


def _ask(world: World, endpoint: Endpoint, request: Request, body: bytes) -> Reply:
    """The container's answer, or the scripted one."""
    limit = world.settings.invoke_timeout_s
    slow = world.faults.current.slow_invoke_s
    if slow:
        time.sleep(min(slow, limit))
    scripted = world.faults.take_fail_invoke()
    if scripted is not None:
        return Reply(scripted.status, json.dumps({"code": scripted.status, "message": scripted.message}).encode())
    if endpoint.port is None:
        return Reply(503, b"Service Unavailable")
    return _proxy(endpoint.port, request, body, limit - slow)


def _proxy(port: int, request: Request, body: bytes, seconds: float) -> Reply:
    if seconds <= 0:
        return Reply(0, TIMED_OUT.encode())
    headers = {name: request.headers[name] for name in _HEADERS.values() if name in request.headers}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("POST", "/invocations", body, headers)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read(), answer.headers.get("Content-Type", "application/json"))
    except TimeoutError:
        return Reply(0, TIMED_OUT.encode())
    except (OSError, http.client.HTTPException) as error:
        return Reply(503, str(error).encode())
    finally:
        connection.close()


def _limited(endpoint: Endpoint, reply: Reply) -> Reply:
    """Refuse what the model server would not send."""
    given = endpoint.model.container.get("Environment", {}).get("MMS_MAX_RESPONSE_SIZE", "")
    most = int(given) if given.isdecimal() else REPLY_MOST
    if len(reply.body) <= most:
        return reply
    return Reply(500, f"Response of {len(reply.body)} bytes is larger than MMS_MAX_RESPONSE_SIZE={most}.".encode())


def _model_error(world: World, endpoint: Endpoint, reply: Reply) -> AwsError:
    said = reply.body.decode(errors="replace")
    side = "client" if 400 <= reply.status < 500 else "server"  # noqa: PLR2004 - HTTP's classes
    region = world.settings.region
    return AwsError(
        "ModelError",
        f'Received {side} error ({reply.status}) from primary with message "{said}". See '
        f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#logEventViewer:group="
        f"{endpoint.log_group} in account {ACCOUNT} for more information.",
        424,
        {
            "OriginalStatusCode": reply.status,
            "OriginalMessage": said,
            "LogStreamArn": arn(region, "endpoint", endpoint.name).replace(":sagemaker:", ":logs:", 1).rsplit(":", 1)[0]
            + f":log-group:{endpoint.log_group}",
        },
    )


def _error(error: AwsError) -> Response:
    """An error as REST JSON spells it."""
    body = json.dumps({"Message": error.message} | error.fields)
    response = Response(body, error.status, content_type="application/json")
    response.headers["x-amzn-ErrorType"] = error.code
    response.headers["x-amzn-RequestId"] = str(uuid4())
    return response
