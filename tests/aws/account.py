"""One AWS account in the sandbox, with the clients and the requests that the tests use."""

# The stubs are installed for the services used here only, and the client function mentions them all.
# pyright: reportUnknownMemberType=false
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import boto3
from botocore.config import Config

from sandbox.aws.process import AwsProcess

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sagemaker import SageMakerClient
    from mypy_boto3_sagemaker_runtime import SageMakerRuntimeClient
    from mypy_boto3_sts import STSClient

T = TypeVar("T")
BUCKET = "photos"
ROLE = "arn:aws:iam::123456789012:role/sm"
GPU = "ml.g4dn.2xlarge"
IMAGE = "763104351884.dkr.ecr.us-west-2.amazonaws.com/huggingface-pytorch-training:1.10.2"
STAND_IN = f"{sys.executable} {Path(__file__).with_name('stand_in.py')}"
METRIC = {"Name": "stabilityai-txt2img:train-loss", "Regex": r"train_avg_loss=([0-9\.]+)"}


def wait_until(look: Callable[[], T], seconds: float = 20) -> T:
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        time.sleep(0.02)
    return seen


def a_name(stem: str) -> str:
    return f"{stem}-{uuid4().hex[:8]}"


@cache
def _client(url: str, service: str, region: str, attempts: int) -> Any:  # noqa: ANN401 - one of many types
    """One client for all tests: reading a service's description takes longer than most of them."""
    session: Any = boto3.Session("key", "secret", region_name=region)
    config = Config(retries={"total_max_attempts": attempts}, proxies={}, max_pool_connections=16)
    return session.client(service, endpoint_url=url, config=config)


class Account:
    """What somebody with credentials can do; calls are tried once, so that every refusal is seen."""

    def __init__(self, aws: AwsProcess, attempts: int = 1, pricing_region: str = "us-east-1") -> None:
        self.aws = aws
        self._attempts = attempts
        self._pricing_region = pricing_region

    def _client(self, service: str, region: str = "us-west-2") -> Any:  # noqa: ANN401 - each property names its type
        return _client(self.aws.url, service, region, self._attempts)

    @cached_property
    def s3(self) -> "S3Client":
        return self._client("s3")

    @cached_property
    def sagemaker(self) -> "SageMakerClient":
        return self._client("sagemaker")

    @cached_property
    def runtime(self) -> "SageMakerRuntimeClient":
        return self._client("sagemaker-runtime")

    @cached_property
    def logs(self) -> "CloudWatchLogsClient":
        return self._client("logs")

    @cached_property
    def cloudwatch(self) -> "CloudWatchClient":
        return self._client("cloudwatch")

    @cached_property
    def sts(self) -> "STSClient":
        return self._client("sts")

    @cached_property
    def quotas(self) -> Any:  # noqa: ANN401 - no stubs are installed for it
        return self._client("service-quotas")

    @cached_property
    def pricing(self) -> Any:  # noqa: ANN401 - as above
        return self._client("pricing", self._pricing_region)

    @cached_property
    def rekognition(self) -> Any:  # noqa: ANN401 - as above
        return self._client("rekognition")

    def photos(self, *names: str) -> str:
        """A fresh prefix with these files; its address."""
        prefix = f"datasets/{uuid4().hex}/"
        for name in names or ("cat-1.jpg", "cat-2.jpg", "dataset_info.json"):
            self.s3.put_object(Bucket=BUCKET, Key=prefix + name, Body=b"{}")
        return f"s3://{BUCKET}/{prefix}"

    def job_request(self, name: str, **changes: Any) -> dict[str, Any]:
        """A CreateTrainingJob as JumpStart's."""
        source = {"S3DataType": "S3Prefix", "S3Uri": changes.pop("data", None) or self.photos()}
        parameters = {"max_steps": "4"} | changes.pop("hyperparameters", {})
        return {
            "TrainingJobName": name,
            "AlgorithmSpecification": {
                "TrainingInputMode": "File",
                "TrainingImage": IMAGE,
                "MetricDefinitions": [METRIC],
            },
            "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/out"},
            "StoppingCondition": {"MaxRuntimeInSeconds": 360_000},
            "ResourceConfig": {"VolumeSizeInGB": 30, "InstanceCount": 1, "InstanceType": GPU},
            "RoleArn": ROLE,
            "InputDataConfig": [{"ChannelName": "training", "DataSource": {"S3DataSource": source}}],
            "HyperParameters": {key: json.dumps(value) for key, value in parameters.items()},
        } | changes

    def start_job(self, **changes: Any) -> str:
        """Create a job; its name."""
        name = changes.pop("name", None) or a_name("job")
        self.sagemaker.create_training_job(**self.job_request(name, **changes))
        return name

    def job(self, name: str) -> dict[str, Any]:
        return {**self.sagemaker.describe_training_job(TrainingJobName=name)}

    def ended_job(self, name: str) -> dict[str, Any]:
        """The job once it has come to its end."""
        wait_until(lambda: self.job(name)["TrainingJobStatus"] not in {"InProgress", "Stopping"})
        return self.job(name)

    def artifact(self) -> str:
        """The address of some model.tar.gz."""
        key = f"models/{uuid4().hex}/model.tar.gz"
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=b"model")
        return f"s3://{BUCKET}/{key}"

    def model(self, **container: Any) -> str:
        """Create a model; its name."""
        name = a_name("model")
        data = {} if "ModelDataSource" in container else {"ModelDataUrl": self.artifact()}
        primary = {"Image": IMAGE} | data | container
        self.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=primary)  # type: ignore[reportArgumentType] - a request as a dict
        return name

    def config(self, model: str, instance: str = GPU) -> str:
        """Create an endpoint config; its name."""
        name = a_name("config")
        variant = {"VariantName": "AllTraffic", "ModelName": model, "InstanceType": instance, "InitialInstanceCount": 1}
        self.sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])  # type: ignore[reportArgumentType] - as above
        return name

    def start_endpoint(self, **container: Any) -> str:
        """Create model, config and endpoint; the endpoint's name."""
        name = a_name("endpoint")
        config = self.config(self.model(**container))
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
        return name

    def endpoint(self, name: str) -> dict[str, Any]:
        return {**self.sagemaker.describe_endpoint(EndpointName=name)}

    def settled_endpoint(self, name: str) -> dict[str, Any]:
        """The endpoint once it is no longer Creating."""
        wait_until(lambda: self.endpoint(name)["EndpointStatus"] != "Creating")
        return self.endpoint(name)

    def served_endpoint(self, **container: Any) -> str:
        """The name of a fresh endpoint in service."""
        name = self.start_endpoint(**container)
        assert self.settled_endpoint(name)["EndpointStatus"] == "InService"
        return name

    def invoke(self, endpoint: str, prompt: str, accept: str = "application/json;jpeg") -> dict[str, Any]:
        """The reply's JSON."""
        body = json.dumps({"prompt": prompt})
        reply = self.runtime.invoke_endpoint(
            EndpointName=endpoint, ContentType="application/json", Accept=accept, Body=body
        )
        return json.loads(reply["Body"].read())

    def calls(self, operation: str) -> list[dict[str, Any]]:
        return self.aws.sandbox(f"calls?operation={operation}")


def an_aws(folder: Path, *options: str, speed: int = 1000) -> AwsProcess:
    """An AWS that is not started yet, with the stand-in container, in fast time."""
    common: Sequence[str] = ("--bucket", BUCKET, "--container", STAND_IN, "--least-container", "4")
    return AwsProcess(folder, ["--speed", str(speed), *common, *options])
