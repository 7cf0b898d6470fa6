"""An AWS that records calls, checks them against botocore's own model, and answers or stumbles as scripted."""

import base64
import io
import json
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import Any, cast

import botocore.session
from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

from tests.support.fake_sagemaker import FakeSageMaker, refusal
from workers.aws import Aws

Json = dict[str, Any]
PAGE = 10
"""Keys in one answer of a list; S3 gives 1,000."""
JPEG = b"\xff\xd8 a picture \xff\xd9"


@dataclass(frozen=True)
class Call:
    """One call: the operation as boto3 names it (`create_endpoint`), and its request."""

    operation: str
    request: Json


class FakeAws:
    """`aws` goes into the house. `calls` holds what was asked, `sagemaker` what stands, `objects` what lies in S3.

    `violations` holds what botocore would not have sent, or what would have done harm: a test with one fails.
    `script("create_endpoint", …)` queues answers (or exceptions) of one call each; `lose("create_endpoint", error)`
    carries the next call out and then raises. `quotas` are limits by AWS's names for them, `prices` dollars an hour by
    usage type (`USW2-Train:ml.g5.2xlarge`), `invocations` when others called an
    endpoint, `dated` what AWS's clock says, `sights` what every picture looks like to Rekognition, and how sure it is.
    """

    def __init__(self, region: str = "us-west-2") -> None:
        self.calls: list[Call] = []
        self.sagemaker = FakeSageMaker()
        self.objects: dict[str, bytes] = {}
        self.log_lines: list[str] = []
        self.quotas: dict[str, int] = {}
        self.prices: dict[str, float] = {}
        self.invocations: dict[str, list[float]] = {}
        self.sights: dict[str, float] = {}
        self.dated: datetime | None = None
        self.violations: list[str] = []
        self._scripts: dict[str, deque[Json | Exception]] = defaultdict(deque)
        self._lost: dict[str, deque[Exception]] = defaultdict(deque)
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="fake-aws")
        self._own: dict[str, Callable[[Json], Json]] = {
            "put_object": self._put_object,
            "copy_object": self._copy_object,
            "get_object": self._get_object,
            "list_objects_v2": self._list_objects,
            "delete_objects": self._delete_objects,
            "invoke_endpoint": self._invoke,
            "list_service_quotas": self._list_quotas,
            "get_products": self._get_products,
            "detect_moderation_labels": self._labels,
            "filter_log_events": self._log_events,
            "get_metric_statistics": self._invocations,
            "delete_object": self._delete_object,
        }
        names = ("s3", "sagemaker", "runtime", "logs", "cloudwatch", "quotas", "pricing", "rekognition")
        clients: Json = {name: _Client(self, _SERVICES.get(name, name)) for name in names}
        self.aws = Aws(region=region, threads=self._threads, **clients)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def script(self, operation: str, *answers: Json | Exception) -> None:
        """Queue answers for the next calls of an operation."""
        self._scripts[operation].extend(answers)

    def lose(self, operation: str, *errors: Exception) -> None:
        """Carry the next calls of an operation out, and lose their answers."""
        self._lost[operation].extend(errors)

    def called(self, operation: str) -> list[Json]:
        """List the requests of an operation."""
        return [call.request for call in self.calls if call.operation == operation]

    def names(self, *prefixes: str) -> list[str]:
        """List the operations that were called, in order; only those that begin like this, if any are named."""
        called = [call.operation for call in self.calls]
        return [name for name in called if not prefixes or name.startswith(prefixes)]

    def answer(self, operation: str, request: Json) -> Json:
        """Take one call."""
        self.calls.append(Call(operation, request))
        if self._scripts[operation]:
            scripted = self._scripts[operation].popleft()
            if isinstance(scripted, Exception):
                raise scripted
            return scripted
        own = self._own.get(operation) or cast("Callable[[Json], Json]", getattr(self.sagemaker, operation))
        reply = own(request)
        if self.dated:
            reply |= {"ResponseMetadata": {"HTTPHeaders": {"date": format_datetime(self.dated, usegmt=True)}}}
        if self._lost[operation]:
            raise self._lost[operation].popleft()
        return reply

    def _put_object(self, request: Json) -> Json:
        self.objects[request["Key"]] = request["Body"]
        return {}

    def _delete_object(self, request: Json) -> Json:
        self.objects.pop(request["Key"], None)
        return {}

    def _log_events(self, _: Json) -> Json:
        """Every line there is, as the stream of every job: a test has one."""
        return {
            "events": [
                {"logStreamName": f"{job}/algo-1-1", "timestamp": place, "message": line}
                for job in self.sagemaker.jobs
                for place, line in enumerate(self.log_lines)
            ]
        }

    def _invocations(self, request: Json) -> Json:
        """The minutes in which others called an endpoint, as CloudWatch counts them."""
        endpoint = next(one["Value"] for one in request["Dimensions"] if one["Name"] == "EndpointName")
        within = [at for at in self.invocations.get(endpoint, []) if request["StartTime"].timestamp() <= at]
        return {"Datapoints": [{"Timestamp": datetime.fromtimestamp(at // 60 * 60, UTC), "Sum": 1.0} for at in within]}

    def _copy_object(self, request: Json) -> Json:
        source = request["CopySource"]["Key"]
        if source not in self.objects:
            raise refusal("NoSuchKey", "The specified key does not exist.", "CopyObject")
        self.objects[request["Key"]] = self.objects[source]
        return {}

    def _get_object(self, request: Json) -> Json:
        if request["Key"] not in self.objects:
            raise refusal("NoSuchKey", "The specified key does not exist.", "GetObject")
        return {"Body": io.BytesIO(self.objects[request["Key"]])}

    def _list_objects(self, request: Json) -> Json:
        last = request.get("ContinuationToken", "")
        keys = sorted(key for key in self.objects if key.startswith(request["Prefix"]) and key > last)
        page = [{"Key": key} for key in keys[:PAGE]]
        more = {"NextContinuationToken": keys[PAGE - 1]} if len(keys) > PAGE else {}
        return {"IsTruncated": bool(more), **more} | ({"Contents": page} if page else {})

    def _delete_objects(self, request: Json) -> Json:
        for each in request["Delete"]["Objects"]:
            self.objects.pop(each["Key"], None)
        return {}

    def _list_quotas(self, request: Json) -> Json:
        """Give two quotas a page, whatever was asked for: AWS may give fewer than the most."""
        start = int(request.get("NextToken", 0))
        rows = [{"QuotaName": name, "Value": float(value)} for name, value in self.quotas.items()]
        more = {"NextToken": str(start + 2)} if len(rows) > start + 2 else {}
        return {"Quotas": rows[start : start + 2], **more}

    def _get_products(self, request: Json) -> Json:
        wanted = {one["Field"]: one["Value"] for one in request["Filters"]}
        named = [usage for usage in self.prices if usage.endswith(f":{wanted['instanceName']}")]
        return {"PriceList": [product(usage, self.prices[usage]) for usage in named]}

    def _labels(self, request: Json) -> Json:
        found = [
            {"Name": name, "ParentName": "", "TaxonomyLevel": 1, "Confidence": confidence}
            for name, confidence in self.sights.items()
            if confidence >= request["MinConfidence"]
        ]
        return {"ModerationLabels": found, "ModerationModelVersion": "7.0"}

    def _invoke(self, request: Json) -> Json:
        self.sagemaker.must_serve(request["EndpointName"])
        pictures = [base64.b64encode(JPEG).decode()] * json.loads(request["Body"])["num_images_per_prompt"]
        return {"Body": io.BytesIO(json.dumps({"generated_images": pictures}).encode())}


_SERVICES = {"runtime": "sagemaker-runtime", "quotas": "service-quotas"}


def product(usage: str, dollars: float, unit: str = "Hrs") -> str:
    """Write one product of AWS's Price List, as far as anybody reads it."""
    dimension = {"unit": unit, "pricePerUnit": {"USD": f"{dollars:.10f}"}}
    attributes = {"usagetype": usage, "instanceName": usage.rpartition(":")[2]}
    terms = {"OnDemand": {"SKU.JRTCKXETXF": {"priceDimensions": {"SKU.JRTCKXETXF.6YS6EN2CT7": dimension}}}}
    return json.dumps({"product": {"productFamily": "ML Instance", "attributes": attributes}, "terms": terms})


class _Client:
    """A boto3 client as far as the product uses one: its operations, with checked arguments."""

    def __init__(self, fake: FakeAws, service: str) -> None:
        self._fake = fake
        self._service = service

    def __getattr__(self, operation: str) -> Callable[..., Json]:
        def call(**request: Any) -> Json:
            try:
                check(self._service, operation, request)
                return self._fake.answer(operation, request)
            except AssertionError as wrong:
                self._fake.violations.append(str(wrong))
                raise

        return call


@cache
def _model(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


def check(service: str, operation: str, request: Json) -> None:
    """Hold a request against botocore's own model of the service.

    Raises:
        AssertionError: when botocore would not send it.
    """
    model = _model(service)
    named = {xform_name(name): name for name in model.operation_names}
    shape: Any = model.operation_model(named[operation]).input_shape
    sent = request | ({"CopySource": "boto3 writes this out itself"} if "CopySource" in request else {})
    report: Any = ParamValidator().validate(sent, shape)
    assert not report.has_errors(), f"{operation}: {report.generate_report()}"


def throttled(operation: str = "Operation") -> ClientError:
    """Make AWS's answer when it is asked too often."""
    return refusal("ThrottlingException", "Rate exceeded", operation, 400)
