"""Endpoint configs: which model on which instance."""

from sandbox.aws import models, tags
from sandbox.aws.errors import already_exists, missing, validation
from sandbox.aws.listing import Row, page
from sandbox.aws.records import EndpointConfig
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

ARN_KIND = "endpoint-config"
WORDS = "endpoint configuration"


def create_endpoint_config(world: World, request: Json) -> Json:
    """CreateEndpointConfig."""
    name = request["EndpointConfigName"]
    arn = world.arn(ARN_KIND, name)
    if name.lower() in world.configs:
        raise already_exists(WORDS, arn)
    _check_variant(world, request["ProductionVariants"])
    given = tags.check_new(request)
    world.configs[name.lower()] = EndpointConfig(request, arn, world.now())
    world.tags[arn] = given
    return {"EndpointConfigArn": arn}


def _check_variant(world: World, variants: list[Json]) -> None:
    if len(variants) != 1:
        raise validation("The sandbox plays endpoints with one production variant.")
    variant = variants[0]
    if "InstanceType" not in variant or "ModelName" not in variant:
        raise validation("The sandbox plays variants with a ModelName and an InstanceType.")
    models.find(world, variant["ModelName"])


def describe_endpoint_config(world: World, request: Json) -> Json:
    """DescribeEndpointConfig."""
    config = find(world, request["EndpointConfigName"])
    given = {name: value for name, value in config.request.items() if name != "Tags"}
    return given | {"EndpointConfigArn": config.arn, "CreationTime": config.created}


def delete_endpoint_config(world: World, request: Json) -> Json:
    """DeleteEndpointConfig. AWS lets it go even under a live endpoint, though one should not."""
    config = find(world, request["EndpointConfigName"])
    del world.configs[config.name.lower()]
    world.tags.pop(config.arn, None)
    return {}


def list_endpoint_configs(world: World, request: Json) -> Json:
    """ListEndpointConfigs."""
    configs, more = page((_row(config) for config in world.configs.values()), request)
    return {"EndpointConfigs": configs} | more


def find(world: World, name: str) -> EndpointConfig:
    """The config of this name.

    Raises:
        AwsError: there is none.
    """
    if name.lower() not in world.configs:
        raise missing(WORDS, world.arn(ARN_KIND, name))
    return world.configs[name.lower()]


def _row(config: EndpointConfig) -> Row:
    summary = {
        "EndpointConfigName": config.name,
        "EndpointConfigArn": config.arn,
        "CreationTime": config.created,
    }
    return Row(config.name, config.created, config.created, "", summary)
