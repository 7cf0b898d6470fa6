"""A training job: named, then created; adopted only when ours; watched, and its card kept up to date."""

from dataclasses import replace

import pytest

from core import outbox, words
from core.records import Run
from tests.support.fake_aws import throttled
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import TEAM, a_message, a_model, stands
from tests.support.workshop import Workshop
from tests.workers.runs import LOST, a_queued_run, until_created
from workers.training import CLOCK_SECONDS


async def test_run_on_top_of_a_model_starts_from_its_artifact(workshop: Workshop) -> None:
    parent = await workshop.put(a_model(id="parent", artifact="s3://photos/parent/model.tar.gz"))
    run = replace(await a_queued_run(workshop, good=5), parent=parent.id, spot=True, instance="ml.g5.2xlarge")
    await workshop.put(run)
    await workshop.run_due()
    (asked,) = workshop.aws.called("create_training_job")
    channels = {one["ChannelName"]: one["DataSource"]["S3DataSource"]["S3Uri"] for one in asked["InputDataConfig"]}
    assert channels["model"] == parent.artifact
    assert (asked["EnableManagedSpotTraining"], asked["ResourceConfig"]["InstanceType"]) == (True, "ml.g5.2xlarge")


async def test_run_on_top_of_a_model_that_is_gone_fails_in_words(workshop: Workshop) -> None:
    run = replace(await a_queued_run(workshop, good=5), parent="gone")
    await workshop.put(run)
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason) == ("failed", words.training.PARENT_GONE)
    assert workshop.aws.called("create_training_job") == []


async def test_name_of_the_job_is_written_down_before_it_is_created(workshop: Workshop, run: Run) -> None:
    workshop.aws.script("create_training_job", LOST)
    await workshop.run_due()
    waiting = await stands(workshop.store, run)
    assert (waiting.state, waiting.job, waiting.job_created) == ("training", "darkroom-riobugger-run1-a1", False)


async def test_job_carries_tags_prompt_steps_and_places_of_this_run(workshop: Workshop, run: Run) -> None:
    await until_created(workshop, run)
    (asked,) = workshop.aws.called("create_training_job")
    tags = {tag["Key"]: tag["Value"] for tag in asked["Tags"]}
    assert tags["darkroom:deployment"] == "darkroom"
    assert (tags["darkroom:team"], tags["darkroom:record"]) == (TEAM, "run:run1")
    assert asked["InputDataConfig"][0]["DataSource"]["S3DataSource"]["S3Uri"] == (
        f"s3://photos/darkroom/{TEAM}/run1/dataset-a1/"
    )
    assert asked["HyperParameters"]["max_steps"] == '"200"'


async def test_job_is_created_once_though_the_answer_was_lost(workshop: Workshop, run: Run) -> None:
    workshop.aws.lose("create_training_job", LOST)
    await workshop.run_due()
    await workshop.follow(60)
    assert (await stands(workshop.store, run)).job_created
    assert len(workshop.aws.sagemaker.jobs) == 1


async def test_job_of_somebody_else_with_our_name_is_not_adopted(workshop: Workshop, run: Run) -> None:
    name = "darkroom-riobugger-run1-a1"
    workshop.aws.sagemaker.jobs[name] = {"TrainingJobStatus": "InProgress"}
    workshop.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = [{"Key": "owner", "Value": "somebody else"}]
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert failed.state == "failed"
    assert "Job name must be unique" in failed.reason
    assert workshop.aws.called("stop_training_job") == []


@pytest.mark.parametrize("key", ["darkroom:deployment", "darkroom:team", "darkroom:record"])
async def test_job_of_another_deployment_team_or_record_is_not_adopted(workshop: Workshop, run: Run, key: str) -> None:
    name = "darkroom-riobugger-run1-a1"
    workshop.aws.sagemaker.jobs[name] = {"TrainingJobStatus": "InProgress"}
    theirs = [tag | {"Value": "other"} if tag["Key"] == key else tag for tag in workshop.house.tags(run)]
    workshop.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = theirs
    await workshop.run_due()
    assert (await stands(workshop.store, run)).state == "failed"


async def test_throttling_is_waited_for(workshop: Workshop, run: Run) -> None:
    workshop.aws.script("create_training_job", *[throttled()] * 6)
    await workshop.run_due()
    await workshop.follow(300)
    assert (await stands(workshop.store, run)).job_created
    assert len(workshop.aws.called("create_training_job")) == 7


async def test_limit_of_the_account_fails_the_run_and_says_what_to_ask_for(workshop: Workshop, run: Run) -> None:
    said = "The account-level service limit 'ml.g4dn.2xlarge for training job usage' is 0 Instances"
    workshop.aws.script("create_training_job", refusal("ResourceLimitExceeded", said))
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert failed.reason == words.trouble.quota(said)
    assert "Service Quotas" in workshop.said()[-1]
    assert await workshop.store.members(TEAM, "runs") == []


async def test_job_is_watched_and_the_card_follows(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.jobs[run.job] |= {"SecondaryStatus": "Training"}
    workshop.aws.log_lines = ["Steps:  10%|█  | 20/200 [00:10]", "Steps:  60%|██ | 120/200 [00:20]"]
    await workshop.follow(15, every=15)
    seen = await stands(workshop.store, run)
    assert (seen.state, seen.stage, seen.step) == ("training", "Training", 120)
    assert seen.due == workshop.clock() + workshop.settings.poll_seconds
    assert "step 120 of 200" in str(workshop.slack.messages)


async def test_step_that_is_shown_never_goes_back(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.jobs[run.job] |= {"SecondaryStatus": "Training"}
    for lines, shown in ((["120/200"], 120), ([], 120), (["100/200"], 120), (["130/200"], 130)):
        workshop.aws.log_lines = lines
        await workshop.follow(15, every=15)
        assert (await stands(workshop.store, run)).step == shown


async def test_steps_of_a_spot_machine_that_was_taken_back_begin_anew(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, await workshop.put(replace(run, spot=True)))
    workshop.aws.sagemaker.jobs[run.job] |= {"SecondaryStatus": "Training"}
    for lines, shown in ((["120/200"], 120), ([], 120), (["3/200"], 3)):
        workshop.aws.log_lines = lines
        await workshop.follow(15, every=15)
        assert (await stands(workshop.store, run)).step == shown
    seen = await stands(workshop.store, run)
    assert seen.training_at == seen.drawn_at


async def test_job_that_nothing_happens_to_asks_once_a_poll_and_moves_only_the_clock(
    workshop: Workshop, run: Run
) -> None:
    run = await until_created(workshop, run)
    await workshop.follow(15, every=15)
    updates = len(workshop.slack.calls)
    looks = len(workshop.aws.called("list_training_jobs"))
    await workshop.follow(150, every=5)
    assert len(workshop.aws.called("list_training_jobs")) - looks == 10
    assert workshop.aws.called("describe_training_job") == []
    shown = len(workshop.slack.calls) - updates
    assert shown <= 150 / CLOCK_SECONDS, "only the clock on the card moves"


async def test_run_whose_photos_went_to_the_wrong_bucket_fails_in_words(workshop: Workshop, run: Run) -> None:
    workshop.aws.objects.clear()
    await workshop.follow(60)
    assert "The specified key does not exist" in (await stands(workshop.store, run)).reason


async def test_card_that_is_gone_does_not_stop_a_run(workshop: Workshop, run: Run) -> None:
    workshop.slack.script("chat.postMessage", *[refusal_of_slack() for _ in range(3)])
    await until_created(workshop, run)
    assert (await stands(workshop.store, a_message(id=outbox.card_id(run.id)))).state in {"pending", "dead", "sent"}


def refusal_of_slack() -> Exception:
    return TimeoutError("away")
