"""The four requests that turn a data set into an endpoint, as AWS's own SDK sends them. Pure."""

from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from workers.hosting import Hosting, Recipe, quoted

VARIANT = "AllTraffic"
Request = dict[str, Any]
Tags = list[dict[str, str]]


@dataclass(frozen=True)
class Place:
    """Where and as whom SageMaker works; `tags` are ours, JumpStart's come on top."""

    region: str
    role: str
    instance: str
    tags: Tags


SPOT_WAIT_SECONDS = 7_200
"""How long a spot job may wait for a machine, beside its own time; AWS then ends it as MaxWaitTimeExceeded."""


class Ways(TypedDict, total=False):
    """How a training may differ from the usual one."""

    spot: bool
    """On spare machines that AWS may take back. JumpStart's script writes no checkpoints: it starts anew then."""
    parent: str
    """The S3 address of the artifact of an earlier run, to start from in place of Stable Diffusion itself."""


def training_job(
    recipe: Recipe, place: Place, job: str, data: str, output: str, ours: dict[str, str], **ways: Unpack[Ways]
) -> Request:
    """Build CreateTrainingJob. `data` and `output` are S3 addresses, `ours` the hyperparameters that we choose."""
    named = {"sagemaker_job_name": job, "sagemaker_region": place.region}
    return {
        "TrainingJobName": job,
        "AlgorithmSpecification": {
            "TrainingInputMode": "File",
            "TrainingImage": recipe.training_image,
            "MetricDefinitions": recipe.metrics,
        },
        "OutputDataConfig": {"S3OutputPath": output},
        **_time(recipe, spot=ways.get("spot", False)),
        "ResourceConfig": {
            "VolumeSizeInGB": recipe.volume_gb,
            "InstanceCount": 1,
            "InstanceType": place.instance,
        },
        "RoleArn": place.role,
        "InputDataConfig": [
            _channel("training", data),
            _channel("model", ways.get("parent") or recipe.model_uri) | _MODEL,
            _channel("code", recipe.script_uri),
        ],
        "HyperParameters": quoted(recipe.hyperparameters | ours | named),
        "Tags": place.tags + recipe.tags,
        "EnableNetworkIsolation": recipe.isolate_training,
        "EnableInterContainerTrafficEncryption": recipe.encrypt_traffic,
        "DebugHookConfig": {"S3OutputPath": output, "CollectionConfigurations": []},
        "ProfilerConfig": {"S3OutputPath": output, "DisableProfiler": False},
    }


_MODEL = {"ContentType": "application/x-sagemaker-model", "InputMode": "File"}


def _time(recipe: Recipe, *, spot: bool) -> Request:
    longest = recipe.max_runtime_seconds
    if not spot:
        return {"StoppingCondition": {"MaxRuntimeInSeconds": longest}}
    waiting = {"MaxRuntimeInSeconds": longest, "MaxWaitTimeInSeconds": longest + SPOT_WAIT_SECONDS}
    return {"StoppingCondition": waiting, "EnableManagedSpotTraining": True}


def _channel(name: str, uri: str) -> Request:
    source = {"S3DataType": "S3Prefix", "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}
    return {"ChannelName": name, "DataSource": {"S3DataSource": source}}


def model(hosting: Hosting, place: Place, name: str, artifact: str = "", *, accepted: bool = False) -> Request:
    """Build CreateModel; the artifact, a run's or else JumpStart's ready-made one, carries its own inference code.

    `accepted`: somebody has accepted the model's licence.
    """
    return {
        "ModelName": name,
        "ExecutionRoleArn": place.role,
        "PrimaryContainer": {
            "Image": hosting.inference_image,
            "Environment": hosting.environment,
            **_data(artifact or hosting.model_data, licensed=accepted and bool(hosting.licence)),
        },
        "Tags": place.tags + hosting.tags,
        "EnableNetworkIsolation": hosting.isolate_inference,
    }


def _data(uri: str, *, licensed: bool) -> Request:
    """Say where the artifact is: one file, or the files under a prefix, which are not packed."""
    if not (licensed or uri.endswith("/")):
        return {"ModelDataUrl": uri}
    packed = {"S3DataType": "S3Object", "CompressionType": "Gzip"}
    loose = {"S3DataType": "S3Prefix", "CompressionType": "None"}
    source: Request = {"S3Uri": uri, **(loose if uri.endswith("/") else packed)}
    accepting = {"ModelAccessConfig": {"AcceptEula": True}} if licensed else {}
    return {"ModelDataSource": {"S3DataSource": source | accepting}}


def endpoint_config(hosting: Hosting, place: Place, name: str) -> Request:
    """Build CreateEndpointConfig for the model of the same name."""
    return {
        "EndpointConfigName": name,
        "ProductionVariants": [
            {
                "VariantName": VARIANT,
                "ModelName": name,
                "InitialVariantWeight": 1,
                "InitialInstanceCount": 1,
                "InstanceType": place.instance,
            }
        ],
        "Tags": place.tags + hosting.tags,
    }


def endpoint(hosting: Hosting, place: Place, name: str) -> Request:
    """Build CreateEndpoint for the config of the same name."""
    return {"EndpointName": name, "EndpointConfigName": name, "Tags": place.tags + hosting.tags}
