"""Redis is lost and nothing else: the models come back as they were, and nothing that was deleted does."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import looking, manifests, words
from core.asking import Asked, ask
from core.change import Change
from core.imagine_grammar import Imagine
from core.managing import Hand
from core.records import Model, Run
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_run, stands
from tests.support.workshop import RECIPE, Workshop
from tests.workers.runs import until_created
from workers import watching
from workers.recover import Recovery
from workers.sweeper import Sweeper

THEO = "U0THEO"
BEGAN = datetime(2027, 1, 1, tzinfo=UTC)
OF_THIS_MOMENT = dict.fromkeys(("state", "version", "due", "in_service_at"))


@pytest.fixture(autouse=True)
def no_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LIST_SECONDS", 0.0)


def artifact_of(run: str, job: str) -> str:
    return f"darkroom/{TEAM}/{run}/out/{job}/output/model.tar.gz"


async def trained(workshop: Workshop, **different: Any) -> Model:
    """A model with its artifact, in the catalogue, and written down beside it."""
    run = different.setdefault("run", "run1")
    key = artifact_of(run, f"darkroom-x-{run}-a1")
    model = a_model(**({"artifact": f"s3://photos/{key}", "wake_seconds": 300.0} | different))
    if model.artifact:
        workshop.aws.objects[key] = b"weights"
    change = Change(TEAM).put(model).name("catalogue", model.id, model.subject)
    training = {"run": run, "job": f"darkroom-x-{run}-a1", "steps": 200}
    await workshop.store.commit(manifests.remember(change, model, workshop.clock(), training))
    await workshop.run_due()
    return await stands(workshop.store, model)


async def wiped(workshop: Workshop) -> None:
    """Lose all that Redis knows, an hour after it was last written to."""
    await workshop.store._redis.flushall()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the outside world's doing
    workshop.slack.messages.clear()
    workshop.aws.calls.clear()
    workshop.clock.advance(3_600)


async def recover(workshop: Workshop, *, dry: bool = False) -> list[str]:
    found = await Recovery(workshop.aws.aws, workshop.store, workshop.settings, workshop.clock, dry).recover()
    return [f"{one.verdict} {one.what} {one.note}".rstrip() for one in found]


def hand(workshop: Workshop) -> Hand:
    return Hand(workshop.store, workshop.settings, TEAM, MIRA, CHANNEL, workshop.clock())


def lasting(models: list[Model]) -> list[Model]:
    return [replace(model, state="asleep", version=0, due=None, tries=0) for model in models]


def an_endpoint(workshop: Workshop, name: str, record: str, status: str = "InService") -> None:
    created = datetime.fromtimestamp(workshop.clock(), UTC)
    workshop.aws.sagemaker.endpoints[name] = {"EndpointStatus": status, "CreationTime": created}
    workshop.aws.sagemaker.tags[f"{ARN}:endpoint/{name}"] = tags(record)


def tags(record: str, **different: str) -> list[dict[str, str]]:
    told = {"app": "darkroom", "deployment": "darkroom", "team": TEAM, "record": record} | different
    return [{"Key": f"darkroom:{key}", "Value": value} for key, value in told.items()]


def a_job(workshop: Workshop, run: str = "run7", attempt: int = 1, **different: Any) -> str:
    """A training job that ended well before there were manifests, with its data set and artifact; gives its name."""
    name = f"darkroom-riobugger-{run}-a{attempt}"
    data, artifact = f"darkroom/{TEAM}/{run}/dataset-a{attempt}/", artifact_of(run, name)
    sources = {"training": f"s3://photos/{data}", "model": RECIPE.model_uri} | different.pop("sources", {})
    workshop.aws.sagemaker.complete_job(name, f"s3://photos/{artifact}")
    workshop.aws.sagemaker.jobs[name] |= {
        "CreationTime": BEGAN - timedelta(hours=2),
        "TrainingEndTime": BEGAN - timedelta(hours=1),
        "BillableTimeInSeconds": 900,
        "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"},
        "HyperParameters": {"max_steps": '"200"', "sagemaker_container_log_level": "20"},
        "InputDataConfig": [
            {"ChannelName": one, "DataSource": {"S3DataSource": {"S3Uri": uri}}} for one, uri in sources.items()
        ],
    } | different
    begun_with = {"id": RECIPE.model_id, "version": RECIPE.version}
    jumpstart = [{"Key": f"sagemaker-sdk:jumpstart-model-{key}", "Value": told} for key, told in begun_with.items()]
    workshop.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = [*tags(f"run:{run}"), *jumpstart]
    described = {"instance_prompt": "a photo of RioBugger cat"}
    workshop.aws.objects |= {artifact: b"weights", f"{data}dataset_info.json": json.dumps(described).encode()}
    return name


async def test_models_come_back_as_they_were_and_wake_without_being_trained_again(workshop: Workshop) -> None:
    parent = await trained(workshop, idle_seconds=900.0, dollars=1.25, up_seconds=60.0, portrait="F0FACE")
    await trained(workshop, id="model2", run="run2", subject="doppler", noun="dog", parent=parent.id)
    await trained(workshop, id="model3", run="run3", subject="mug", noun="cup", owner=THEO)
    await trained(workshop, id="ready1", run="", subject="ghibli", artifact="", thread_ts="", instance="ml.g5.2xlarge")
    assert await hand(workshop).rename("model1", "rio") == ""
    assert await hand(workshop).open_to("model2", [THEO]) == ""
    await workshop.run_due()
    before = await looking.models(workshop.store, TEAM)
    await wiped(workshop)
    said = await recover(workshop)
    after = await looking.models(workshop.store, TEAM)
    assert lasting(after) == lasting(before)
    assert [line.split()[:2] for line in said] == [["restored", name] for name in ("ghibli", "rio", "doppler", "mug")]
    await workshop.run_due()
    assert workshop.slack.messages == {}
    asked = await ask(workshop.store, Asked(TEAM, THEO, CHANNEL, "", "k"), Imagine("rio on a beach"), workshop.clock())
    assert asked.model
    assert asked.model.id == "model1"
    await workshop.run_due()
    workshop.aws.sagemaker.serve("darkroom-riobugger-model1-a1")
    await workshop.follow(60)
    assert (await stands(workshop.store, asked.generation)).state == "posted"
    assert workshop.aws.called("create_training_job") == []
    assert "create_endpoint" in workshop.aws.names()
    assert not [text for text in workshop.said() if "in service" in text], "its thread has heard that long ago"


async def test_second_time_changes_nothing(workshop: Workshop) -> None:
    await trained(workshop)
    await wiped(workshop)
    await recover(workshop)
    await workshop.run_due()
    before, files = await looking.models(workshop.store, TEAM), dict(workshop.aws.objects)
    assert await recover(workshop) == ["there riobugger"]
    await workshop.run_due()
    assert (await looking.models(workshop.store, TEAM), workshop.aws.objects) == (before, files)


async def test_dry_run_says_what_would_come_back_and_writes_nothing(workshop: Workshop) -> None:
    await trained(workshop)
    await wiped(workshop)
    assert await recover(workshop, dry=True) == [f"restored riobugger (model1 of {TEAM})"]
    assert await looking.models(workshop.store, TEAM) == []
    assert await workshop.store.teams() == []


async def test_deleted_model_is_not_brought_back(workshop: Workshop) -> None:
    await trained(workshop)
    kept = dict(workshop.aws.objects)
    assert await hand(workshop).delete("model1") == ""
    await workshop.run_due()
    await workshop.follow(60)
    await wiped(workshop)
    assert await recover(workshop) == []
    workshop.aws.objects = {key: body for key, body in kept.items() if key.endswith("manifest.json")}
    assert await recover(workshop) == [f"gone riobugger {words.recovering.NO_ARTIFACT}"]


async def test_deletion_that_was_under_way_goes_on(workshop: Workshop) -> None:
    await trained(workshop, deleted_by=MIRA, state="deleting", stage="bucket", due=None)
    an_endpoint(workshop, "darkroom-riobugger-model1-a2", "model:model1")
    await wiped(workshop)
    assert words.recovering.GOES_ON in str(await recover(workshop))
    await workshop.follow(120)
    assert await workshop.store.get(Model, TEAM, "model1") is None
    assert (workshop.aws.objects, workshop.aws.sagemaker.endpoints) == ({}, {})


async def test_endpoint_in_service_is_wanted_again_and_billed_from_its_beginning(workshop: Workshop) -> None:
    await trained(workshop)
    name = "darkroom-riobugger-model1-a4"
    an_endpoint(workshop, "darkroom-riobugger-model1-a3", "model:model1", "Deleting")
    an_endpoint(workshop, "darkroom-riobugger-model1-a5", "model:model1", "Creating")
    an_endpoint(workshop, name, "model:model1")
    created = workshop.clock()
    await wiped(workshop)
    assert f"its endpoint {name} stands" in str(await recover(workshop))
    model = await stands(workshop.store, a_model())
    assert (model.state, model.attempt, model.up_since, model.an_hour) == ("in_service", 4, created, 0.94)
    swept = await Sweeper(workshop.aws.aws, workshop.store, workshop.settings, workshop.clock).sweep()
    assert name not in [finding.thing.name for finding in swept]
    await workshop.run_due()
    await workshop.follow(120)
    assert (await stands(workshop.store, model)).state == "asleep", "nobody has used it for an hour"
    assert workshop.aws.sagemaker.endpoints.keys() == {"darkroom-riobugger-model1-a5"}


async def test_endpoint_that_still_comes_up_is_waited_for(workshop: Workshop) -> None:
    await trained(workshop)
    an_endpoint(workshop, "darkroom-riobugger-model1-a2", "model:model1", "Creating")
    await wiped(workshop)
    await recover(workshop)
    assert (await stands(workshop.store, a_model())).state == "deploying"
    an_endpoint(workshop, "darkroom-riobugger-model1-a2", "model:model1")
    await workshop.follow(30)
    assert (await stands(workshop.store, a_model())).state == "in_service"
    assert workshop.slack.messages == {}


@pytest.mark.parametrize("record", ["model:model2", "run:model1"])
async def test_endpoint_of_somebody_else_is_not_taken(workshop: Workshop, record: str) -> None:
    await trained(workshop)
    an_endpoint(workshop, "darkroom-riobugger-model1-a2", record)
    an_endpoint(workshop, "darkroom-like-it-model1-a3", "model:model1")
    await wiped(workshop)
    await recover(workshop)
    assert (await stands(workshop.store, a_model())).state == "asleep"
    assert len(workshop.aws.sagemaker.endpoints) == 2


async def test_model_that_redis_knows_is_left_alone(workshop: Workshop) -> None:
    await trained(workshop, name="rio")
    model = await workshop.put(replace(await stands(workshop.store, a_model()), name="later"))
    assert await recover(workshop) == ["there later"]
    assert await stands(workshop.store, model) == model


async def test_worker_that_writes_the_model_first_is_left_alone(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trained(workshop)
    await wiped(workshop)
    commit = workshop.store.commit

    async def comes_second(change: Change) -> bool:
        monkeypatch.undo()
        await workshop.put(a_model(name="first"))
        return await commit(change)

    monkeypatch.setattr(workshop.store, "commit", comes_second)
    assert await recover(workshop) == ["there riobugger"]
    assert (await stands(workshop.store, a_model())).name == "first"


async def test_training_that_outlives_redis_gives_its_model(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    await wiped(workshop)
    assert await recover(workshop) == [f"training {run.job} {words.recovering.TRAINS}"]
    key = artifact_of(run.id, run.job)
    workshop.aws.sagemaker.complete_job(run.job, f"s3://photos/{key}")
    workshop.aws.sagemaker.jobs[run.job] |= {"TrainingEndTime": BEGAN, "BillableTimeInSeconds": 1_800,
                                             "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"}}  # fmt: skip
    workshop.aws.objects[key] = b"weights"
    (said,) = await recover(workshop)
    assert said.startswith("restored riobugger")
    (model,) = await looking.models(workshop.store, TEAM)
    assert (model.owner, model.thread_ts, model.trained_at) == (MIRA, THREAD, BEGAN.timestamp())
    assert (model.hosting["instance"], model.dollars) == ("ml.g4dn.2xlarge", pytest.approx(0.47))
    assert model.artifact == f"s3://photos/{key}"


async def test_training_that_redis_knows_is_left_to_its_run(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    assert await recover(workshop) == []
    workshop.aws.sagemaker.complete_job(run.job, f"s3://photos/{artifact_of(run.id, run.job)}")
    workshop.aws.objects[artifact_of(run.id, run.job)] = b"weights"
    assert await recover(workshop) == [f"there {run.job} {words.recovering.RUN_KNOWN}"]
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, run)).state == "trained"


async def test_model_without_a_manifest_is_told_by_its_training_job(workshop: Workshop) -> None:
    workshop.widen(admins=("U0ADMIN",), admin_channel="C0ADMIN")
    parent = await trained(workshop, run="run5")
    first = a_job(workshop, "run6")
    name = a_job(workshop, sources={"model": f"s3://photos/{artifact_of('run6', first)}"})
    await wiped(workshop)
    said = await recover(workshop)
    assert sum(words.recovering.NO_MANIFEST in line for line in said) == 2
    models = {model.run: model for model in await looking.models(workshop.store, TEAM)}
    model = models["run7"]
    assert (model.subject, model.noun, model.instance_prompt) == ("riobugger", "cat", "a photo of RioBugger cat")
    assert (model.owner, model.channel, model.parent) == ("U0ADMIN", "C0ADMIN", models["run6"].id)
    assert (model.jumpstart_id, model.jumpstart_version) == (RECIPE.model_id, RECIPE.version)
    assert (model.trained_at, model.dollars) == ((BEGAN - timedelta(hours=1)).timestamp(), pytest.approx(0.235))
    await workshop.run_due()
    written = json.loads(workshop.aws.objects[f"darkroom/{TEAM}/run7/out/{name}/manifest.json"])
    assert (written["training"]["steps"], written["model"]["subject"]) == (200, "riobugger")
    assert models["run5"].id == parent.id


async def test_later_of_two_artifacts_of_one_run_is_the_model(workshop: Workshop) -> None:
    first, later = a_job(workshop), a_job(workshop, attempt=12)
    assert [line.split()[0] for line in await recover(workshop)] == ["restored", "gone"]
    (model,) = await looking.models(workshop.store, TEAM)
    assert later in model.artifact
    assert await recover(workshop) == ["there riobugger", f"gone {first} {words.recovering.SPARE}"]


@pytest.mark.parametrize(
    "told",
    [[], tags("run:run7", deployment="another"), tags("run:run8"), tags("run:run7", team="T0ELSE"), tags("model:run7")],
    ids=["no tags", "another deployment", "another run", "another team", "no run at all"],
)
async def test_job_whose_tags_do_not_fit_is_named_and_nothing_is_touched(
    workshop: Workshop, told: list[dict[str, str]]
) -> None:
    name = a_job(workshop)
    workshop.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = told
    assert await recover(workshop) == [f"skipped {name} {words.recovering.TAGS_DO_NOT_FIT}"]
    assert await looking.models(workshop.store, TEAM) == []
    assert workshop.aws.names("create", "stop", "delete", "put") == []


async def test_what_is_missing_of_an_old_training_is_said(workshop: Workshop) -> None:
    stopped, unprompted, lost = (a_job(workshop, run) for run in ("run1", "run2", "run3"))
    workshop.aws.sagemaker.jobs[stopped]["TrainingJobStatus"] = "Stopped"
    del workshop.aws.objects[f"darkroom/{TEAM}/run2/dataset-a1/dataset_info.json"]
    del workshop.aws.sagemaker.jobs[lost]
    said = await recover(workshop)
    assert said[:2] == [
        f"gone {stopped} {words.recovering.not_completed('Stopped')}",
        f"skipped {unprompted} {words.recovering.NO_PROMPT}",
    ]
    assert said[2].startswith(f"skipped {lost} ")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"no json", words.recovering.BROKEN),
        (b'{"version": 2, "deployment": "darkroom", "team": "T0PETS", "id": "a", "model": {}}',
         words.recovering.newer(2)),
    ],
)  # fmt: skip
async def test_manifest_that_cannot_be_read_is_named_and_the_others_come_back(
    workshop: Workshop, broken: bytes, why: str
) -> None:
    await trained(workshop)
    await trained(workshop, id="model2", run="run2", subject="doppler")
    await wiped(workshop)
    workshop.aws.objects[f"darkroom/{TEAM}/run1/out/darkroom-x-run1-a1/manifest.json"] = broken
    said = await recover(workshop)
    assert said == [f"skipped darkroom-x-run1-a1 {why}", f"restored doppler (model2 of {TEAM})"]


async def test_object_that_s3_refuses_is_named_and_the_others_come_back(workshop: Workshop) -> None:
    await trained(workshop)
    await trained(workshop, id="model2", run="run2", subject="doppler")
    await wiped(workshop)
    workshop.aws.script("get_object", refusal("AccessDenied", "not allowed", status=403))
    assert [line.split()[0] for line in await recover(workshop)] == ["skipped", "restored"]
    assert (await recover(workshop))[0].startswith("restored riobugger")


async def test_models_of_a_step_sheet_come_back_one_by_one_under_names_of_their_own(workshop: Workshop) -> None:
    await trained(workshop, comparison="sheet1", run="run1")
    await wiped(workshop)
    await recover(workshop)
    (model,) = await looking.models(workshop.store, TEAM)
    assert (model.title, model.comparison) == ("riobugger-200", "")


async def test_run_that_is_in_redis_says_whose_job_it_is(workshop: Workshop) -> None:
    name = a_job(workshop)
    await workshop.put(a_run(id="run7", state="training", job=name, job_created=True, due=None))
    assert await recover(workshop) == [f"there {name} {words.recovering.RUN_KNOWN}"]
