"""What JumpStart says about a model: images, script, artifact, defaults; resolved by AWS's own SDK."""

import asyncio
import contextlib
import json
import os
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from core import words
from core.settings import Settings
from workers.aws import Aws, trouble
from workers.trouble import SOME, Trouble


@dataclass(frozen=True)
class Recipe:
    """All that JumpStart contributes to the four requests of a fine-tuned model."""

    model_id: str
    version: str
    training_image: str
    inference_image: str
    script_uri: str
    model_uri: str
    hyperparameters: dict[str, str]
    environment: dict[str, str]
    metrics: list[dict[str, str]]
    volume_gb: int
    max_runtime_seconds: int
    encrypt_traffic: bool
    isolate_training: bool
    isolate_inference: bool
    training_instances: tuple[str, ...] = ()
    """The machines that JumpStart's container trains on; empty when it names none."""

    @property
    def tags(self) -> list[dict[str, str]]:
        """The tags by which AWS knows JumpStart's resources."""
        return [
            {"Key": "sagemaker-sdk:jumpstart-model-id", "Value": self.model_id},
            {"Key": "sagemaker-sdk:jumpstart-model-version", "Value": self.version},
        ]


REMEMBERED_SECONDS = 6 * 3600
"""How long AWS's SDK itself remembers what JumpStart says; a model that is withdrawn is noticed after that."""
_WITHDRAWN = {"DeprecatedJumpStartModelError", "VulnerableJumpStartModelError"}


class JumpStart:
    """Resolves models and remembers for a while what it found."""

    def __init__(self, aws: Aws, settings: Settings) -> None:
        self._aws = aws
        self._settings = settings
        self._lock = asyncio.Lock()
        self._found: dict[tuple[str, str], tuple[float, Recipe]] = {}

    async def resolve(self, model_id: str, version: str) -> Recipe:
        """Resolve a model, at a version or at the newest that a wildcard allows.

        Raises:
            Trouble: when the model is unknown, deprecated, not for this machine, or AWS is out of reach.
        """
        wanted = (model_id, version)
        async with self._lock:
            found_at, found = self._found.get(wanted, (0.0, None))
            if found is None or time.monotonic() - found_at > REMEMBERED_SECONDS:
                found = await self._resolve(*wanted)
                self._found[wanted] = (time.monotonic(), found)
            return found

    async def _resolve(self, model_id: str, version: str) -> Recipe:
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._aws.threads, _retrieve, self._aws, self._settings, model_id, version
            )
        except (ClientError, BotoCoreError) as error:
            raise trouble(error) from error
        except Trouble:
            raise
        except Exception as error:
            # The SDK raises a dozen types of its own, each with a sentence that names model and cause.
            raise Trouble(words.trouble.aws_said(str(error)), type(error).__name__, tries=SOME) from error


def _retrieve(aws: Aws, settings: Settings, model_id: str, version: str) -> Recipe:
    """Ask the SDK; imported here because it takes seconds to load and only a training or a deployment needs it."""
    os.environ.setdefault("SAGEMAKER_USER_CONFIG_OVERRIDE", str(Path(__file__).with_name("sagemaker-config.yaml")))
    common = _common(aws, settings, model_id, version)
    specs = _specs(common)
    common["model_version"] = specs.version
    trained = {"instance_type": settings.training_instance, **common}
    served = {"instance_type": settings.inference_instance, **common}
    environment = _sdk("environment_variables").retrieve_default
    image = _sdk("image_uris").retrieve
    return Recipe(
        model_id=model_id,
        version=str(specs.version),
        training_image=image(framework=None, image_scope="training", **trained),
        inference_image=image(framework=None, image_scope="inference", **served),
        script_uri=_sdk("script_uris").retrieve(script_scope="training", **common),
        model_uri=_sdk("model_uris").retrieve(model_scope="training", **trained),
        hyperparameters=_sdk("hyperparameters").retrieve_default(include_container_hyperparameters=True, **trained),
        environment={name: str(value) for name, value in environment(include_aws_sdk_env_vars=False, **served).items()},
        metrics=list(_sdk("metric_definitions").retrieve_default(**trained) or []),
        volume_gb=int(specs.training_volume_size or 30),
        max_runtime_seconds=int(specs.estimator_kwargs.get("max_run", 360_000)),
        encrypt_traffic=bool(specs.estimator_kwargs.get("encrypt_inter_container_traffic")),
        isolate_training=bool(specs.training_enable_network_isolation),
        isolate_inference=bool(specs.inference_enable_network_isolation),
        training_instances=tuple(specs.supported_training_instance_types or ()),
    )


def _sdk(module: str) -> Any:  # noqa: ANN401 - the SDK has no stubs and leaves its arguments untyped
    return import_module(f"sagemaker.core.{module}")


def _common(aws: Aws, settings: Settings, model_id: str, version: str) -> dict[str, Any]:
    session = _sdk("helper.session_helper").Session(
        boto_session=boto3.Session(region_name=aws.region),
        sagemaker_client=aws.sagemaker,
        default_bucket=settings.bucket,
    )
    return {
        "model_id": model_id,
        "model_version": version,
        "region": aws.region,
        "sagemaker_session": session,
    }


def _specs(common: dict[str, Any]) -> Any:  # noqa: ANN401 - the SDK's JumpStartModelSpecs
    try:
        return _verified(common)
    except ValueError as error:
        code = type(error).__name__
        if code not in _WITHDRAWN:
            raise
        model, version = common["model_id"], common["model_version"]
        raise Trouble(words.money.model_retired(model, version, _usable_versions(common), str(error)), code) from error


def _verified(common: dict[str, Any]) -> Any:  # noqa: ANN401 - the SDK's JumpStartModelSpecs
    return _sdk("jumpstart.utils").verify_model_region_and_return_specs(
        model_id=common["model_id"],
        version=common["model_version"],
        region=common["region"],
        scope="training",
        sagemaker_session=common["sagemaker_session"],
    )


def _usable_versions(common: dict[str, Any]) -> list[str]:
    """List the versions of a model that can be trained still, newest first; what cannot be asked is left out."""
    accessor = _sdk("jumpstart.accessors").JumpStartModelsAccessor
    usable: list[str] = []
    with contextlib.suppress(Exception):  # this only embellishes an error, which must not become another one
        listed = accessor._get_manifest(common["region"], common["sagemaker_session"].s3_client)  # noqa: SLF001 - no public way lists versions
        versions = {str(one.version) for one in listed if one.model_id == common["model_id"]}
        for version in sorted(versions, key=lambda text: [int(part) for part in text.split(".")], reverse=True):
            with contextlib.suppress(ValueError):
                usable.append(str(_verified(common | {"model_version": version}).version))
    return usable


def quoted(hyperparameters: dict[str, str]) -> dict[str, str]:
    """Write hyperparameters as the SDK does: JSON strings, but for the log level, which it sends bare."""
    bare = {"sagemaker_container_log_level"}
    return {name: value if name in bare else json.dumps(value) for name, value in hyperparameters.items()}
