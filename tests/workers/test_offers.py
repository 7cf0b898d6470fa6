"""What JumpStart has ready-made, asked of the sandbox's AWS with AWS's own SDK."""

import json
from collections.abc import Callable, Generator
from typing import Any

import pytest
import pytest_asyncio

from core import words
from core.shelf import Offer
from sandbox.aws.catalogue import specs
from sandbox.aws.process import AwsProcess
from tests.support.fake_sagemaker import refusal
from tests.support.workshop import settings
from workers import aws
from workers.jumpstart import JumpStart
from workers.trouble import Trouble

KNOWN = {(spec["model_id"], spec["version"]): spec for spec in specs()}
SDXL = "model-txt2img-stabilityai-stable-diffusion-xl-base-1-0"
BUCKET = "jumpstart-cache-prod-us-west-2"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Generator[aws.Aws]:
    """Clients of the sandbox's AWS."""
    with AwsProcess(tmp_path_factory.mktemp("aws")) as process, pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "sandbox")
        patch.setenv("AWS_ENDPOINT_URL", process.url)
        account = aws.connect("us-west-2")
        yield account
        account.threads.shutdown()


@pytest.fixture(scope="module")
def jumpstart(account: aws.Aws) -> JumpStart:
    return JumpStart(account, settings())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def offers(jumpstart: JumpStart) -> list[Offer]:
    """What is listed, asked for once."""
    return await jumpstart.ready_made()


@pytest.fixture
def changed(account: aws.Aws) -> Generator[Callable[[str, str, bytes], None]]:
    """Changes a spec in S3 until the end of the test."""
    before: dict[str, bytes] = {}

    def change(model: str, version: str, content: bytes) -> None:
        key = f"community_models/{model}/specs_v{version}.json"
        before[key] = account.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        account.s3.put_object(Bucket=BUCKET, Key=key, Body=content)

    yield change
    for key, content in before.items():
        account.s3.put_object(Bucket=BUCKET, Key=key, Body=content)


def named(offers: list[Offer], model: str) -> Offer:
    (found,) = (offer for offer in offers if offer.id == model)
    return found


def test_every_model_that_paints_is_listed_once_with_its_machines_but_for_deprecated_ones(offers: list[Offer]) -> None:
    usable = {model for (model, _), spec in KNOWN.items() if not spec["deprecated"]}
    assert {offer.id for offer in offers} == usable
    assert len(offers) == len(usable) > 80
    for offer in offers:
        spec = KNOWN[offer.id, offer.version]
        assert offer.instances[0] == spec["default_inference_instance_type"]
        assert sorted(offer.instances) == sorted(spec["supported_inference_instance_types"])
        assert offer.url == spec["url"]


def test_newest_version_is_the_one_that_is_listed(offers: list[Offer]) -> None:
    assert named(offers, "model-txt2img-stabilityai-stable-diffusion-v2-1-base").version == "2.0.13"


async def test_licence_that_a_model_has_can_be_read(jumpstart: JumpStart, offers: list[Offer]) -> None:
    licence = f"https://{BUCKET}.s3.us-west-2.amazonaws.com/{KNOWN[SDXL, '2.0.13']['hosting_eula_key']}"
    assert [offer.licence for offer in offers if offer.licence] == [licence]
    assert (await jumpstart.host(SDXL, "2.0.13", "ml.g5.4xlarge")).licence == licence


async def test_listed_ones_can_be_resolved(jumpstart: JumpStart, offers: list[Offer]) -> None:
    for offer in (offers[0], named(offers, "huggingface-txt2img-black-forest-labs-flux-1-schnell")):
        hosting = await jumpstart.host(offer.id, offer.version, offer.instances[0])
        assert hosting.model_data == f"s3://{BUCKET}/{KNOWN[offer.id, offer.version]['hosting_prepacked_artifact_key']}"
        assert hosting.isolate_inference


async def test_deprecated_model_is_told_in_words(jumpstart: JumpStart) -> None:
    model, version = next(key for key, spec in KNOWN.items() if spec["deprecated"])
    with pytest.raises(Trouble) as caught:
        await jumpstart.host(model, version, "ml.g4dn.2xlarge")
    assert caught.value.reason == words.shelf.withdrawn(model, version, KNOWN[model, version]["deprecated_message"])
    assert caught.value.tries == 0


async def test_model_that_has_to_be_packed_first_is_told_in_words(
    jumpstart: JumpStart, changed: Callable[[str, str, bytes], None]
) -> None:
    model, version = "huggingface-txt2img-evel-yoshin", "2.0.13"
    loose = {"hosting_use_script_uri": True, "hosting_prepacked_artifact_key": None}
    changed(model, version, json.dumps(KNOWN[model, version] | loose).encode())
    with pytest.raises(Trouble) as caught:
        await jumpstart.host(model, version, "ml.g4dn.2xlarge")
    assert caught.value.reason == words.shelf.not_packed(model)


async def test_spec_that_cannot_be_read_leaves_its_model_out(
    jumpstart: JumpStart, offers: list[Offer], changed: Callable[[str, str, bytes], None]
) -> None:
    changed(offers[3].id, offers[3].version, b"<html>")
    assert await jumpstart.ready_made() == [*offers[:3], *offers[4:]]


async def test_list_of_which_nothing_can_be_read_is_a_trouble(
    account: aws.Aws, jumpstart: JumpStart, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: Any) -> None:
        raise refusal("AccessDenied", "not for you", status=403)

    monkeypatch.setattr(account.s3, "get_object", denied)
    with pytest.raises(Trouble) as caught:
        await jumpstart.ready_made()
    assert caught.value.code == "AccessDenied"
