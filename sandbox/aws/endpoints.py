"""Endpoints on the control plane: create, describe, delete, list."""

from sandbox.aws import endpoint_configs, endpoint_runner, endpoint_timeline, models, quotas, schedule, tags
from sandbox.aws.endpoint_timeline import NO_CAPACITY, PING_FAILED, EndpointFacts
from sandbox.aws.errors import already_exists, in_progress, missing
from sandbox.aws.listing import Row, page
from sandbox.aws.records import Endpoint
from sandbox.aws.shapes import Json
from sandbox.aws.world import World, in_background

KIND = "endpoint"
_UNDELETABLE = {"Creating", "Deleting"}


def create_endpoint(world: World, request: Json) -> Json:
    """CreateEndpoint. The name is taken until the deletion of its last holder is through."""
    name = request["EndpointName"]
    arn = world.arn(KIND, name)
    if world.endpoint(name) is not None:
        raise already_exists(KIND, arn)
    config = endpoint_configs.find(world, request["EndpointConfigName"])
    model = models.find(world, config.variant["ModelName"])
    given = tags.check_new(request)
    endpoint = Endpoint(name, arn, config, model, _facts(world, name), world.faults.current.stuck_endpoint)
    quotas.check(world, "endpoint", endpoint.instance_type, endpoint.instance_count)
    _script_failure(world, endpoint)
    world.endpoints[name.lower()] = endpoint
    world.tags[arn] = given
    in_background(lambda: endpoint_runner.run(world, endpoint), f"endpoint {name}")
    return {"EndpointArn": arn}


def _facts(world: World, name: str) -> EndpointFacts:
    now = world.now()
    settings = world.settings
    ready = now + settings.wall(schedule.creating_s(name))
    return EndpointFacts(now, ready, settings.wall(schedule.DELETING_S))


def _script_failure(world: World, endpoint: Endpoint) -> None:
    """Write a failure that was asked for into the endpoint's future."""
    facts = endpoint.facts
    if endpoint.stuck:
        facts.failed_at = facts.created + world.settings.wall(schedule.STUCK_S)
        facts.reason = PING_FAILED.format(variant=endpoint.variant)
        return
    reason = world.faults.take("fail_endpoint", endpoint.instance_type)
    if reason is not None:
        facts.failed_at = facts.ready_not_before
        facts.reason = NO_CAPACITY if reason == "CapacityError" else reason


def describe_endpoint(world: World, request: Json) -> Json:
    """DescribeEndpoint."""
    endpoint = _find(world, request["EndpointName"])
    now = world.now()
    state = endpoint_timeline.status(endpoint.facts, now)
    described = _summary(endpoint, now) | {"EndpointConfigName": endpoint.config.name}
    if state in {"InService", "Deleting"}:
        described["ProductionVariants"] = [_variant(endpoint)]
    if state == "Failed":
        described["FailureReason"] = endpoint.facts.reason
    return described


def _variant(endpoint: Endpoint) -> Json:
    image: str = endpoint.model.container.get("Image", "")
    weight = float(endpoint.config.variant.get("InitialVariantWeight", 1))
    return {
        "VariantName": endpoint.variant,
        "DeployedImages": [{"SpecifiedImage": image, "ResolutionTime": endpoint.facts.created}],
        "CurrentWeight": weight,
        "DesiredWeight": weight,
        "CurrentInstanceCount": endpoint.instance_count,
        "DesiredInstanceCount": endpoint.instance_count,
    }


def delete_endpoint(world: World, request: Json) -> Json:
    """DeleteEndpoint. AWS refuses it while the endpoint is Creating: one waits until it is in service or failed."""
    endpoint = _find(world, request["EndpointName"])
    now = world.now()
    if endpoint_timeline.status(endpoint.facts, now) in _UNDELETABLE:
        raise in_progress(endpoint.arn)
    endpoint.facts.delete_asked = now
    endpoint.gone.set()
    return {}


def list_endpoints(world: World, request: Json) -> Json:
    """ListEndpoints."""
    world.forget_deleted()
    now = world.now()
    endpoints, more = page((_row(endpoint, now) for endpoint in world.endpoints.values()), request)
    return {"Endpoints": endpoints} | more


def _find(world: World, name: str) -> Endpoint:
    endpoint = world.endpoint(name)
    if endpoint is None:
        raise missing(KIND, world.arn(KIND, name))
    return endpoint


def _summary(endpoint: Endpoint, now: float) -> Json:
    return {
        "EndpointName": endpoint.name,
        "EndpointArn": endpoint.arn,
        "CreationTime": endpoint.facts.created,
        "LastModifiedTime": endpoint_timeline.last_modified(endpoint.facts, now),
        "EndpointStatus": endpoint_timeline.status(endpoint.facts, now),
    }


def _row(endpoint: Endpoint, now: float) -> Row:
    summary = _summary(endpoint, now)
    return Row(
        endpoint.name,
        endpoint.facts.created,
        summary["LastModifiedTime"],
        summary["EndpointStatus"],
        summary,
    )
