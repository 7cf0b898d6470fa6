"""Service Quotas tells the numbers that SageMaker enforces."""

from typing import Any

import pytest

from tests.aws.account import GPU, Account
from tests.aws.conftest import Refusal

LARGE = "ml.g5.2xlarge"
SAGEMAKER = {"ServiceCode": "sagemaker"}


def _quotas(account: Account) -> dict[str, dict[str, Any]]:
    pages = account.quotas.get_paginator("list_service_quotas").paginate(**SAGEMAKER)
    return {quota["QuotaName"]: quota for page in pages for quota in page["Quotas"]}


def test_quotas_of_all_instance_types_are_listed_over_several_pages(account: Account) -> None:
    first = account.quotas.list_service_quotas(**SAGEMAKER)
    assert len(first["Quotas"]) == 100
    assert first["NextToken"]
    quotas = _quotas(account)
    for size in ("xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"):
        for usage in ("training job usage", "spot training job usage", "endpoint usage"):
            assert {f"ml.g4dn.{size} for {usage}", f"ml.g5.{size} for {usage}"} <= quotas.keys()
    quota = quotas[f"{LARGE} for spot training job usage"]
    assert (quota["ServiceCode"], quota["Value"], quota["Unit"], quota["Adjustable"]) == (
        "sagemaker",
        100,
        "None",
        True,
    )
    assert quota["QuotaArn"] == f"arn:aws:servicequotas:us-west-2:123456789012:sagemaker/{quota['QuotaCode']}"
    assert len({quota["QuotaCode"] for quota in quotas.values()}) == len(quotas)


def test_one_quota_is_looked_up_by_its_code(account: Account, refusal: Refusal) -> None:
    listed = _quotas(account)[f"{GPU} for endpoint usage"]
    code = {**SAGEMAKER, "QuotaCode": listed["QuotaCode"]}
    assert account.quotas.get_service_quota(**code)["Quota"] == listed
    assert account.quotas.list_service_quotas(**code)["Quotas"] == [listed]
    for absent in ({**SAGEMAKER, "QuotaCode": "L-00000000"}, {"ServiceCode": "sagebrush", "QuotaCode": "L-00000000"}):
        assert refusal(account.quotas.get_service_quota, **absent)["Code"] == "NoSuchResourceException"


def test_token_of_no_list_is_refused(account: Account, refusal: Refusal) -> None:
    error = refusal(account.quotas.list_service_quotas, **SAGEMAKER, NextToken="rubbish")
    assert error["Code"] == "InvalidPaginationTokenException"


@pytest.mark.parametrize(
    ("usage", "words"),
    [("training", "training job usage"), ("spot", "spot training job usage"), ("endpoint", "endpoint usage")],
)
def test_quota_that_is_told_is_the_quota_that_is_enforced(
    account: Account, refusal: Refusal, usage: str, words: str
) -> None:
    account.aws.sandbox("faults", {"quota": {f"{usage}:{LARGE}": 0}})
    quotas = _quotas(account)
    zero = [name for name, quota in quotas.items() if quota["Value"] == 0]
    assert zero == [f"{LARGE} for {words}"]
    error = _ask_for(account, refusal, usage)
    assert error["Code"] == "ResourceLimitExceeded"
    assert error["Message"].startswith(
        f"The account-level service limit '{LARGE} for {words}' is 0 Instances, with current utilization of 0 "
        "Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an increase"
    )


def _ask_for(account: Account, refusal: Refusal, usage: str) -> dict[str, Any]:
    if usage == "endpoint":
        config = account.config(account.model(), LARGE)
        return refusal(account.sagemaker.create_endpoint, EndpointName="e", EndpointConfigName=config)
    spot = {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 7200}
    changes = {"EnableManagedSpotTraining": True, "StoppingCondition": spot} if usage == "spot" else {}
    large = {"InstanceType": LARGE, "InstanceCount": 1, "VolumeSizeInGB": 30}
    return refusal(account.start_job, ResourceConfig=large, **changes)


def test_quota_of_an_instance_type_holds_for_all_its_uses_until_it_is_taken_back(account: Account) -> None:
    account.aws.sandbox("faults", {"quota": {LARGE: 0}})
    assert sum(quota["Value"] == 0 for quota in _quotas(account).values()) == 3
    account.aws.sandbox("faults", {"quota": {}})
    assert all(quota["Value"] == 100 for quota in _quotas(account).values())


def test_quotas_have_error_codes_of_their_own(account: Account, refusal: Refusal) -> None:
    assert refusal(account.quotas.list_services)["Message"] == "The sandbox does not play ListServices."
    account.aws.sandbox("faults", {"throttle": 1})
    assert refusal(account.quotas.list_service_quotas, **SAGEMAKER)["Code"] == "TooManyRequestsException"
