"""How a training ends: with a model and its bill, or in words with a way on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import collecting, estimating, outbox, recipe, spending, starting, terms, words
from core.change import Change
from core.records import Model, Run
from tests.support.records import TEAM, a_photo, a_run, stands
from tests.support.workshop import RECIPE, Workshop
from tests.workers.runs import ARTIFACT, until_created
from workers.trouble import Trouble
from workers.views import draw


async def test_finished_job_says_what_it_took_and_cost(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    began = datetime(2027, 1, 1, tzinfo=UTC)
    workshop.aws.sagemaker.jobs[run.job] |= {
        "CreationTime": began,
        "TrainingEndTime": began + timedelta(minutes=20),
        "BillableTimeInSeconds": 900,
        "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"},
        "SecondaryStatusTransitions": [{"Status": "Training"}, {"Status": "Interrupted"}, {"Status": "Training"}],
    }
    await workshop.follow(15, every=15)
    over = await stands(workshop.store, run)
    assert over.interruptions == 1
    assert (over.took_seconds, over.billed_seconds, over.dollars) == (1_200, 900, pytest.approx(0.94 / 4))
    assert "took 20 minutes and cost $0.2" in str(workshop.slack.messages)
    assert await workshop.store.members(TEAM, "finished") == [run.id]
    model = await workshop.store.get(Model, TEAM, over.model)
    assert model
    assert model.dollars == over.dollars
    assert (await spending.this_month(workshop.store, TEAM, workshop.clock())).training == over.dollars


async def test_estimate_shown_afterwards_counts_the_class_photos_as_the_one_before_did(workshop: Workshop) -> None:
    face = {"with_prior_preservation": "True", "num_class_images": "100"}
    over = a_run(
        state="trained", hyperparameters=face, max_steps=800, instance="ml.g5.2xlarge", dollars=1.0, took_seconds=1_200
    )
    await workshop.put(over)
    change = Change(TEAM)
    for place in range(60):
        photo = await workshop.put(a_photo(id=f"class{place}", role="class", state="judged"))
        change.index(collecting.photos_of(over.id), photo.id, float(place), Run.ttl)
    await workshop.store.commit(change)
    _, blocks = await draw(workshop.house, outbox.card(over, workshop.clock()))
    expected = estimating.estimate([], 1.515, estimating.plan(over, over.instance, 60)).dollars
    assert f"(estimated ${expected:.2f})" in str(blocks)


async def test_artifact_becomes_a_model_that_can_be_prompted(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    await workshop.follow(15, every=15)
    over = await stands(workshop.store, run)
    assert over.state == "trained"
    model = await workshop.store.get(Model, TEAM, over.model)
    assert model
    assert (model.state, model.artifact, model.subject) == ("deploying", ARTIFACT, "riobugger")
    assert await workshop.store.table(TEAM, "catalogue") == {model.id: "riobugger"}
    assert await workshop.store.members(TEAM, "runs") == []


@pytest.mark.parametrize("stage", list(words.following.ENDS))
async def test_job_that_aws_ended_without_a_reason_is_told_in_words(workshop: Workshop, run: Run, stage: str) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.jobs[run.job] = {"TrainingJobStatus": "Stopped", "SecondaryStatus": stage}
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, run)).reason == words.following.ENDS[stage]


async def test_run_that_waited_for_a_spot_machine_in_vain_is_trained_without_one_on_the_same_photos(
    workshop: Workshop, run: Run
) -> None:
    run = await workshop.put(replace(run, spot=True))
    run = await until_created(workshop, run)
    late = {"TrainingJobStatus": "Stopped", "SecondaryStatus": "MaxWaitTimeExceeded"}
    workshop.aws.sagemaker.jobs[run.job] = late
    await workshop.follow(15, every=15)
    failed = await stands(workshop.store, run)
    about = await terms.read(workshop.store, failed, workshop.house.settings)
    changed = recipe.read(failed, recipe.chosen_then(failed) | {"spot": "", "licence": "yes"}, about)
    assert isinstance(changed, recipe.Choice)
    assert await starting.start(workshop.store, failed, changed, "U0JON", workshop.clock())
    again = await until_created(workshop, failed)
    workshop.aws.sagemaker.complete_job(again.job, ARTIFACT)
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, again)).state == "trained"
    first, second = workshop.aws.called("create_training_job")
    assert first["EnableManagedSpotTraining"]
    assert "EnableManagedSpotTraining" not in second
    photos = [[key.rpartition("/")[2] for key in workshop.aws.objects if f"-a{attempt}/p" in key] for attempt in (1, 2)]
    assert photos[0] == photos[1] != []


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("AlgorithmError: CUDA out of memory", "AWS says: AlgorithmError: CUDA out of memory"),
        ("ClientError: <bad> data", "AWS says: ClientError: &lt;bad&gt; data"),
        ("", "no reason given"),
    ],
)
async def test_job_that_fails_is_told_in_words_with_a_way_on(
    workshop: Workshop, run: Run, reason: str, told: str
) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.jobs[run.job] = {"TrainingJobStatus": "Failed", "FailureReason": reason}
    await workshop.follow(15, every=15)
    failed = await stands(workshop.store, run)
    assert failed.state == "failed"
    assert told in failed.reason
    said = [one for one in workshop.slack.messages.values() if "did not work" in one["text"]]
    assert told in said[0]["text"]
    offered = [one["text"]["text"] for block in said[0]["blocks"] for one in block.get("elements", [])]
    assert offered == [words.training.TRY_AGAIN, words.training.CHANGE_AND_TRY_AGAIN]


async def test_model_that_jumpstart_withdraws_while_it_is_trained_comes_up_all_the_same(
    workshop: Workshop, run: Run
) -> None:
    run = await until_created(workshop, run)
    workshop.jumpstart.trouble = Trouble("This model is deprecated.", "DeprecatedJumpStartModelError")
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    await workshop.follow(30, every=15)
    (asked,) = workshop.aws.called("create_model")
    assert asked["PrimaryContainer"]["Image"] == RECIPE.inference_image
    assert workshop.aws.called("create_endpoint")
