"""Tags of whatever has an ARN."""

from sandbox.aws.errors import validation
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

MOST = 50
PAGE = 50


def check_new(request: Json) -> dict[str, str]:
    """The `Tags` of a create request as a dict.

    Raises:
        AwsError: a key comes twice or is one of AWS's own.
    """
    pairs: list[Json] = request.get("Tags", [])
    tags = {str(pair["Key"]): str(pair["Value"]) for pair in pairs}
    if len(tags) < len(pairs):
        raise validation("Duplicate tag keys found. Tag keys must be unique per resource.")
    if any(key.lower().startswith("aws:") for key in tags):
        raise validation("aws: prefixed tag key names are not allowed for external use.")
    return tags


def add_tags(world: World, request: Json) -> Json:
    """AddTags."""
    held = _of(world, request["ResourceArn"])
    merged = held | check_new(request)
    if len(merged) > MOST:
        raise validation(f"The number of tags is more than {MOST}.")
    held.update(merged)
    return {"Tags": _pairs(held)}


def list_tags(world: World, request: Json) -> Json:
    """ListTags. One page holds as many tags as a resource can have, so there is no second one."""
    return {"Tags": _pairs(_of(world, request["ResourceArn"]))}


def delete_tags(world: World, request: Json) -> Json:
    """DeleteTags."""
    held = _of(world, request["ResourceArn"])
    for key in request["TagKeys"]:
        held.pop(key, None)
    return {}


def _of(world: World, arn: str) -> dict[str, str]:
    world.forget_deleted()
    if arn not in world.tags:
        raise validation(f"Could not find resource with ARN: {arn}")
    return world.tags[arn]


def _pairs(tags: dict[str, str]) -> list[Json]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
