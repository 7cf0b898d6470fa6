"""AWS's price list, as far as it is about SageMaker's instances. It has no prices of spot training."""

import hashlib
import json
from collections.abc import Callable, Iterator

from sandbox.aws.errors import AwsError
from sandbox.aws.listing import slice_page
from sandbox.aws.prices import AS_OF, PER_HOUR, REGIONS
from sandbox.aws.services import Service
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

CODE = "AmazonSageMaker"
FORMAT = "aws_v1"
PAGE = 100
_COMPONENTS = {"Training": "Train", "Hosting": "Host", "Notebook": "Notebk", "Processing": "Processing"}
"""What an instance is rented for, and how the usage type says it. All cost the same."""
_ON_DEMAND, _HOURLY = "JRTCKXETXF", "6YS6EN2CT7"
"""The price list's codes for a term on demand and for its one price dimension."""
_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "TERM_MATCH": lambda has, wish: has.lower() == wish.lower(),
    "EQUALS": lambda has, wish: has.lower() == wish.lower(),
    "CONTAINS": lambda has, wish: wish.lower() in has.lower(),
    "ANY_OF": lambda has, wish: has.lower() in wish.lower().split(","),
    "NONE_OF": lambda has, wish: has.lower() not in wish.lower().split(","),
}


def get_products(_: World, request: Json) -> Json:
    """GetProducts. A product that lacks a field that is filtered by does not match."""
    if request["ServiceCode"] != CODE:
        raise AwsError("InvalidParameterException", f"Invalid ServiceCode: {request['ServiceCode']}")
    if request.get("FormatVersion", FORMAT) != FORMAT:
        raise AwsError("InvalidParameterException", f"Invalid FormatVersion: {request['FormatVersion']}")
    wishes: list[Json] = request.get("Filters", [])
    kept = [item for item in _items() if all(_fits(item["product"], wish) for wish in wishes)]
    shown, more = slice_page(kept, request, PAGE, AwsError("InvalidNextTokenException", "Invalid NextToken."))
    return {"FormatVersion": FORMAT, "PriceList": [json.dumps(item) for item in shown]} | more


def _fits(product: Json, wish: Json) -> bool:
    fields: Json = product["attributes"] | {"productFamily": product["productFamily"], "sku": product["sku"]}
    has = fields.get(wish["Field"])
    return has is not None and _MATCHES[wish["Type"]](has, wish["Value"])


def _items() -> Iterator[Json]:
    for region in REGIONS:
        for component in _COMPONENTS:
            for instance_type, dollars in PER_HOUR.items():
                yield _item(region, component, instance_type, dollars)


def _item(region: str, component: str, instance_type: str, dollars: float) -> Json:
    attributes = _attributes(region, component, instance_type)
    sku = hashlib.sha256(attributes["usagetype"].encode()).hexdigest()[:16].upper()
    description = f"${dollars:.4g} per {component} {instance_type} hour in {attributes['location']}"
    return {
        "product": {"productFamily": "ML Instance", "attributes": attributes, "sku": sku},
        "serviceCode": CODE,
        "terms": {"OnDemand": {f"{sku}.{_ON_DEMAND}": _term(sku, dollars, description)}},
        "version": f"{AS_OF.replace('-', '')}000000",
        "publicationDate": f"{AS_OF}T00:00:00Z",
    }


def _attributes(region: str, component: str, instance_type: str) -> dict[str, str]:
    location, code = REGIONS[region]
    return {
        "servicecode": CODE,
        "servicename": "Amazon SageMaker",
        "location": location,
        "locationType": "AWS Region",
        "regionCode": region,
        "instanceType": instance_type,
        "instanceName": instance_type,
        "component": component,
        "platoinstancename": instance_type,
        "platoinstancetype": component,
        "usagetype": f"{code}-{_COMPONENTS[component]}:{instance_type}",
        "operation": "RunInstance",
        "currentGeneration": "Yes",
    }


def _term(sku: str, dollars: float, description: str) -> Json:
    rate = f"{sku}.{_ON_DEMAND}.{_HOURLY}"
    return {
        "priceDimensions": {
            rate: {
                "unit": "Hrs",
                "endRange": "Inf",
                "description": description,
                "appliesTo": [],
                "rateCode": rate,
                "beginRange": "0",
                "pricePerUnit": {"USD": f"{dollars:.10f}"},
            }
        },
        "sku": sku,
        "effectiveDate": f"{AS_OF[:8]}01T00:00:00Z",
        "offerTermCode": _ON_DEMAND,
        "termAttributes": {},
    }


PRICING = Service(
    name="pricing",
    target="AWSPriceListService.",
    signed_for="pricing",
    action="pricing",
    operations={"GetProducts": get_products},
    regions=("us-east-1", "eu-central-1", "ap-south-1"),
    invalid="InvalidParameterException",
)
