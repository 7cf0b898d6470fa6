"""AWS's own SDK, asked what JumpStart says. It takes seconds to load, so it is imported only when it is needed."""

import contextlib
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3

from core import words
from core.settings import Settings
from workers.aws import Aws
from workers.hosting import Recipe
from workers.trouble import Trouble

WITHDRAWN = {"DeprecatedJumpStartModelError", "VulnerableJumpStartModelError"}
"""The types by which the SDK says that JumpStart has withdrawn a model."""


def recipe(aws: Aws, settings: Settings, model_id: str, version: str) -> Recipe:
    """Ask all about a model that is fine-tuned."""
    common = about(aws, settings, model_id, version)
    specs = _specs(common)
    common["model_version"] = specs.version
    trained = {"instance_type": settings.training_instance, **common}
    served = {"instance_type": settings.inference_instance, **common}
    image = sdk("image_uris").retrieve
    return Recipe(
        model_id=model_id,
        version=str(specs.version),
        training_image=image(framework=None, image_scope="training", **trained),
        inference_image=image(framework=None, image_scope="inference", **served),
        script_uri=sdk("script_uris").retrieve(script_scope="training", **common),
        model_uri=sdk("model_uris").retrieve(model_scope="training", **trained),
        hyperparameters=sdk("hyperparameters").retrieve_default(include_container_hyperparameters=True, **trained),
        environment=environment(served),
        metrics=list(sdk("metric_definitions").retrieve_default(**trained) or []),
        volume_gb=int(specs.training_volume_size or 30),
        max_runtime_seconds=int(specs.estimator_kwargs.get("max_run", 360_000)),
        encrypt_traffic=bool(specs.estimator_kwargs.get("encrypt_inter_container_traffic")),
        isolate_training=bool(specs.training_enable_network_isolation),
        isolate_inference=bool(specs.inference_enable_network_isolation),
        training_instances=tuple(specs.supported_training_instance_types or ()),
    )


def environment(served: dict[str, Any]) -> dict[str, str]:
    """Give what the inference container is told."""
    told = sdk("environment_variables").retrieve_default(include_aws_sdk_env_vars=False, **served)
    return {name: str(value) for name, value in told.items()}


def sdk(module: str) -> Any:  # noqa: ANN401 - the SDK has no stubs and leaves its arguments untyped
    """Import a part of the SDK, told beforehand not to call home."""
    os.environ.setdefault("SAGEMAKER_USER_CONFIG_OVERRIDE", str(Path(__file__).with_name("sagemaker-config.yaml")))
    return import_module(f"sagemaker.core.{module}")


def session(aws: Aws, settings: Settings) -> Any:  # noqa: ANN401 - the SDK's Session
    """Give the session that the SDK asks with."""
    return sdk("helper.session_helper").Session(
        boto_session=boto3.Session(region_name=aws.region),
        sagemaker_client=aws.sagemaker,
        default_bucket=settings.bucket,
    )


def about(aws: Aws, settings: Settings, model_id: str, version: str) -> dict[str, Any]:
    """Give the arguments by which each question to the SDK says which model it is about."""
    return {
        "model_id": model_id,
        "model_version": version,
        "region": aws.region,
        "sagemaker_session": session(aws, settings),
    }


def _specs(common: dict[str, Any]) -> Any:  # noqa: ANN401 - the SDK's JumpStartModelSpecs
    try:
        return verified(common, "training")
    except ValueError as error:
        code = type(error).__name__
        if code not in WITHDRAWN:
            raise
        model, version = common["model_id"], common["model_version"]
        raise Trouble(words.money.model_retired(model, version, _usable_versions(common), str(error)), code) from error


def verified(common: dict[str, Any], scope: str) -> Any:  # noqa: ANN401 - the SDK's JumpStartModelSpecs
    """Give a model's specs for training or for inference.

    Raises:
        ValueError: when it is withdrawn (see `WITHDRAWN`), or not for that.
    """
    return sdk("jumpstart.utils").verify_model_region_and_return_specs(
        model_id=common["model_id"],
        version=common["model_version"],
        region=common["region"],
        scope=scope,
        sagemaker_session=common["sagemaker_session"],
    )


def _usable_versions(common: dict[str, Any]) -> list[str]:
    """List the versions of a model that can be trained still, newest first; what cannot be asked is left out."""
    accessor = sdk("jumpstart.accessors").JumpStartModelsAccessor
    usable: list[str] = []
    with contextlib.suppress(Exception):  # this only embellishes an error, which must not become another one
        listed = accessor._get_manifest(common["region"], common["sagemaker_session"].s3_client)  # noqa: SLF001 - no public way lists versions
        versions = {str(one.version) for one in listed if one.model_id == common["model_id"]}
        for version in sorted(versions, key=lambda text: [int(part) for part in text.split(".")], reverse=True):
            with contextlib.suppress(ValueError):
                usable.append(str(verified(common | {"model_version": version}, "training").version))
    return usable
