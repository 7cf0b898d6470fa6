"""The four requests are what AWS's own SDK sends, field by field; JumpStart's part is resolved by the SDK itself."""

import json
import re
from collections.abc import Generator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import pytest

from core import recipe as recipes
from core import words
from core.presets import PRESETS
from core.recipe import Choice, Terms
from sandbox.aws.process import AwsProcess
from tests.support.fake_aws import check
from tests.support.records import a_run
from tests.support.workshop import settings
from workers import aws, requests
from workers.hosting import Hosting, Recipe, quoted
from workers.jumpstart import JumpStart
from workers.requests import Place, Ways
from workers.trouble import Trouble

MODEL = "model-txt2img-stabilityai-stable-diffusion-v2-1-base"
RECORDED: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("recorded-requests.json").read_text("utf-8")
)
FINE_TUNED = {one["operation"]: one["request"] for one in next(v for k, v in RECORDED.items() if "1.1.3" in k)}
READY_MADE = {one["operation"]: one["request"] for one in next(v for k, v in RECORDED.items() if "ready_made" in k)}
PLACE = Place("us-west-2", "arn:aws:iam::123456789012:role/sm", "ml.g4dn.2xlarge", [])
DATA, OUT = "s3://my-bucket/datasets/foo/", "s3://my-bucket/out"
CHAINED = "s3://my-bucket/out/EARLIER/output/model.tar.gz"
OURS = [{"Key": "darkroom:app", "Value": "darkroom"}]
IN_PYTHON = {
    "CreateTrainingJob": "create_training_job",
    "CreateModel": "create_model",
    "CreateEndpointConfig": "create_endpoint_config",
    "CreateEndpoint": "create_endpoint",
}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Generator[aws.Aws]:
    """Clients of the sandbox's AWS, where JumpStart's files lie as they do on AWS."""
    with AwsProcess(tmp_path_factory.mktemp("aws")) as process, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", process.url)
        patch.setenv("AWS_ACCESS_KEY_ID", "sandbox")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sandbox")
        account = aws.connect("us-west-2")
        yield account
        account.threads.shutdown()


@pytest.fixture(scope="module")
def jumpstart(account: aws.Aws) -> JumpStart:
    """Remembers what it has resolved, as a worker's does."""
    return JumpStart(account, settings())


@pytest.fixture
async def recipe(jumpstart: JumpStart) -> Recipe:
    return await jumpstart.resolve(MODEL, "1.1.3")


def built(recipe: Recipe, place: Place = PLACE, ours: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Build the four as they were recorded; the recording calls endpoint, config and model by different names."""
    artifact = f"{OUT}/JOB/output/model.tar.gz"
    config = requests.endpoint_config(recipe, place, "ENDPOINT")
    config["ProductionVariants"][0]["ModelName"] = "MODEL"
    return {
        "CreateTrainingJob": requests.training_job(recipe, place, "JOB", DATA, OUT, ours or {}),
        "CreateModel": requests.model(recipe, place, "MODEL", artifact),
        "CreateEndpointConfig": config,
        "CreateEndpoint": requests.endpoint(recipe, place, "ENDPOINT"),
    }


@pytest.mark.parametrize("operation", IN_PYTHON)
async def test_request_is_the_one_that_was_recorded(recipe: Recipe, operation: str) -> None:
    assert built(recipe)[operation] == FINE_TUNED[operation]


@pytest.mark.parametrize("operation", IN_PYTHON)
async def test_our_tags_come_on_top_of_those_by_which_aws_knows_jumpstart(recipe: Recipe, operation: str) -> None:
    tagged = built(recipe, replace(PLACE, tags=OURS))[operation]
    assert tagged == FINE_TUNED[operation] | {"Tags": OURS + FINE_TUNED[operation]["Tags"]}


async def test_our_hyperparameters_take_the_place_of_the_defaults(recipe: Recipe) -> None:
    ours = {"max_steps": "300", "learning_rate": "1e-06"}
    sent = built(recipe, ours=ours)["CreateTrainingJob"]["HyperParameters"]
    recorded = FINE_TUNED["CreateTrainingJob"]["HyperParameters"]
    assert sent == recorded | {"max_steps": '"300"', "learning_rate": '"1e-06"'}


@pytest.mark.parametrize("operation", IN_PYTHON)
async def test_botocore_would_send_it(recipe: Recipe, operation: str) -> None:
    check("sagemaker", IN_PYTHON[operation], built(recipe, replace(PLACE, tags=OURS))[operation])


async def test_wildcard_comes_to_the_newest_version_that_it_allows(jumpstart: JumpStart) -> None:
    assert (await jumpstart.resolve(MODEL, "1.*")).version == "1.1.3"


async def test_model_is_resolved_once(jumpstart: JumpStart, recipe: Recipe) -> None:
    assert await jumpstart.resolve(MODEL, "1.1.3") is recipe


@pytest.mark.parametrize(
    ("model", "version"), [("model-txt2img-no-such-model", "1.*"), (MODEL, "7.7.7")], ids=["model", "version"]
)
async def test_model_that_jumpstart_does_not_have_is_told_in_words(
    jumpstart: JumpStart, model: str, version: str
) -> None:
    with pytest.raises(Trouble) as caught:
        await jumpstart.resolve(model, version)
    assert model in caught.value.reason
    assert "Traceback" not in caught.value.reason


@pytest.fixture
async def hosting(jumpstart: JumpStart) -> Hosting:
    return await jumpstart.host(MODEL, "2.0.13", PLACE.instance)


def deployed(hosting: Hosting, place: Place = PLACE, *, accepted: bool = False) -> dict[str, dict[str, Any]]:
    """Build the three that deploy a ready-made model, as they were recorded."""
    config = requests.endpoint_config(hosting, place, "ENDPOINT")
    config["ProductionVariants"][0]["ModelName"] = "MODEL"
    return {
        "CreateModel": requests.model(hosting, place, "MODEL", accepted=accepted),
        "CreateEndpointConfig": config,
        "CreateEndpoint": requests.endpoint(hosting, place, "ENDPOINT"),
    }


@pytest.mark.parametrize("operation", READY_MADE)
async def test_request_for_a_ready_made_model_is_the_one_that_was_recorded(hosting: Hosting, operation: str) -> None:
    assert deployed(hosting)[operation] == READY_MADE[operation]
    check("sagemaker", IN_PYTHON[operation], deployed(hosting, replace(PLACE, tags=OURS))[operation])


async def test_ready_made_model_goes_to_the_machine_that_was_chosen(hosting: Hosting) -> None:
    config = deployed(hosting, replace(PLACE, instance="ml.g5.2xlarge"))["CreateEndpointConfig"]
    assert config["ProductionVariants"][0]["InstanceType"] == "ml.g5.2xlarge"


@pytest.mark.parametrize(
    ("data", "kind", "packing"),
    [("s3://jumpstart/gated/", "S3Prefix", "None"), ("s3://jumpstart/gated.tar.gz", "S3Object", "Gzip")],
)
async def test_licence_is_accepted_in_the_request_when_somebody_has(
    hosting: Hosting, data: str, kind: str, packing: str
) -> None:
    gated = replace(hosting, model_data=data, licence="https://jumpstart/eula.txt")
    request = deployed(gated, accepted=True)["CreateModel"]
    assert request["PrimaryContainer"]["ModelDataSource"]["S3DataSource"] == {
        "S3Uri": data,
        "S3DataType": kind,
        "CompressionType": packing,
        "ModelAccessConfig": {"AcceptEula": True},
    }
    check("sagemaker", "create_model", request)
    assert "AcceptEula" not in json.dumps(deployed(gated))


async def test_artifact_in_one_file_is_named_as_such(hosting: Hosting) -> None:
    older = replace(hosting, model_data="s3://jumpstart/infer-prepack.tar.gz")
    container = deployed(older)["CreateModel"]["PrimaryContainer"]
    assert container["ModelDataUrl"] == older.model_data
    assert "ModelDataSource" not in container


async def test_ready_made_model_says_on_which_machines_it_does_run(jumpstart: JumpStart) -> None:
    with pytest.raises(Trouble) as caught:
        await jumpstart.host(MODEL, "2.0.13", "ml.p4d.24xlarge")
    assert caught.value.reason == words.shelf.not_for_machine(
        MODEL, "ml.p4d.24xlarge", ["ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.p3.2xlarge"]
    )


def chosen(**answers: str) -> Choice:
    found = recipes.read(a_run(), {"licence": "yes"} | answers, Terms(photos=4))
    assert isinstance(found, Choice)
    return found


async def test_hyperparameters_of_a_choice_are_all_that_jumpstart_knows(recipe: Recipe) -> None:
    of_the_container = {name for name in recipe.hyperparameters if name.startswith("sagemaker_")}
    assert chosen().hyperparameters.keys() == recipe.hyperparameters.keys() - of_the_container


async def test_request_of_a_thing_is_the_recorded_one_but_for_its_steps(recipe: Recipe) -> None:
    request = requests.training_job(recipe, PLACE, "JOB", DATA, OUT, chosen().hyperparameters)
    recorded = FINE_TUNED["CreateTrainingJob"]
    steps = {"HyperParameters": recorded["HyperParameters"] | {"max_steps": '"200"'}}
    assert request == recorded | steps


async def test_request_with_prior_preservation_is_the_recorded_one_but_for_what_that_means(recipe: Recipe) -> None:
    face = chosen(preset="face")
    place = replace(PLACE, instance=face.instance)
    request = requests.training_job(recipe, place, "JOB", DATA, OUT, face.hyperparameters)
    recorded = FINE_TUNED["CreateTrainingJob"]
    different = {"max_steps": '"800"', "with_prior_preservation": '"True"'}
    assert request == recorded | {
        "HyperParameters": recorded["HyperParameters"] | different,
        "ResourceConfig": recorded["ResourceConfig"] | {"InstanceType": "ml.g5.2xlarge"},
    }


async def test_request_for_a_spot_machine_is_the_recorded_one_with_a_bound_on_the_wait(recipe: Recipe) -> None:
    request = requests.training_job(recipe, PLACE, "JOB", DATA, OUT, {}, spot=True)
    assert request == FINE_TUNED["CreateTrainingJob"] | {
        "EnableManagedSpotTraining": True,
        "StoppingCondition": {"MaxRuntimeInSeconds": 360_000, "MaxWaitTimeInSeconds": 367_200},
    }
    assert "CheckpointConfig" not in request


async def test_request_of_a_chained_run_has_the_earlier_artifact_as_its_model(recipe: Recipe) -> None:
    request = requests.training_job(recipe, PLACE, "JOB", DATA, OUT, {}, parent=CHAINED)
    recorded = FINE_TUNED["CreateTrainingJob"]
    channels = {one["ChannelName"]: one for one in request["InputDataConfig"]}
    before = {one["ChannelName"]: one for one in recorded["InputDataConfig"]}
    assert channels["model"]["DataSource"]["S3DataSource"].pop("S3Uri") == CHAINED
    assert before["model"]["DataSource"]["S3DataSource"]["S3Uri"].startswith("s3://jumpstart-cache-prod-us-west-2/")
    channels["model"]["DataSource"]["S3DataSource"]["S3Uri"] = before["model"]["DataSource"]["S3DataSource"]["S3Uri"]
    assert request == recorded


@pytest.mark.parametrize("ways", [{"spot": True}, {"parent": CHAINED}, {"spot": True, "parent": CHAINED}])
async def test_botocore_would_send_every_way_of_training(recipe: Recipe, ways: Ways) -> None:
    hyperparameters = chosen(preset="face").hyperparameters
    request = requests.training_job(recipe, replace(PLACE, tags=OURS), "JOB", DATA, OUT, hyperparameters, **ways)
    check("sagemaker", "create_training_job", request)


def of_the_sdk(module: str) -> Any:  # noqa: ANN401 - the SDK has no stubs
    return import_module(f"sagemaker.core.{module}")


async def test_awss_own_sdk_finds_nothing_wrong_with_what_presets_send(account: aws.Aws, recipe: Recipe) -> None:
    session = of_the_sdk("helper.session_helper").Session(
        boto_session=boto3.Session(region_name=account.region), sagemaker_client=account.sagemaker
    )
    for preset in PRESETS:
        of_the_sdk("hyperparameters").validate(
            region=account.region,
            model_id=MODEL,
            model_version=recipe.version,
            hyperparameters=chosen(preset=preset).hyperparameters,
            validation_mode=of_the_sdk("jumpstart.enums").HyperparameterValidationMode.VALIDATE_ALGORITHM,
            sagemaker_session=session,
        )


def test_log_level_is_sent_bare_and_all_else_in_quotes() -> None:
    assert quoted({"sagemaker_container_log_level": "20", "seed": "0"}) == {
        "sagemaker_container_log_level": "20",
        "seed": '"0"',
    }


def test_recording_holds_no_account_but_the_example() -> None:
    accounts = set(re.findall(r"\b\d{12}\b", json.dumps(RECORDED)))
    assert accounts <= {"123456789012", "763104351884"}
