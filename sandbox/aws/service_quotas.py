"""Service Quotas: the limits on SageMaker's instances, the very ones that creating a job or endpoint is held to."""

import zlib
from collections.abc import Iterator

from sandbox.aws import quotas
from sandbox.aws.errors import AwsError
from sandbox.aws.instance_limits import USAGES, quota_name
from sandbox.aws.listing import slice_page
from sandbox.aws.services import Service
from sandbox.aws.settings import ACCOUNT
from sandbox.aws.shapes import Json, enum_of
from sandbox.aws.world import World

CODE = "sagemaker"
PAGE = 100
_TYPES = {
    "training": "TrainingInstanceType",
    "spot": "TrainingInstanceType",
    "endpoint": "ProductionVariantInstanceType",
}
"""Which enum of SageMaker's service model holds a usage's instance types."""


def quota_code(name: str) -> str:
    """A code of the form of AWS's. The codes are the sandbox's own: real ones have to be asked for all the same."""
    return f"L-{zlib.crc32(name.encode()):08X}"


def list_service_quotas(world: World, request: Json) -> Json:
    """ListServiceQuotas, in the order of the codes, so that a quota can be on any page."""
    _check_service(request)
    wanted = request.get("QuotaCode")
    if request.get("QuotaAppliedAtLevel") == "RESOURCE":
        return {"Quotas": []}
    rows = sorted(_quotas(world), key=lambda quota: str(quota["QuotaCode"]))
    kept = [quota for quota in rows if wanted in (None, quota["QuotaCode"])]
    invalid = AwsError("InvalidPaginationTokenException", "The pagination token is not valid.")
    shown, more = slice_page(kept, request, PAGE, invalid)
    return {"Quotas": shown} | more


def get_service_quota(world: World, request: Json) -> Json:
    """GetServiceQuota."""
    _check_service(request)
    for quota in _quotas(world):
        if quota["QuotaCode"] == request["QuotaCode"]:
            return {"Quota": quota}
    raise AwsError("NoSuchResourceException", "The request failed because the specified quota does not exist.")


def _check_service(request: Json) -> None:
    if request["ServiceCode"] != CODE:
        raise AwsError("NoSuchResourceException", "The request failed because the specified service does not exist.")


def _quotas(world: World) -> Iterator[Json]:
    for usage in USAGES:
        for instance_type in enum_of("sagemaker", _TYPES[usage]):
            yield _quota(world, quota_name(usage, instance_type), quotas.limit(world, usage, instance_type))


def _quota(world: World, name: str, value: int) -> Json:
    code = quota_code(name)
    return {
        "ServiceCode": CODE,
        "ServiceName": "Amazon SageMaker",
        "QuotaArn": f"arn:aws:servicequotas:{world.settings.region}:{ACCOUNT}:{CODE}/{code}",
        "QuotaCode": code,
        "QuotaName": name,
        "Value": float(value),
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
        "QuotaAppliedAtLevel": "ACCOUNT",
        "Description": name,
    }


SERVICE_QUOTAS = Service(
    name="service-quotas",
    target="ServiceQuotasV20190624.",
    signed_for="servicequotas",
    action="servicequotas",
    operations={"ListServiceQuotas": list_service_quotas, "GetServiceQuota": get_service_quota},
    invalid="IllegalArgumentException",
    throttled="TooManyRequestsException",
)
