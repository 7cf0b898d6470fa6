"""Models: an image, an artifact and what the container is told."""

from sandbox.aws import tags
from sandbox.aws.errors import already_exists, missing, validation
from sandbox.aws.listing import Row, page
from sandbox.aws.naming import S3Address, check_role, s3_address
from sandbox.aws.records import Model
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

KIND = "model"


def create_model(world: World, request: Json) -> Json:
    """CreateModel. AWS looks for the artifact right away."""
    arn = world.arn(KIND, request["ModelName"])
    if request["ModelName"].lower() in world.models:
        raise already_exists(KIND, arn)
    if "PrimaryContainer" not in request or "Containers" in request:
        raise validation("The sandbox plays models with one PrimaryContainer.")
    if "ExecutionRoleArn" in request:
        check_role(request["ExecutionRoleArn"])
    given = tags.check_new(request)
    model = Model(request, arn, world.now())
    address = artifact_of(model)
    if address is not None and not world.storage.has(address):
        raise validation(f"Could not find model data at {address}.")
    world.models[model.name.lower()] = model
    world.tags[arn] = given
    return {"ModelArn": arn}


def artifact_of(model: Model) -> S3Address | None:
    """Where the model's data is; None for an image that brings its own.

    Raises:
        AwsError: two places are given, or none that the sandbox can read.
    """
    container = model.container
    if "ModelDataUrl" in container and "ModelDataSource" in container:
        raise validation("Only one of ModelDataUrl and ModelDataSource can be given.")
    source: Json = container.get("ModelDataSource", {})
    uri = source["S3DataSource"]["S3Uri"] if source else container.get("ModelDataUrl")
    return None if uri is None else s3_address(uri)


def describe_model(world: World, request: Json) -> Json:
    """DescribeModel."""
    model = find(world, request["ModelName"])
    shown = ("ModelName", "PrimaryContainer", "ExecutionRoleArn", "VpcConfig", "InferenceExecutionConfig")
    return {name: model.request[name] for name in shown if name in model.request} | {
        "ModelArn": model.arn,
        "CreationTime": model.created,
        "EnableNetworkIsolation": model.request.get("EnableNetworkIsolation", False),
    }


def delete_model(world: World, request: Json) -> Json:
    """DeleteModel. AWS lets it go even under a live endpoint."""
    model = find(world, request["ModelName"])
    del world.models[model.name.lower()]
    world.tags.pop(model.arn, None)
    return {}


def list_models(world: World, request: Json) -> Json:
    """ListModels."""
    models, more = page((_row(model) for model in world.models.values()), request)
    return {"Models": models} | more


def find(world: World, name: str) -> Model:
    """The model of this name.

    Raises:
        AwsError: there is none.
    """
    if name.lower() not in world.models:
        raise missing(KIND, world.arn(KIND, name))
    return world.models[name.lower()]


def _row(model: Model) -> Row:
    summary = {"ModelName": model.name, "ModelArn": model.arn, "CreationTime": model.created}
    return Row(model.name, model.created, model.created, "", summary)
