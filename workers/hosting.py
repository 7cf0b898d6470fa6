"""What JumpStart contributes to the requests that turn a data set, or a ready-made model, into an endpoint."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Hosting:
    """All that JumpStart contributes to the three requests of an endpoint."""

    model_id: str
    version: str
    inference_image: str
    environment: dict[str, str]
    isolate_inference: bool
    model_data: str = ""
    """A ready-made model's artifact with its inference code: an S3 prefix with its slash, or one tar.gz."""
    licence: str = ""
    """The address of the licence that somebody has to accept before the model is deployed; empty: nobody has to."""

    @property
    def tags(self) -> list[dict[str, str]]:
        """The tags by which AWS knows JumpStart's resources."""
        return [
            {"Key": "sagemaker-sdk:jumpstart-model-id", "Value": self.model_id},
            {"Key": "sagemaker-sdk:jumpstart-model-version", "Value": self.version},
        ]


@dataclass(frozen=True, kw_only=True)
class Recipe(Hosting):
    """All that JumpStart contributes to the four requests of a fine-tuned model."""

    training_image: str
    script_uri: str
    model_uri: str
    hyperparameters: dict[str, str]
    metrics: list[dict[str, str]]
    volume_gb: int
    max_runtime_seconds: int
    encrypt_traffic: bool
    isolate_training: bool
    training_instances: tuple[str, ...] = ()
    """The machines that JumpStart's container trains on; empty when it names none."""


def written(hosting: Hosting, instance: str) -> dict[str, Any]:
    """Write down what an endpoint on this machine is made of, to wake it by though JumpStart withdraws the model."""
    return {each.name: getattr(hosting, each.name) for each in fields(Hosting)} | {"instance": instance}


def read(kept: Mapping[str, Any], instance: str) -> Hosting | None:
    """Read it again; None when there is none for this machine."""
    if kept.get("instance") != instance:
        return None
    return Hosting(**{each.name: kept[each.name] for each in fields(Hosting) if each.name in kept})


def quoted(hyperparameters: dict[str, str]) -> dict[str, str]:
    """Write hyperparameters as the SDK does: JSON strings, but for the log level, which it sends bare."""
    bare = {"sagemaker_container_log_level"}
    return {name: value if name in bare else json.dumps(value) for name, value in hyperparameters.items()}
