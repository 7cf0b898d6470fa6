"""The four requests that turn a data set into an endpoint, as AWS's own SDK sends them. Pure."""

from dataclasses import dataclass
from typing import Any

from workers.jumpstart import Recipe, quoted

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


def training_job(recipe: Recipe, place: Place, job: str, data: str, output: str, ours: dict[str, str]) -> Request:
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
        "StoppingCondition": {"MaxRuntimeInSeconds": recipe.max_runtime_seconds},
        "ResourceConfig": {
            "VolumeSizeInGB": recipe.volume_gb,
            "InstanceCount": 1,
            "InstanceType": place.instance,
        },
        "RoleArn": place.role,
        "InputDataConfig": [
            _channel("training", data),
            _channel("model", recipe.model_uri) | {"ContentType": "application/x-sagemaker-model", "InputMode": "File"},
            _channel("code", recipe.script_uri),
        ],
        "HyperParameters": quoted(recipe.hyperparameters | ours | named),
        "Tags": place.tags + recipe.tags,
        "EnableNetworkIsolation": recipe.isolate_training,
        "EnableInterContainerTrafficEncryption": recipe.encrypt_traffic,
        "DebugHookConfig": {"S3OutputPath": output, "CollectionConfigurations": []},
        "ProfilerConfig": {"S3OutputPath": output, "DisableProfiler": False},
    }


def _channel(name: str, uri: str) -> Request:
    source = {"S3DataType": "S3Prefix", "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}
    return {"ChannelName": name, "DataSource": {"S3DataSource": source}}


def model(recipe: Recipe, place: Place, name: str, artifact: str) -> Request:
    """Build CreateModel; the artifact of a run carries its own inference code."""
    return {
        "ModelName": name,
        "ExecutionRoleArn": place.role,
        "PrimaryContainer": {
            "Image": recipe.inference_image,
            "Environment": recipe.environment,
            "ModelDataUrl": artifact,
        },
        "Tags": place.tags + recipe.tags,
        "EnableNetworkIsolation": recipe.isolate_inference,
    }


def endpoint_config(recipe: Recipe, place: Place, name: str) -> Request:
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
        "Tags": place.tags + recipe.tags,
    }


def endpoint(recipe: Recipe, place: Place, name: str) -> Request:
    """Build CreateEndpoint for the config of the same name."""
    return {"EndpointName": name, "EndpointConfigName": name, "Tags": place.tags + recipe.tags}
