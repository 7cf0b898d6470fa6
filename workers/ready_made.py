"""JumpStart's ready-made models, asked of AWS's own SDK: which there are, and how one is deployed as it is."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from core import words
from core.settings import Settings
from core.shelf import Offer
from workers.aws import Aws
from workers.hosting import Hosting
from workers.jumpstart_sdk import WITHDRAWN, about, environment, sdk, session, verified
from workers.trouble import Trouble

log = logging.getLogger(__name__)

PAINTS = "task == txt2img"
"""What the SDK calls models that make pictures of words."""
READERS = 8
"""Specs that are read at a time: there are eighty and more, of a few kilobytes each."""


def offers(aws: Aws, settings: Settings) -> list[Offer]:
    """List all that paint: the newest version of each that this SDK can read, without those that are withdrawn.

    The list itself does not say which machine a model wants or whether it is withdrawn: its spec does.

    Raises:
        ClientError: when S3 refuses the list, or every spec.
    """
    asking, bucket = session(aws, settings), _bucket(aws)
    listed = sdk("jumpstart.notebook_utils").list_jumpstart_models(
        filter=PAINTS, region=aws.region, list_versions=True, sagemaker_session=asking
    )
    keys = _keys(aws, asking)
    with ThreadPoolExecutor(READERS, thread_name_prefix="specs") as readers:
        specs = list(readers.map(partial(_spec, aws, bucket), [keys[tuple(one)] for one in listed]))
    faults = [spec for spec in specs if isinstance(spec, Exception)]
    if faults and len(faults) == len(specs):
        raise faults[0]
    if faults:
        log.warning("%d of JumpStart's specs were not read; the first: %s", len(faults), faults[0])
    return [_offer(aws, spec) for spec in specs if not isinstance(spec, Exception) and _usable(spec)]


def _keys(aws: Aws, asking: Any) -> dict[tuple[str, ...], str]:  # noqa: ANN401 - the SDK's Session
    """Give the S3 key of each spec, by model and version."""
    accessor = sdk("jumpstart.accessors").JumpStartModelsAccessor
    listed = accessor._get_manifest(aws.region, asking.s3_client)  # noqa: SLF001 - no public way tells the keys
    return {(str(one.model_id), str(one.version)): str(one.spec_key) for one in listed}


def _spec(aws: Aws, bucket: str, key: str) -> dict[str, Any] | ClientError | BotoCoreError | ValueError:
    """Read one spec, past the SDK's cache: that holds 20, and is not made for several readers."""
    try:
        return json.loads(aws.s3.get_object(Bucket=bucket, Key=key)["Body"].read())
    except (ClientError, BotoCoreError, ValueError) as error:
        return error


def _usable(spec: dict[str, Any]) -> bool:
    withdrawn = spec.get("deprecated") or spec.get("inference_vulnerable")
    return bool(not withdrawn and spec.get("default_inference_instance_type"))


def _offer(aws: Aws, spec: dict[str, Any]) -> Offer:
    advised = str(spec["default_inference_instance_type"])
    others = [str(one) for one in spec.get("supported_inference_instance_types") or ()]
    return Offer(
        id=str(spec["model_id"]),
        version=str(spec["version"]),
        instances=tuple(dict.fromkeys([advised, *others])),
        url=str(spec.get("url") or ""),
        licence=_licence(aws, str(spec.get("hosting_eula_key") or "")),
    )


def hosting(aws: Aws, settings: Settings, model_id: str, version: str, instance: str) -> Hosting:
    """Ask all about a ready-made model as it is deployed on a machine.

    Raises:
        Trouble: when it is withdrawn, not for this machine, or does not come packed with its inference code.
    """
    common = about(aws, settings, model_id, version)
    specs = _inference(common)
    served = {"instance_type": instance, **common}
    supported = [str(one) for one in specs.supported_inference_instance_types or ()]
    if supported and instance not in supported:
        raise Trouble(words.shelf.not_for_machine(model_id, instance, supported), "unsupported_machine")
    if not specs.supports_prepacked_inference():
        raise Trouble(words.shelf.not_packed(model_id), "not_packed")
    return Hosting(
        model_id=model_id,
        version=str(specs.version),
        inference_image=sdk("image_uris").retrieve(framework=None, image_scope="inference", **served),
        environment=environment(served),
        isolate_inference=bool(specs.inference_enable_network_isolation),
        model_data=sdk("model_uris").retrieve(model_scope="inference", **served),
        licence=_licence(aws, specs.hosting_eula_key or ""),
    )


def _inference(common: dict[str, Any]) -> Any:  # noqa: ANN401 - the SDK's JumpStartModelSpecs
    try:
        return verified(common, "inference")
    except ValueError as error:
        code = type(error).__name__
        if code not in WITHDRAWN:
            raise
        raise Trouble(words.shelf.withdrawn(common["model_id"], common["model_version"], str(error)), code) from error


def _licence(aws: Aws, key: str) -> str:
    """Give the address of a licence, as the SDK tells people where to read it."""
    if not key:
        return ""
    domain = sdk("jumpstart.utils").get_domain_for_region(aws.region)
    return f"https://{_bucket(aws)}.s3.{aws.region}.{domain}/{key}"


def _bucket(aws: Aws) -> str:
    """Name the bucket that JumpStart's lists and licences are in."""
    return str(sdk("jumpstart.utils").get_jumpstart_content_bucket(aws.region))
