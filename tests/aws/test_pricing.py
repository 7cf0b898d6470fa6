"""AWS's price list tells the prices that the meter counts in."""

import json
from typing import Any

import pytest

from sandbox.aws.prices import PER_HOUR
from tests.aws.account import Account
from tests.aws.conftest import Refusal

LARGE = "ml.g5.2xlarge"
SAGEMAKER = {"ServiceCode": "AmazonSageMaker"}


def _filters(kind: str = "TERM_MATCH", **wishes: str) -> list[dict[str, str]]:
    return [{"Type": kind, "Field": field, "Value": value} for field, value in wishes.items()]


def _products(account: Account, filters: list[dict[str, str]]) -> list[dict[str, Any]]:
    pages = account.pricing.get_paginator("get_products").paginate(**SAGEMAKER, Filters=filters)
    return [json.loads(product) for page in pages for product in page["PriceList"]]


def _dollars(product: dict[str, Any]) -> float:
    (term,) = product["terms"]["OnDemand"].values()
    (dimension,) = term["priceDimensions"].values()
    assert dimension["unit"] == "Hrs"
    return float(dimension["pricePerUnit"]["USD"])


@pytest.mark.parametrize("component", ["Training", "Hosting"])
@pytest.mark.parametrize("named", ["component", "platoinstancetype"])
@pytest.mark.parametrize("typed", ["instanceName", "instanceType"])
def test_price_of_an_instance_is_found_by_type_region_and_use(
    account: Account, component: str, named: str, typed: str
) -> None:
    wishes = {typed: LARGE, "regionCode": "us-west-2", named: component, "productFamily": "ML Instance"}
    (product,) = _products(account, _filters(**wishes))
    assert _dollars(product) == PER_HOUR[LARGE] == 1.515
    assert product["product"]["attributes"]["usagetype"] == f"USW2-{component[:-3]}:{LARGE}"


def test_all_prices_of_a_region_are_listed_over_pages(account: Account) -> None:
    filters = _filters(regionCode="us-east-1")
    first = account.pricing.get_products(**SAGEMAKER, Filters=filters, MaxResults=50)
    assert (len(first["PriceList"]), first["FormatVersion"]) == (50, "aws_v1")
    assert first["NextToken"]
    products = _products(account, filters)
    training = [one for one in products if one["product"]["attributes"]["component"] == "Training"]
    assert {one["product"]["attributes"]["instanceName"]: _dollars(one) for one in training} == PER_HOUR
    assert len({one["product"]["sku"] for one in products}) == len(products)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (_filters(regionCode="eu-west-1"), 0),
        (_filters(instanceName="ml.g99.large"), 0),
        (_filters(colour="red"), 0),
        (_filters(instanceName=LARGE, component="training", location="US East (Ohio)"), 1),
        (_filters(component="Training", regionCode="us-east-1") + _filters("CONTAINS", instanceName="ml.p3."), 3),
        (_filters(component="Training", regionCode="us-east-1") + _filters("ANY_OF", instanceName=f"{LARGE},x"), 1),
        (_filters(instanceName=LARGE, regionCode="us-east-1") + _filters("NONE_OF", component="Hosting,Training"), 2),
    ],
)
def test_filters_all_have_to_hold(account: Account, filters: list[dict[str, str]], count: int) -> None:
    assert len(_products(account, filters)) == count


def test_price_list_is_told_to_three_regions_only(account: Account, refusal: Refusal) -> None:
    assert Account(account.aws, pricing_region="ap-south-1").pricing.get_products(**SAGEMAKER)["PriceList"]
    elsewhere = refusal(Account(account.aws, pricing_region="us-west-2").pricing.get_products, **SAGEMAKER)
    assert elsewhere["Code"] == "InvalidSignatureException"


def test_caller_who_may_not_see_prices_is_denied(account: Account, refusal: Refusal) -> None:
    account.aws.sandbox("faults", {"denied": ["pricing:GetProducts"]})
    error = refusal(account.pricing.get_products, **SAGEMAKER)
    assert error["Code"] == "AccessDeniedException"
    assert "is not authorized to perform: pricing:GetProducts" in error["Message"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"ServiceCode": "AmazonSageBrush"}, "InvalidParameterException"),
        ({**SAGEMAKER, "FormatVersion": "aws_v2"}, "InvalidParameterException"),
        ({**SAGEMAKER, "MaxResults": 101}, "InvalidParameterException"),
        ({**SAGEMAKER, "NextToken": "rubbish"}, "InvalidNextTokenException"),
    ],
)
def test_question_that_aws_would_not_take_is_refused(
    account: Account, refusal: Refusal, wish: dict[str, Any], code: str
) -> None:
    assert refusal(account.pricing.get_products, **wish)["Code"] == code
