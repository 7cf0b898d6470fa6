"""AWS: clients made once, called in threads, their errors turned into troubles."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)

from core import words
from workers.trouble import PATIENT, SOME, Trouble, throttled, unreachable

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sagemaker import SageMakerClient
    from mypy_boto3_sagemaker_runtime import SageMakerRuntimeClient

T = TypeVar("T")

THREADS = 64
CONNECT_SECONDS = 5
CALL_SECONDS = 20
ATTEMPTS = 2
"""How often boto3 makes a call that is not answered; core.cancelling.CREATING_SECONDS waits for all of them."""
INVOKE_SECONDS = 70
"""SageMaker allows a real-time call 60 s; AWS advises a socket timeout of 70 s."""

_CONTROL = Config(
    connect_timeout=CONNECT_SECONDS, read_timeout=CALL_SECONDS,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=THREADS,
)  # fmt: skip
_RUNTIME = Config(
    connect_timeout=CONNECT_SECONDS, read_timeout=INVOKE_SECONDS, retries={"mode": "standard", "total_max_attempts": 1},
    max_pool_connections=THREADS,
)  # fmt: skip

_LOOKING = Config(
    connect_timeout=CONNECT_SECONDS, read_timeout=CALL_SECONDS,
    retries={"mode": "standard", "total_max_attempts": 4},
    max_pool_connections=THREADS,
)  # fmt: skip
"""For Rekognition: what it is to look at has been paid for, and is thrown away when it does not answer."""

PRICING_REGION = "us-east-1"
"""The Price List answers for all regions, but only in this one and two others."""
TOO_MANY = 429
_OURS = (NoCredentialsError, PartialCredentialsError, ParamValidationError)
"""Faults of ours that botocore finds before it asks AWS."""
_THROTTLED = {
    "ThrottlingException",
    "Throttling",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "SlowDown",
    "ProvisionedThroughputExceededException",
}
OUT_OF_MEMORY, TIMED_OUT = "OutOfMemory", "TimedOut"
"""Our codes for what a model's endpoint will answer each time."""
UNANSWERED = "ReadTimeoutError"
"""Botocore's name for a call that was sent and not answered in time."""
_FINAL = {
    OUT_OF_MEMORY: re.compile(r"out of memory", re.IGNORECASE),
    TIMED_OUT: re.compile(r"invocation timed out", re.IGNORECASE),
}
_QUOTA = "ResourceLimitExceeded"
_CAPACITY = re.compile(r"CapacityError|insufficient\W?capacity|unable to provision requested ML compute", re.IGNORECASE)
_LIMIT = re.compile(r"(?:limit|quota)\b.*? is (\d+) Instance", re.IGNORECASE | re.DOTALL)
_TAKEN = re.compile(r"already exist", re.IGNORECASE)
_MISSING = re.compile(r"could not find|not found|does not exist", re.IGNORECASE)


@dataclass(frozen=True)
class Aws:
    """The clients; `AWS_ENDPOINT_URL…` and boto3's other variables decide where they go.

    `quotas` is Service Quotas and `pricing` the Price List; both are read only, and have no stubs here, nor has
    `rekognition`, which is only asked where pictures are to be looked at.
    """

    region: str
    s3: "S3Client"
    sagemaker: "SageMakerClient"
    runtime: "SageMakerRuntimeClient"
    logs: "CloudWatchLogsClient"
    cloudwatch: "CloudWatchClient"
    quotas: Any
    pricing: Any
    rekognition: Any
    threads: ThreadPoolExecutor

    async def call(self, function: Callable[..., T], **request: Any) -> T:
        """Call a client's method in a thread.

        Raises:
            Trouble: whatever AWS, or the way to it, refuses.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, partial(function, **request))
        except (ClientError, BotoCoreError) as error:
            raise trouble(error) from error


def connect(region: str) -> Aws:
    """Make the clients; this asks AWS nothing yet."""
    session: Any = boto3.Session(region_name=region)
    client: Callable[..., Any] = session.client
    return Aws(
        region=region,
        s3=client("s3", config=_CONTROL),
        sagemaker=client("sagemaker", config=_CONTROL),
        runtime=client("sagemaker-runtime", config=_RUNTIME),
        logs=client("logs", config=_CONTROL),
        cloudwatch=client("cloudwatch", config=_CONTROL),
        quotas=client("service-quotas", config=_CONTROL),
        pricing=client("pricing", config=_CONTROL, region_name=PRICING_REGION),
        rekognition=client("rekognition", config=_LOOKING),
        threads=ThreadPoolExecutor(THREADS, thread_name_prefix="aws"),
    )


def trouble(error: ClientError | BotoCoreError) -> Trouble:
    """Say what an error of boto3's means for the step that met it."""
    if isinstance(error, _OURS):
        return Trouble(words.trouble.aws_said(str(error)), type(error).__name__)
    if not isinstance(error, ClientError):
        return unreachable(words.trouble.AWS_UNREACHABLE, type(error).__name__)
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _THROTTLED or status == TOO_MANY:
        return throttled(words.trouble.aws_said(message), code, None)
    if code == "ModelError":
        return _model_trouble(error)
    reason = words.trouble.quota(message) if code == _QUOTA else words.trouble.aws_said(message or code)
    return Trouble(reason, code, tries=PATIENT if status >= 500 else 0)  # noqa: PLR2004 - HTTP's own border


def _model_trouble(error: ClientError) -> Trouble:
    """The container refused (4xx: final) or stumbled (5xx: may work another time).

    What does not fit its memory, or takes longer than SageMaker waits, is final whatever its status: the toolkit sends
    400 or 500, SageMaker 0.
    """
    response: dict[str, Any] = {**error.response}
    status = int(response.get("OriginalStatusCode") or 0)
    message = str(response.get("OriginalMessage") or response.get("Error", {}).get("Message", ""))
    final = next((code for code, said in _FINAL.items() if said.search(message)), "")
    passing = not final and not 400 <= status < 500  # noqa: PLR2004 - HTTP's classes
    return Trouble(words.trouble.aws_said(message), final or "ModelError", tries=SOME if passing else 0)


def is_taken(fault: Trouble) -> bool:
    """The name has been given already: perhaps by our own earlier try."""
    return fault.code == "ResourceInUse" or (fault.code == "ValidationException" and bool(_TAKEN.search(fault.reason)))


def is_missing(fault: Trouble) -> bool:
    """There is no such thing (any more)."""
    missing = fault.code in {"ValidationException", "ValidationError", "ResourceNotFound", "ResourceNotFoundException"}
    return missing and bool(_MISSING.search(fault.reason))


def is_capacity(fault: Trouble | str) -> bool:
    """AWS has no such machine free right now; takes a trouble, or the FailureReason of a job or an endpoint."""
    return bool(_CAPACITY.search(_told(fault)))


def is_quota(fault: Trouble | str) -> bool:
    """The account may not hold that many of these; takes a trouble, or the FailureReason of a job or an endpoint."""
    return _QUOTA in _told(fault)


def quota_limit(fault: Trouble | str) -> int | None:
    """Give how many the account may hold, as AWS's refusal says; None when it does not. With 0, waiting is no use."""
    said = _LIMIT.search(_told(fault))
    return int(said[1]) if said and is_quota(fault) else None


def _told(fault: Trouble | str) -> str:
    return fault if isinstance(fault, str) else str(fault)


def failure_reason(reason: str) -> str:
    """Put AWS's FailureReason of a job or an endpoint into words, with a way on where there is one."""
    if is_capacity(reason):
        return words.trouble.capacity(reason)
    return words.trouble.quota(reason) if is_quota(reason) else words.trouble.aws_said(reason or "no reason given")
