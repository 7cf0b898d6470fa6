"""AWS's own library finds JumpStart in the sandbox; in a process of its own, since it caches and warns."""

import json
import os
import subprocess
import sys
from pathlib import Path

from sandbox.aws.catalogue import DEPRECATED, FILES, specs
from tests.aws.account import Account

MODEL = "model-txt2img-stabilityai-stable-diffusion-v2-1-base"
SCRIPT = f"""
import boto3, json
from sagemaker.core import hyperparameters, image_uris, model_uris, script_uris
from sagemaker.core.helper.session_helper import Session
from sagemaker.core.jumpstart.notebook_utils import list_jumpstart_models
session = Session(boto_session=boto3.Session(), sagemaker_client=boto3.client("sagemaker"), default_bucket="photos")
common = dict(model_id={MODEL!r}, model_version="*", region="us-west-2", sagemaker_session=session)
gpu = dict(common, instance_type="ml.g5.2xlarge")
print(json.dumps({{
    "image": image_uris.retrieve(framework=None, image_scope="training", **gpu),
    "script": script_uris.retrieve(script_scope="training", **common),
    "model": model_uris.retrieve(model_scope="training", **gpu),
    "epochs": hyperparameters.retrieve_default(**common)["epochs"],
    "listed": list_jumpstart_models(filter="task == txt2img", region="us-west-2", sagemaker_session=session),
}}))
"""


def _run(account: Account, folder: Path) -> "subprocess.CompletedProcess[str]":
    quiet = folder / "sagemaker.yaml"
    quiet.write_text("SchemaVersion: '1.0'\nSageMaker:\n  PythonSDK:\n    Modules:\n      TelemetryOptOut: true\n")
    told = {
        "AWS_ENDPOINT_URL": account.aws.url,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-west-2",
        "SAGEMAKER_USER_CONFIG_OVERRIDE": str(quiet),
    }
    return subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**os.environ, **told}, capture_output=True, text=True, check=False
    )


def _ask_the_library(account: Account, folder: Path) -> dict[str, str]:
    ran = _run(account, folder)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout.splitlines()[-1])


def test_library_of_aws_resolves_the_model_and_its_parts_are_in_s3(account: Account, tmp_path: Path) -> None:
    found = _ask_the_library(account, tmp_path)
    assert "huggingface-pytorch-training:1.10.2" in found["image"]
    assert str(found["epochs"]) == "20"
    assert set(found["listed"]) == {spec["model_id"] for spec in specs()}
    assert len(found["listed"]) > 80
    for uri in (found["script"], found["model"]):
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        assert account.s3.head_object(Bucket=bucket, Key=key)["ContentLength"] > 0


def test_library_of_aws_refuses_a_model_that_is_deprecated_until_it_no_longer_is(
    account: Account, tmp_path: Path
) -> None:
    account.aws.sandbox("faults", {"deprecated_model": True})
    ran = _run(account, tmp_path)
    assert ran.returncode != 0
    assert f"DeprecatedJumpStartModelError: {DEPRECATED}" in ran.stderr
    account.aws.sandbox("faults", method="DELETE")
    specs = f"community_models/{MODEL}/specs_v2.0.13.json"
    found = account.s3.get_object(Bucket="jumpstart-cache-prod-us-west-2", Key=specs)["Body"].read()
    assert json.loads(found) == json.loads((FILES / "specs_v2.0.13.json").read_text())


def test_every_spec_and_all_it_names_is_in_s3(account: Account) -> None:
    pages = account.s3.get_paginator("list_objects_v2").paginate(Bucket="jumpstart-cache-prod-us-west-2")
    keys = {item["Key"] for page in pages for item in page.get("Contents", []) if "Key" in item}
    for spec in specs():
        assert f"community_models/{spec['model_id']}/specs_v{spec['version']}.json" in keys
        named = [value for name, value in spec.items() if name.endswith(("_artifact_key", "_script_key", "_eula_key"))]
        assert len(named) >= 3
        assert all(any(key.startswith(name) for key in keys) for name in named)


def test_specs_name_what_is_deprecated_has_a_licence_or_wants_another_machine() -> None:
    ready = [spec for spec in specs() if not spec["training_supported"]]
    assert 80 < len([spec for spec in ready if not spec["deprecated"]]) < len(ready)
    assert [spec["model_id"] for spec in ready if spec.get("hosting_eula_key")]
    machines = {spec["default_inference_instance_type"] for spec in ready}
    assert {"ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.p3.2xlarge"} < machines
    assert all(spec["default_inference_instance_type"] in spec["supported_inference_instance_types"] for spec in ready)


def test_ready_made_model_can_be_deployed_from_its_prefix(account: Account) -> None:
    spec = json.loads((FILES / "specs_v2.0.13.json").read_text())
    prefix = f"s3://jumpstart-cache-prod-us-west-2/{spec['hosting_prepacked_artifact_key']}"
    source = {"S3Uri": prefix, "S3DataType": "S3Prefix", "CompressionType": "None"}
    model = account.sagemaker.create_model(
        ModelName="ready-made",
        PrimaryContainer={"Image": "image", "ModelDataSource": {"S3DataSource": source}},  # type: ignore[reportArgumentType] - as a dict
    )
    assert model["ModelArn"].endswith("model/ready-made")
