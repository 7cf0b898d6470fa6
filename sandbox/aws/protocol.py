"""AWS's JSON 1.1 protocol: bytes in, bytes out, both held against the service model."""

import json
import re
from collections.abc import Collection
from typing import cast

from sandbox.aws.errors import AwsError, broken_constraints, unsigned, validation, wrong_scope
from sandbox.aws.services import Service
from sandbox.aws.shapes import Json, faults_of, service

CONTENT_TYPE = "application/x-amz-json-1.1"
_CREDENTIAL = re.compile(r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/([^/]+)/([^/]+)/aws4_request")


def check_signature(authorization: str, regions: Collection[str], signed_for: str) -> None:
    """Look at whom and what the request was signed for; the signature itself is not worked out.

    Raises:
        AwsError: it is not signed, or for another region or service.
    """
    if not authorization:
        raise unsigned()
    match = _CREDENTIAL.match(authorization)
    if match is None:
        raise AwsError("IncompleteSignatureException", "Authorization header is not AWS4-HMAC-SHA256.", 403)
    if match[1] not in regions:
        raise wrong_scope(f"a valid region, not '{match[1]}'")
    if match[2] != signed_for:
        raise wrong_scope(f"correct service: '{signed_for}'")


def parse(played: Service, operation: str, body: bytes) -> Json:
    """The request of an operation.

    Raises:
        AwsError: no such operation, no JSON, or not what the service model asks for.
    """
    model = service(played.name)
    if operation not in model.operation_names:
        raise AwsError("UnknownOperationException", f"No operation {operation}.")
    try:
        request: object = json.loads(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", "The body is no JSON.") from error
    if not isinstance(request, dict):
        raise AwsError("SerializationException", "Start of structure or map found where not expected.")
    shape = model.operation_model(operation).input_shape
    if shape is not None and (wrong := faults_of(cast("Json", request), shape)):
        raise AwsError(played.invalid, broken_constraints(wrong).message)
    return cast("Json", request)


def serialise(played: Service, operation: str, reply: Json) -> bytes:
    """The reply of an operation.

    Raises:
        AwsError: InternalFailure, for a reply that AWS could not have given.
    """
    shape = service(played.name).operation_model(operation).output_shape
    if shape is None:
        return b""
    if wrong := faults_of(reply, shape):
        raise AwsError("InternalFailure", f"{operation} replied {wrong}", 500)
    return json.dumps(reply).encode()


def error_body(error: AwsError) -> bytes:
    """An error as JSON 1.1 spells it."""
    return json.dumps({"__type": error.code, "message": error.message} | error.fields).encode()


def not_played(operation: str) -> AwsError:
    """An operation that AWS has and the sandbox has not."""
    return validation(f"The sandbox does not play {operation}.")
