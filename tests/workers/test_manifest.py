"""What is known of a model stands in S3 as well, from before its training until it is deleted."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core import adding, manifests
from core.adding import Wish
from core.change import Change
from core.managing import Hand
from core.records import Manifest, Model, Run
from core.shelf import Offer
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_ready_made_model, stands
from tests.support.workshop import Workshop
from tests.workers.runs import until_created
from workers import manifest as steps

JOB = "darkroom-riobugger-run1-a1"
KEY = f"darkroom/{TEAM}/run1/out/{JOB}/manifest.json"
ARTIFACT = f"s3://photos/darkroom/{TEAM}/run1/out/{JOB}/output/model.tar.gz"
READY_KEY = f"darkroom/{TEAM}/models/ready1/manifest.json"


def told(workshop: Workshop, key: str = KEY) -> dict[str, Any]:
    return json.loads(workshop.aws.objects[key])["model"]


async def kept(workshop: Workshop, model: Model) -> Model:
    """A model whose manifest has been written."""
    await workshop.store.commit(manifests.remember(Change(TEAM).put(model), model, workshop.clock(), {"steps": 200}))
    await workshop.run_due()
    return await stands(workshop.store, model)


def hand(workshop: Workshop) -> Hand:
    return Hand(workshop.store, workshop.settings, TEAM, MIRA, CHANNEL, workshop.clock())


async def test_model_is_written_down_before_there_is_a_job_and_again_when_it_is_trained(
    workshop: Workshop, run: Run
) -> None:
    run = await until_created(workshop, run)
    calls = workshop.aws.names("put_object", "create_training_job")
    assert calls[-2:] == ["put_object", "create_training_job"]
    foretold = told(workshop)
    assert (foretold["owner"], foretold["thread_ts"], foretold["artifact"], foretold["trained_at"]) == (
        MIRA,
        THREAD,
        ARTIFACT,
        0,
    )
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    await workshop.follow(15, every=15)
    trained = told(workshop)
    assert trained == foretold | {"trained_at": workshop.clock(), "attempt": 1, "dollars": trained["dollars"]}
    assert json.loads(workshop.aws.objects[KEY])["training"]["steps"] == 200


async def test_what_people_change_is_written_down(workshop: Workshop) -> None:
    await kept(workshop, a_model(artifact=ARTIFACT))
    assert await hand(workshop).rename("model1", "rio") == ""
    assert await hand(workshop).open_to("model1", ["U0THEO"]) == ""
    await workshop.run_due()
    assert (told(workshop)["name"], told(workshop)["allowed"]) == ("rio", ["U0THEO"])
    assert json.loads(workshop.aws.objects[KEY])["training"] == {"steps": 200}


async def test_ready_made_model_has_a_manifest_until_it_is_deleted(workshop: Workshop) -> None:
    offer = Offer(id="m", version="1", instances=("ml.g5.2xlarge",), url="", licence="")
    wish = Wish(TEAM, MIRA, CHANNEL, offer, "ghibli", "ml.g5.2xlarge")
    assert await adding.add(workshop.store, wish, None, 3_600, workshop.clock())
    await workshop.run_due()
    ((key, _),) = workshop.aws.objects.items()
    assert told(workshop, key)["instance"] == "ml.g5.2xlarge"
    identity = adding.model_id(TEAM, "m")
    assert await hand(workshop).delete(identity) == ""
    await workshop.run_due()
    await workshop.follow(30)
    assert workshop.aws.objects == {}
    assert await workshop.store.get(Manifest, TEAM, identity) is None


async def test_manifest_that_is_written_while_its_model_goes_does_not_outlive_it(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = await kept(workshop, a_ready_made_model())
    manifest = await stands(workshop.store, Manifest(team=TEAM, id="ready1", state="stale"))
    put, now = steps._put, workshop.clock()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - held up there

    async def held_up(*args: Any) -> None:
        monkeypatch.setattr(steps, "_put", put)
        await workshop.store.commit(manifests.forget(Change(TEAM).forget(model), model, now))
        workshop.aws.objects.clear()
        await put(*args)

    monkeypatch.setattr(steps, "_put", held_up)
    await workshop.put(replace(manifest, state="stale", due=now))
    await workshop.run_due()
    assert workshop.aws.objects == {}
    assert await workshop.store.get(Manifest, TEAM, "ready1") is None


async def test_bucket_that_refuses_leaves_the_model_well_and_is_tried_again(workshop: Workshop) -> None:
    workshop.aws.script("put_object", refusal("AccessDenied", "not allowed", status=403))
    await kept(workshop, a_model(artifact=ARTIFACT))
    assert workshop.aws.objects == {}
    await workshop.follow(steps.AGAIN_SECONDS, every=600)
    assert told(workshop)["subject"] == "riobugger"


@pytest.mark.parametrize(
    ("artifact", "folder"),
    [
        (ARTIFACT, f"darkroom/{TEAM}/run1/out/{JOB}/"),
        ("", f"darkroom/{TEAM}/models/model1/"),
        ("s3://elsewhere/darkroom/T0PETS/run1/out/job/output/model.tar.gz", f"darkroom/{TEAM}/models/model1/"),
    ],
    ids=["trained here", "ready-made", "in another bucket"],
)
def test_manifest_has_a_place_that_is_its_models_alone(artifact: str, folder: str) -> None:
    assert manifests.folder_of("darkroom", "photos", a_model(artifact=artifact)) == folder
