"""What stands in AWS under this deployment's names, with its tags; and how each kind of thing is ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.sweeping import Finding, Kind, Thing
from workers.aws import Aws, is_missing
from workers.trouble import Trouble


@dataclass(frozen=True)
class Listing:
    """How a kind of thing is listed and ended: operations of boto3's, and the keys of their answers and requests."""

    kind: Kind
    operation: str
    listed: str
    named: str
    ends: str
    status: str = ""
    only: str = ""
    """The status of those that are listed; empty: all."""


LISTINGS = (
    Listing("training job", "list_training_jobs", "TrainingJobSummaries", "TrainingJobName", "stop_training_job",
            "TrainingJobStatus", "InProgress"),
    Listing("endpoint", "list_endpoints", "Endpoints", "EndpointName", "delete_endpoint", "EndpointStatus"),
    Listing("endpoint config", "list_endpoint_configs", "EndpointConfigs", "EndpointConfigName",
            "delete_endpoint_config"),
    Listing("model", "list_models", "Models", "ModelName", "delete_model"),
)  # fmt: skip
_LISTING = {listing.kind: listing for listing in LISTINGS}
PAGE = 100


async def stand(aws: Aws, deployment: str, turn: Callable[[], Any]) -> list[Thing]:
    """List everything that this deployment's tags are on; `turn` is awaited before each call that lists.

    Raises:
        Trouble: when AWS refuses, or is out of reach.
    """
    found = [thing for listing in LISTINGS for thing in await _listed(aws, deployment, listing, turn)]
    return [thing for thing in found if thing.is_ours(deployment)]


async def _listed(aws: Aws, deployment: str, listing: Listing, turn: Callable[[], Any]) -> list[Thing]:
    """List one kind by name, and ask for the tags of each: pages may come late and overlap, so each counts once."""
    asked: dict[str, Any] = {"NameContains": f"{deployment}-", "MaxResults": PAGE}
    asked |= {"StatusEquals": listing.only} if listing.only else {}
    rows: dict[str, dict[str, Any]] = {}
    while True:
        await turn()
        page: dict[str, Any] = await aws.call(getattr(aws.sagemaker, listing.operation), **asked)
        rows |= {row[listing.named]: row for row in page[listing.listed]}
        if not page.get("NextToken"):
            return [await _thing(aws, listing, row) for row in rows.values()]
        asked["NextToken"] = page["NextToken"]


async def _thing(aws: Aws, listing: Listing, row: dict[str, Any]) -> Thing:
    arn = str(row[listing.named.removesuffix("Name") + "Arn"])
    told: Any = await aws.call(aws.sagemaker.list_tags, ResourceArn=arn)
    return Thing(
        listing.kind,
        str(row[listing.named]),
        str(row.get(listing.status, "")),
        row["CreationTime"].timestamp(),
        {tag["Key"]: tag["Value"] for tag in told["Tags"]},
    )


async def end(aws: Aws, thing: Thing, *, dry: bool) -> Finding:
    """Stop or delete a thing, and tell what became of it; one that is gone already is done. `dry`: only tell."""
    listing = _LISTING[thing.kind]
    try:
        if not dry:
            await aws.call(getattr(aws.sagemaker, listing.ends), **{listing.named: thing.name})
    except Trouble as fault:
        if not is_missing(fault):
            return Finding(thing, "refused", fault.reason)
    return Finding(thing, "deleted")
