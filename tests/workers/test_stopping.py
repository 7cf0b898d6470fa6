"""Cancel: in every stage the bill stops, and only when AWS has stopped the job is the run over."""

import asyncio
from dataclasses import replace

import pytest

from core import spending
from core.cancelling import CREATING_SECONDS, cancel
from core.queue import QUEUE
from core.records import Model, Run
from tests.support.fake_sagemaker import refusal
from tests.support.records import MIRA, TEAM, a_model, a_run, stands
from tests.support.workshop import RECIPE, Workshop
from tests.workers.runs import LOST, a_queued_run, until_created
from workers import aws


async def cancelled(workshop: Workshop, run: Run) -> bool:
    return await cancel(workshop.store, await stands(workshop.store, run), MIRA, workshop.clock())


@pytest.mark.parametrize("state", ["collecting", "queued", "preparing"])
async def test_run_that_bills_nothing_yet_is_cancelled_at_once(workshop: Workshop, state: str) -> None:
    run = await workshop.put(a_run(state=state))
    assert await cancelled(workshop, run)
    await workshop.run_due()
    over = await stands(workshop.store, run)
    assert (over.state, over.cancelled_by) == ("cancelled", MIRA)
    assert workshop.aws.calls == []


async def test_bucket_keeps_nothing_of_a_run_that_was_cancelled(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=5)
    await workshop.run_due()
    workshop.aws.objects[f"darkroom/{TEAM}/other/photos/p0.jpg"] = b"somebody else's"
    assert await cancelled(workshop, run)
    await workshop.run_due()
    workshop.aws.sagemaker.jobs["darkroom-riobugger-run1-a1"]["TrainingJobStatus"] = "Stopped"
    await workshop.follow(120)
    assert (await stands(workshop.store, run)).due is None
    assert list(workshop.aws.objects) == [f"darkroom/{TEAM}/other/photos/p0.jpg"]


async def test_bucket_that_cannot_be_cleared_leaves_the_run_cancelled(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="queued"))
    assert await cancelled(workshop, run)
    workshop.aws.script("list_objects_v2", refusal("AccessDenied", "not allowed"))
    await workshop.follow(120)
    over = await stands(workshop.store, run)
    assert (over.state, over.due) == ("cancelled", None)


async def test_job_is_stopped_and_the_run_is_over_when_aws_says_so(workshop: Workshop) -> None:
    run = await until_created(workshop, await a_queued_run(workshop, good=5))
    assert await cancelled(workshop, run)
    await workshop.run_due()
    assert workshop.aws.called("stop_training_job") == [{"TrainingJobName": run.job}]
    assert (await stands(workshop.store, run)).state == "stopping"
    assert "two minutes" in str(workshop.slack.messages)
    bill = {"BillableTimeInSeconds": 300, "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"}}
    workshop.aws.sagemaker.jobs[run.job] = {"TrainingJobStatus": "Stopped", **bill}
    await workshop.follow(15, every=15)
    over = await stands(workshop.store, run)
    assert (over.state, over.billed_seconds) == ("cancelled", 300)
    spent = await spending.this_month(workshop.store, TEAM, workshop.clock())
    assert spent.training == over.dollars == pytest.approx(0.94 / 12)
    assert await workshop.store.members(TEAM, QUEUE) == []
    assert len(workshop.aws.called("stop_training_job")) == 1


async def test_job_that_is_created_at_the_moment_of_cancel_is_stopped_all_the_same(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=5)
    workshop.aws.script("create_training_job", LOST)
    await workshop.run_due()
    run = await stands(workshop.store, run)
    assert run.state == "training"
    assert not run.job_created
    assert await cancelled(workshop, run)
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, run)).state == "stopping"
    late = {"TrainingJobName": run.job, "Tags": workshop.house.tags(run)}
    workshop.aws.sagemaker.create_training_job(late)
    await workshop.follow(15, every=15)
    assert workshop.aws.called("stop_training_job") == [{"TrainingJobName": run.job}]


@pytest.mark.parametrize("state", ["cancelled", "failed", "queued"])
async def test_job_whose_creation_comes_after_its_run_is_over_is_stopped(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    run = await workshop.put(
        a_run(state="training", attempt=1, job="darkroom-riobugger-run1-a1", jumpstart_id=RECIPE.model_id,
              jumpstart_version=RECIPE.version, due=workshop.clock())
    )  # fmt: skip
    create = workshop.aws.sagemaker.create_training_job

    def late(request: dict[str, object]) -> dict[str, object]:
        """Stand in for a worker that stalls in the call until everybody has stopped waiting for its job."""
        asyncio.run_coroutine_threadsafe(overtaken(), loop).result(5)
        return create(request)

    async def overtaken() -> None:
        current = await stands(workshop.store, run)
        await workshop.put(replace(current, state=state, job="" if state == "queued" else run.job, due=None))

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(workshop.aws.sagemaker, "create_training_job", late)
    assert (await workshop.step(run)).state == state
    assert workshop.aws.called("stop_training_job") == [{"TrainingJobName": run.job}]


async def test_run_that_moves_on_at_the_moment_of_cancel_is_cancelled_all_the_same(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="queued"))
    await workshop.put(replace(run.to("preparing"), due=None))
    assert await cancel(workshop.store, run, MIRA, workshop.clock())
    assert (await stands(workshop.store, run)).state == "cancelled"


def test_cancel_waits_for_all_attempts_of_a_call() -> None:
    assert aws.ATTEMPTS * (aws.CONNECT_SECONDS + aws.CALL_SECONDS) < CREATING_SECONDS


async def test_endpoint_that_is_being_created_at_the_moment_of_cancel_is_taken_down_when_it_is_there(
    workshop: Workshop,
) -> None:
    run = await workshop.put(a_run(state="trained", model="model1"))
    claimed = workshop.clock() + workshop.settings.lease_seconds
    model = await workshop.put(a_model(state="deploying", stage="endpoint", attempt=1, tries=1, due=claimed))
    assert await cancelled(workshop, run)
    await workshop.follow(30)
    workshop.aws.sagemaker.endpoints["darkroom-riobugger-model1-a1"] = {"EndpointStatus": "InService"}
    await workshop.follow(120)
    assert (await stands(workshop.store, model)).state == "asleep"
    assert workshop.aws.sagemaker.endpoints == {}


async def test_job_that_never_came_does_not_hold_the_cancel_up(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="training", job="darkroom-riobugger-run1-a1"))
    assert await cancelled(workshop, run)
    await workshop.follow(120)
    assert (await stands(workshop.store, run)).state == "cancelled"


async def test_aws_that_does_not_answer_is_asked_to_stop_until_it_does(workshop: Workshop) -> None:
    run = await until_created(workshop, await a_queued_run(workshop, good=5))
    workshop.aws.script("stop_training_job", *[refusal("AccessDeniedException", "not allowed")] * 3)
    assert await cancelled(workshop, run)
    await workshop.follow(300)
    assert len(workshop.aws.called("stop_training_job")) == 4
    assert workshop.aws.sagemaker.jobs[run.job]["TrainingJobStatus"] == "Stopping"


async def test_endpoint_on_its_way_up_is_taken_down_and_the_model_kept(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="trained", model="model1"))
    model = await workshop.put(a_model(state="deploying", stage="watch", attempt=1))
    workshop.aws.sagemaker.endpoints["darkroom-riobugger-model1-a1"] = {"EndpointStatus": "InService"}
    assert await cancelled(workshop, run)
    await workshop.follow(60)
    assert (await stands(workshop.store, model)).state == "asleep"
    assert workshop.aws.sagemaker.endpoints == {}


@pytest.mark.parametrize("state", ["trained", "failed", "cancelled", "stopping"])
async def test_run_that_is_over_is_not_cancelled(workshop: Workshop, state: str) -> None:
    run = await workshop.put(a_run(state=state))
    assert not await cancelled(workshop, run)
    assert await stands(workshop.store, run) == run
    assert await workshop.store.members(TEAM, "catalogue") == []
    assert await workshop.store.get(Model, TEAM, "model1") is None


async def test_job_outlives_an_outage_of_aws_of_hours(workshop: Workshop) -> None:
    run = await until_created(workshop, await a_queued_run(workshop, good=5))
    workshop.aws.script("list_training_jobs", *[refusal("InternalFailure", "away", status=500)] * 200)
    await workshop.follow(3 * 3_600, every=60)
    assert (await stands(workshop.store, run)).state == "training"
    assert workshop.aws.called("stop_training_job") == []


@pytest.mark.parametrize("state", ["draining", "asleep"])
async def test_endpoint_that_waits_for_a_machine_is_not_asked_for_again_once_cancelled(
    workshop: Workshop, state: str
) -> None:
    run = await workshop.put(a_run(state="trained", model="model1"))
    until = workshop.clock() + 60
    due = until if state == "asleep" else workshop.clock()
    waiting = a_model(state=state, stage="endpoint", then="asleep", attempt=1, waits=1, waits_until=until, due=due)
    model = await workshop.put(waiting)
    assert await cancelled(workshop, run)
    await workshop.follow(300)
    rested = await stands(workshop.store, model)
    assert (rested.state, rested.waits, rested.waits_until, rested.due) == ("asleep", 0, 0, None)
    assert workshop.aws.names("create") == []
