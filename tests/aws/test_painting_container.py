"""A job that runs the sandbox's own container fails on AWS's terms, and trains where it can."""

import base64
import io
import json
import sys
import tarfile
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from sandbox.aws import catalogue
from sandbox.painter import artifact
from sandbox.photos.sets import photo_set
from tests.aws.account import BUCKET, GPU, Account, a_name, an_aws

G5 = "ml.g5.2xlarge"
PROMPTS = {"instance_prompt": "a photo of riobugger cat", "class_prompt": "a photo of a cat"}
PRIOR = {"max_steps": "1", "with_prior_preservation": "True"}


@pytest.fixture(scope="module")
def painting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """An account whose jobs are trained by the painter."""
    folder = tmp_path_factory.mktemp("painting-aws")
    with an_aws(folder, "--container", f"{sys.executable} -m sandbox.container", "--least-container", "60") as aws:
        yield Account(aws)


def test_endpoint_of_a_ready_made_model_paints_without_any_photo(painting: Account) -> None:
    (spec,) = (one for one in catalogue.specs() if one["model_id"] == "huggingface-txt2img-envvi-inkpunk-diffusion")
    address = f"s3://jumpstart-cache-prod-us-west-2/{spec['hosting_prepacked_artifact_key']}"
    source = {"S3DataSource": {"S3Uri": address, "S3DataType": "S3Prefix", "CompressionType": "None"}}
    endpoint = painting.served_endpoint(ModelDataSource=source)
    reply = painting.invoke(endpoint, "a car in the snow")
    with Image.open(io.BytesIO(base64.b64decode(reply["generated_images"][0]))) as picture:
        assert picture.size == (512, 512)
        assert len(picture.convert("L").getcolors() or []) > 50


def data_set(account: Account, **info: str) -> str:
    """A fresh prefix with one photo of a cat, one of its class, and these prompts; its address."""
    address = account.photos("dataset_info.json")
    prefix = address.removeprefix(f"s3://{BUCKET}/")
    photo = photo_set("riobugger").photos[0].read_bytes()
    files = {"1.jpg": photo, "class_data_dir/1.jpg": photo, "dataset_info.json": json.dumps(info).encode()}
    for name, content in files.items():
        account.s3.put_object(Bucket=BUCKET, Key=prefix + name, Body=content)
    return address


def ended(account: Account, instance: str, parent: str = "", **changes: Any) -> dict[str, Any]:
    """A job on an instance, on top of a parent's artifact or not, once it has come to its end."""
    request = account.job_request(a_name("job"), **changes)
    request["ResourceConfig"]["InstanceType"] = instance
    if parent:
        source = {"S3DataType": "S3Prefix", "S3Uri": parent}
        request["InputDataConfig"].append({"ChannelName": "model", "DataSource": {"S3DataSource": source}})
    account.sagemaker.create_training_job(**request)
    return account.ended_job(request["TrainingJobName"])


def concepts(account: Account, job: dict[str, Any]) -> list[str]:
    """The prompts of the subjects that a job's artifact knows."""
    key = job["ModelArtifacts"]["S3ModelArtifacts"].removeprefix(f"s3://{BUCKET}/")
    with tarfile.open(fileobj=io.BytesIO(account.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())) as tar:
        content = tar.extractfile("painter.npz")
        assert content is not None
        known = artifact.load(content.read()).subjects()
    return [concept.prompt for concept, _ in known]


def test_prior_preservation_runs_out_of_memory_on_a_small_instance_and_trains_on_a_larger_one(
    painting: Account,
) -> None:
    data = data_set(painting, **PROMPTS)
    failed = ended(painting, GPU, data=data, hyperparameters=PRIOR)
    assert failed["TrainingJobStatus"] == "Failed"
    assert 'ErrorMessage "RuntimeError: CUDA out of memory.' in failed["FailureReason"]
    assert failed["FailureReason"].startswith("AlgorithmError: ExecuteUserScriptError:\nExitCode 1\n")
    assert failed["FailureReason"].endswith(", exit code: 1")
    assert ended(painting, G5, data=data, hyperparameters=PRIOR)["TrainingJobStatus"] == "Completed"
    plain = ended(painting, GPU, data=data, hyperparameters={"max_steps": "1"})
    assert plain["TrainingJobStatus"] == "Completed"


def test_job_on_top_of_another_starts_from_its_artifact_in_s3(painting: Account) -> None:
    first = ended(painting, GPU, data=data_set(painting, **PROMPTS), hyperparameters={"max_steps": "1"})
    top = {"instance_prompt": "a photo of mia cat"}
    parent = first["ModelArtifacts"]["S3ModelArtifacts"]
    second = ended(painting, GPU, parent, data=data_set(painting, **top), hyperparameters={"max_steps": "1"})
    assert concepts(painting, second) == ["a photo of mia cat", "a photo of riobugger cat"]


@pytest.mark.parametrize(
    ("info", "given", "reason"),
    [
        ({}, {}, "ValueError: dataset_info.json must hold a non-empty instance_prompt"),
        ({"instance_prompt": "a cat"}, PRIOR, "must hold a non-empty class_prompt (with_prior_preservation is True)"),
        (PROMPTS, {"max_steps": "0"}, "hyperparameter max_steps must be a whole number above 0 or None, got '0'"),
    ],
)
def test_data_set_or_hyperparameter_that_the_script_refuses_fails_the_job_with_its_reason(
    painting: Account, info: dict[str, str], given: dict[str, str], reason: str
) -> None:
    failed = ended(painting, G5, data=data_set(painting, **info), hyperparameters=given)
    assert (failed["TrainingJobStatus"], failed["SecondaryStatus"]) == ("Failed", "Failed")
    assert reason in failed["FailureReason"]
    assert failed["FailureReason"].endswith(", exit code: 1")
