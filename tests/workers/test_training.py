"""A training run, from the queue to its model: named, then created; adopted only when ours; failed in words."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core import collecting, names, outbox, recipe, words
from core.change import Change
from core.choosing_photos import take_away
from core.queue import QUEUE
from core.records import Model, Run
from tests.support.fake_aws import JPEG, throttled
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import TEAM, a_message, a_model, a_photo, a_run, stands
from tests.support.workshop import Workshop
from workers import data_set
from workers.training import CLOCK_SECONDS

ARTIFACT = "s3://photos/darkroom/out/model.tar.gz"
STEPS = {"max_steps": "200"}
LOST = refusal("InternalFailure", "lost", status=500)


@pytest.fixture
async def run(workshop: Workshop) -> Run:
    """A queued run with five good photos in S3, one that was left out, and its card."""
    return await a_queued_run(workshop, good=5)


async def a_queued_run(workshop: Workshop, good: int) -> Run:
    run = await workshop.put(a_run(state="queued", attempt=1, hyperparameters=STEPS, due=workshop.clock()))
    await workshop.put(replace(outbox.card(run, workshop.clock()), due=None))
    change = Change(TEAM).index("runs", run.id, 1.0).index(QUEUE, run.id, 1.0, Run.ttl)
    for place in range(good + 1):
        state = "judged" if place < good else "left_out"
        photo = await workshop.put(a_photo(id=f"p{place}", state=state))
        change.index(collecting.photos_of(run.id), photo.id, float(place), Run.ttl)
        for framing in ("crop", "fit"):
            workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, photo.id, framing)] = JPEG
    await workshop.store.commit(change)
    return run


async def until_created(workshop: Workshop, run: Run) -> Run:
    """Step until the job is created, with no time going by."""
    await workshop.run_due()
    run = await stands(workshop.store, run)
    assert run.job_created
    return run


async def test_data_set_is_laid_out_with_the_prompt_and_the_good_photos(workshop: Workshop, run: Run) -> None:
    await until_created(workshop, run)
    prefix = f"darkroom/{TEAM}/run1/dataset-a1/"
    laid = {key.removeprefix(prefix): body for key, body in workshop.aws.objects.items() if key.startswith(prefix)}
    info = laid.pop("dataset_info.json")
    assert laid == {f"p{k}.jpg": JPEG for k in range(5)}
    assert info == b'{"instance_prompt": "a photo of riobugger cat"}'


async def test_set_of_more_photos_than_the_most_trains_on_the_first(workshop: Workshop) -> None:
    await until_created(workshop, await a_queued_run(workshop, good=recipe.PHOTOS_MOST + 2))
    assert len([key for key in workshop.aws.objects if "dataset-a1" in key]) == recipe.PHOTOS_MOST + 1


async def test_photo_that_is_taken_back_while_the_data_set_is_laid_out_is_left_out(
    workshop: Workshop, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = workshop.house.aws.s3.copy_object

    def taken_back(**request: Any) -> Any:  # noqa: ANN401 - boto3's own
        """Stand in for a message that is deleted between the look at the set and the copies."""
        monkeypatch.undo()
        del workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, "p0")]
        asyncio.run_coroutine_threadsafe(take_away(workshop.store, run, "p0's", [], workshop.clock()), loop).result(5)
        return copy(**request)

    loop = asyncio.get_running_loop()
    photo = await stands(workshop.store, a_photo(id="p0"))
    await workshop.put(replace(photo, ts="p0's"))
    monkeypatch.setattr(workshop.house.aws.s3, "copy_object", taken_back, raising=False)
    await workshop.follow(10)
    assert (await stands(workshop.store, run)).job_created
    laid = [key for key in workshop.aws.objects if "dataset-a1" in key and key.endswith(".jpg")]
    assert len(laid) == 4


async def test_class_photos_lie_apart_and_only_with_prior_preservation(workshop: Workshop, run: Run) -> None:
    for place in range(3):
        photo = await workshop.put(a_photo(id=f"c{place}", state="judged", role="class"))
        await workshop.store.commit(Change(TEAM).index(collecting.photos_of(run.id), photo.id, 9.0 + place, Run.ttl))
        workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, photo.id)] = JPEG
    prior = replace(run, hyperparameters={"with_prior_preservation": "True"})
    for attempt, told in ((1, run), (2, prior)):
        await data_set.lay_out(workshop.house, replace(told, attempt=attempt))
    keys = [key for key in workshop.aws.objects if "class_data_dir" in key]
    assert keys == [f"darkroom/{TEAM}/run1/dataset-a2/class_data_dir/c{place}.jpg" for place in range(3)]
    info = workshop.aws.objects[f"darkroom/{TEAM}/run1/dataset-a2/dataset_info.json"]
    assert json.loads(info) == {"instance_prompt": "a photo of riobugger cat", "class_prompt": "a photo of a cat"}


async def test_photos_are_laid_out_whole_when_the_set_says_so(workshop: Workshop, run: Run) -> None:
    workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, "p0", "fit")] = b"whole"
    await data_set.lay_out(workshop.house, replace(run, framing="fit"))
    assert workshop.aws.objects[f"darkroom/{TEAM}/run1/dataset-a1/p0.jpg"] == b"whole"


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


async def test_finished_job_says_what_it_took_and_cost(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    began = datetime(2027, 1, 1, tzinfo=UTC)
    workshop.aws.sagemaker.jobs[run.job] |= {
        "CreationTime": began,
        "TrainingEndTime": began + timedelta(minutes=20),
        "BillableTimeInSeconds": 900,
        "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"},
    }
    await workshop.follow(15, every=15)
    over = await stands(workshop.store, run)
    assert (over.took_seconds, over.billed_seconds, over.dollars) == (1_200, 900, pytest.approx(0.94 / 4))
    assert "took 20 minutes and cost $0.2" in str(workshop.slack.messages)
    assert await workshop.store.members(TEAM, "finished") == [run.id]


async def test_set_with_too_few_photos_costs_nothing(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=3)
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason) == ("failed", words.training.too_few_photos(3, 4))
    assert workshop.aws.names("create") == []


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
    assert "Try again" in str(said[0]["blocks"])


async def test_run_that_is_given_up_stops_its_job(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    workshop.aws.script("list_training_jobs", refusal("AccessDeniedException", "not allowed"))
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, run)).state == "failed"
    assert workshop.aws.called("stop_training_job") == [{"TrainingJobName": run.job}]


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
