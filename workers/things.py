"""What stands in AWS under this deployment's names, with its tags; and how each kind of thing is ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from core import words
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
SKEW_SECONDS = 300.0
"""How far our clock may be from AWS's: what is thought to be idle for long, or old, goes by it."""


@dataclass(frozen=True)
class Look:
    """How a list is asked for: `turn` is awaited before each call, `now` is our clock."""

    deployment: str
    turn: Callable[[], Any]
    now: Callable[[], float]


async def stand(aws: Aws, look: Look) -> list[Thing]:
    """List everything that this deployment's tags are on.

    Raises:
        Trouble: when AWS refuses, is out of reach, or has quite another time than we have.
    """
    found = [thing for listing in LISTINGS for thing in await _listed(aws, listing, look)]
    return [thing for thing in found if thing.is_ours(look.deployment)]


async def _listed(aws: Aws, listing: Listing, look: Look) -> list[Thing]:
    """List one kind by name, and ask for the tags of each: pages may come late and twice, so each thing counts once."""
    asked: dict[str, Any] = {"NameContains": f"{look.deployment}-", "MaxResults": PAGE}
    asked |= {"StatusEquals": listing.only} if listing.only else {}
    rows: dict[str, dict[str, Any]] = {}
    tokens = {""}
    while asked.get("NextToken") not in tokens:
        tokens.add(asked.get("NextToken", ""))
        await look.turn()
        page: dict[str, Any] = await aws.call(getattr(aws.sagemaker, listing.operation), **asked)
        _check_clock(page, look.now())
        rows |= {row[listing.named]: row for row in page[listing.listed]}
        asked["NextToken"] = page.get("NextToken", "")
    ours = [row for name, row in rows.items() if name.startswith(f"{look.deployment}-")]
    return [thing for row in ours if (thing := await _thing(aws, listing, row))]


def _check_clock(page: Mapping[str, Any], now: float) -> None:
    """Let an answer pass that was given at about this time by our clock."""
    dated = page.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
    skew = now - parsedate_to_datetime(dated).timestamp() if dated else 0.0
    if abs(skew) > SKEW_SECONDS:
        raise Trouble(words.sweeping.clock_wrong(skew), "clock")


async def _thing(aws: Aws, listing: Listing, row: dict[str, Any]) -> Thing | None:
    """Give a row with its tags; None: it has gone meanwhile."""
    arn = str(row[listing.named.removesuffix("Name") + "Arn"])
    try:
        told: Any = await aws.call(aws.sagemaker.list_tags, ResourceArn=arn)
    except Trouble as fault:
        if is_missing(fault):
            return None
        raise
    tags = {tag["Key"]: tag["Value"] for tag in told["Tags"]}
    status, created = str(row.get(listing.status, "")), row["CreationTime"].timestamp()
    changed = row["LastModifiedTime"].timestamp() if "LastModifiedTime" in row else 0.0
    return Thing(listing.kind, str(row[listing.named]), status, created, tags, changed)


async def end(aws: Aws, thing: Thing, *, dry: bool) -> Finding:
    """Stop or delete a thing, and tell what became of it; one that is gone already is done. `dry`: only tell.

    A list can be late: what an endpoint stands on is kept as long as AWS knows that endpoint.
    """
    listing = _LISTING[thing.kind]
    try:
        if not thing.bills and await status(aws, thing):
            return Finding(thing, "seen")
        if not dry:
            await aws.call(getattr(aws.sagemaker, listing.ends), **{listing.named: thing.name})
    except Trouble as fault:
        return (
            Finding(thing, "deleted")
            if await _is_ending(aws, thing, fault)
            else Finding(thing, "refused", fault.reason)
        )
    return Finding(thing, "deleted")


async def _is_ending(aws: Aws, thing: Thing, fault: Trouble) -> bool:
    """Tell whether a thing that we could not end is gone, or on its way: another sweeper may have been before us."""
    if is_missing(fault):
        return True
    if not thing.bills or thing.status == "Deleting":
        return False
    try:
        stands = await status(aws, thing)
    except Trouble:
        return False
    return stands in {"", "Deleting"} or (thing.kind == "training job" and stands != "InProgress")


async def status(aws: Aws, thing: Thing) -> str:
    """Give the status of a job, or of the endpoint of a thing's name, as AWS says it now; empty: there is none.

    Raises:
        Trouble: when AWS does not tell.
    """
    try:
        if thing.kind == "training job":
            job: Any = await aws.call(aws.sagemaker.describe_training_job, TrainingJobName=thing.name)
            return str(job["TrainingJobStatus"])
        endpoint: Any = await aws.call(aws.sagemaker.describe_endpoint, EndpointName=thing.name)
    except Trouble as fault:
        if is_missing(fault):
            return ""
        raise
    return str(endpoint["EndpointStatus"])
