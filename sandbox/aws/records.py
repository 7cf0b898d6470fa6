"""What SageMaker remembers: training jobs, models, endpoint configs and endpoints."""

import zlib
from dataclasses import dataclass, field
from threading import Event

from sandbox.aws.endpoint_timeline import EndpointFacts
from sandbox.aws.prices import SPOT_SHARE
from sandbox.aws.shapes import Json
from sandbox.aws.training_timeline import TrainingFacts


@dataclass(frozen=True)
class Metric:
    """The latest value that a metric's pattern found in the log."""

    value: float
    at: float


@dataclass
class TrainingJob:
    """One job. `request` is CreateTrainingJob's; `modelled_s` the AWS seconds from download to upload on a real GPU.

    `stop` set means that the container has to end; `waited_out`, that the wait for a spot instance is over.
    """

    request: Json
    arn: str
    facts: TrainingFacts
    modelled_s: float
    train_s: float
    scripted_failure: str | None = None
    artifact: str | None = None
    waited_out: bool = False
    metrics: dict[str, Metric] = field(default_factory=dict[str, Metric])
    stop: Event = field(default_factory=Event)

    @property
    def cut_short(self) -> str:
        """Why `stop` is set, as a secondary status: by a caller, by the end of the wait for spot, or by its loss."""
        if self.facts.stop_asked is not None:
            return "Stopped"
        return "MaxWaitTimeExceeded" if self.waited_out else "Interrupted"

    @property
    def billed_share(self) -> float:
        """The part of its instances' time that is paid for."""
        return SPOT_SHARE if self.spot else 1.0

    @property
    def name(self) -> str:
        """TrainingJobName."""
        return str(self.request["TrainingJobName"])

    @property
    def instance_type(self) -> str:
        """ResourceConfig.InstanceType."""
        return str(self.request["ResourceConfig"]["InstanceType"])

    @property
    def spot(self) -> bool:
        """EnableManagedSpotTraining."""
        return bool(self.request.get("EnableManagedSpotTraining", False))

    @property
    def usage(self) -> str:
        """What its instances count as: `spot` or `training`."""
        return "spot" if self.spot else "training"

    @property
    def instance_count(self) -> int:
        """ResourceConfig.InstanceCount."""
        return int(self.request["ResourceConfig"]["InstanceCount"])


@dataclass(frozen=True)
class Model:
    """One model. `request` is CreateModel's."""

    request: Json
    arn: str
    created: float

    @property
    def name(self) -> str:
        """ModelName."""
        return str(self.request["ModelName"])

    @property
    def container(self) -> Json:
        """PrimaryContainer."""
        return dict(self.request["PrimaryContainer"])


@dataclass(frozen=True)
class EndpointConfig:
    """One endpoint config with its single production variant. `request` is CreateEndpointConfig's."""

    request: Json
    arn: str
    created: float

    @property
    def name(self) -> str:
        """EndpointConfigName."""
        return str(self.request["EndpointConfigName"])

    @property
    def variant(self) -> Json:
        """The production variant."""
        return dict(self.request["ProductionVariants"][0])


@dataclass
class Endpoint:
    """One endpoint, with config and model as they were when it was made: both can be deleted under it.

    `port` is where its container listens once it has been started; `gone` is set when deletion is asked for.
    """

    name: str
    arn: str
    config: EndpointConfig
    model: Model
    facts: EndpointFacts
    stuck: bool = False
    port: int | None = None
    gone: Event = field(default_factory=Event)

    @property
    def variant(self) -> str:
        """The production variant's name."""
        return str(self.config.variant["VariantName"])

    @property
    def instance_type(self) -> str:
        """The variant's InstanceType."""
        return str(self.config.variant["InstanceType"])

    @property
    def instance_count(self) -> int:
        """The variant's InitialInstanceCount."""
        return int(self.config.variant.get("InitialInstanceCount", 1))

    @property
    def log_group(self) -> str:
        """Where its container's output goes."""
        return f"/aws/sagemaker/Endpoints/{self.name}"

    @property
    def log_stream(self) -> str:
        """The stream of the variant's one instance."""
        return f"{self.variant}/i-{zlib.crc32(self.arn.encode()):017x}"
