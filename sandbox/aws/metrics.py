"""Invocation metrics on their way to CloudWatch, sent beside the request so that it is not slowed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.literals import StandardUnitType
    from mypy_boto3_cloudwatch.type_defs import MetricDatumTypeDef

NAMESPACE = "AWS/SageMaker"
_CLIENT_ERROR, _SERVER_ERROR = 4, 5


@dataclass(frozen=True)
class Invocation:
    """One call of an endpoint: the model's latency in wall seconds and the status that its caller got."""

    endpoint: str
    variant: str
    latency_s: float
    status: int


def _datum(call: Invocation, name: str, value: float, unit: "StandardUnitType" = "None") -> "MetricDatumTypeDef":
    return {
        "MetricName": name,
        "Dimensions": [
            {"Name": "EndpointName", "Value": call.endpoint},
            {"Name": "VariantName", "Value": call.variant},
        ],
        "Timestamp": datetime.now(UTC),
        "Value": value,
        "Unit": unit,
    }


def data_of(call: Invocation) -> "list[MetricDatumTypeDef]":
    """What SageMaker publishes for one call; ModelLatency is in microseconds."""
    return [
        _datum(call, "Invocations", 1),
        _datum(call, "Invocation4XXErrors", float(call.status // 100 == _CLIENT_ERROR)),
        _datum(call, "Invocation5XXErrors", float(call.status // 100 == _SERVER_ERROR)),
        _datum(call, "ModelLatency", call.latency_s * 1_000_000, "Microseconds"),
    ]


class Metrics:
    """A queue of invocations and the thread that publishes them."""

    def __init__(self, client: "CloudWatchClient") -> None:
        self._client = client
        self._queue: SimpleQueue[Invocation] = SimpleQueue()
        Thread(target=self._publish, name="metrics", daemon=True).start()

    def count(self, call: Invocation) -> None:
        """Publish one call, soon."""
        self._queue.put(call)

    def _publish(self) -> None:
        while True:
            self._client.put_metric_data(Namespace=NAMESPACE, MetricData=data_of(self._queue.get()))
