"""A prompt is painted once, uploaded, shared once, and told about when it cannot be."""

import io
import json

import pytest
from botocore.exceptions import ReadTimeoutError

from core import outbox, words
from core.change import Change
from core.idling import USED
from core.line import line_of
from core.records import Model
from tests.support.fake_aws import JPEG, throttled
from tests.support.fake_sagemaker import refusal
from tests.support.fake_slack import refusal as refused
from tests.support.records import TEAM, THREAD, a_generation, a_model, stands
from tests.support.workshop import Workshop
from tests.workers.prompts import NAME, asked
from workers.invoke import ACCEPT

LOST = TimeoutError("the answer was lost")


@pytest.mark.usefixtures("model")
async def test_answered_prompt_leaves_the_line_and_counts_as_a_use(workshop: Workshop) -> None:
    await workshop.step(await asked(workshop))
    assert await workshop.store.members(TEAM, line_of("model1")) == []
    assert await workshop.store.score(TEAM, USED, "model1") == workshop.clock()


@pytest.mark.usefixtures("model")
async def test_endpoint_is_asked_for_all_pictures_at_once_as_jpeg(workshop: Workshop) -> None:
    await workshop.step(await asked(workshop, count=4, seed=0))
    (call,) = workshop.aws.called("invoke_endpoint")
    assert (call["ContentType"], call["Accept"], call["EndpointName"]) == ("application/json", ACCEPT, NAME)
    assert json.loads(call["Body"]) == {
        "prompt": "a photo of riobugger cat on the beach",
        "width": 512,
        "height": 512,
        "num_images_per_prompt": 4,
        "num_inference_steps": 50,
        "guidance_scale": 7.5,
        "seed": 0,
    }


@pytest.mark.usefixtures("model")
async def test_pictures_whose_sharing_was_lost_are_shared_once_and_painted_once(workshop: Workshop) -> None:
    generation = await asked(workshop)
    workshop.slack.lose("files.completeUploadExternal", LOST)
    await workshop.step(generation)
    await workshop.follow(60)
    assert (await stands(workshop.store, generation)).state == "posted"
    assert len(workshop.slack.called("files.completeUploadExternal")) == 1
    assert len(workshop.aws.called("invoke_endpoint")) == 1


@pytest.mark.usefixtures("model")
async def test_pictures_whose_sharing_was_lost_are_no_failure_while_slack_does_not_say_where_they_stand(
    workshop: Workshop,
) -> None:
    generation = await asked(workshop)
    workshop.slack.shares_late = 3
    workshop.slack.lose("files.completeUploadExternal", LOST)
    await workshop.step(generation)
    await workshop.follow(60)
    (shared,) = workshop.slack.shared
    assert ((shown := await stands(workshop.store, generation)).state, shown.ts) == ("posted", shared)


@pytest.mark.usefixtures("model")
async def test_pictures_that_were_not_shared_are_shared_from_what_was_uploaded(workshop: Workshop) -> None:
    generation = await asked(workshop)
    workshop.slack.script("files.completeUploadExternal", LOST)
    await workshop.step(generation)
    await workshop.follow(60)
    assert (await stands(workshop.store, generation)).state == "posted"
    assert len(workshop.slack.called("files.completeUploadExternal")) == 2
    assert len(workshop.downloads.uploads) == 1


@pytest.mark.usefixtures("model")
async def test_upload_that_slack_drops_is_tried_again(workshop: Workshop) -> None:
    generation = await asked(workshop)
    workshop.downloads.statuses = [503]
    assert (await workshop.step(generation)).state == "painting"
    await workshop.follow(60)
    assert (await stands(workshop.store, generation)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_prompt_that_the_model_refuses_is_told_to_its_asker_alone(workshop: Workshop) -> None:
    generation = await asked(workshop, prompt="<!channel> riobugger")
    said = refusal("ModelError", "Received client error (400)", OriginalStatusCode=400, OriginalMessage="bad <prompt>")
    workshop.aws.script("invoke_endpoint", said)
    failed = await workshop.step(generation)
    assert (failed.state, failed.reason) == ("failed", "AWS says: bad &lt;prompt&gt;")
    await workshop.run_due()
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert told["text"] == words.asking.generation_failed("<!channel> riobugger", failed.reason)
    assert "<!" not in told["text"]
    assert await workshop.store.members(TEAM, line_of("model1")) == []


@pytest.mark.usefixtures("model")
async def test_model_that_stumbles_is_asked_again_a_few_times(workshop: Workshop) -> None:
    generation = await asked(workshop)
    stumble = refusal("ModelError", "oops", OriginalStatusCode=500, OriginalMessage="the worker died")
    workshop.aws.script("invoke_endpoint", *[stumble] * 20)
    await workshop.step(generation)
    await workshop.follow(300)
    assert (await stands(workshop.store, generation)).reason == "AWS says: the worker died"
    assert len(workshop.aws.called("invoke_endpoint")) == 5


NO_MEMORY = refusal("ModelError", "oops", OriginalStatusCode=500, OriginalMessage="CUDA out of memory. Tried <b>")
CUT_OFF = refusal("ModelError", "oops", OriginalStatusCode=0, OriginalMessage="Your invocation timed out while waiting")
SILENT = ReadTimeoutError(endpoint_url="https://runtime.sagemaker")


@pytest.mark.parametrize(
    ("fault", "wish", "said"),
    [
        (NO_MEMORY, {"count": 4, "width": 768, "height": 768}, "fewer or smaller pictures: `--n 1`, `--size 512x512`."),
        (NO_MEMORY, {"count": 4}, "Try fewer or smaller pictures: `--n 1`."),
        (NO_MEMORY, {}, "It needs a larger machine"),
        (CUT_OFF, {"count": 4, "steps": 150}, "Try fewer steps or pictures: `--steps 50`, `--n 1`."),
        (SILENT, {"count": 2}, "over 60 seconds, and SageMaker waits no longer. Try fewer steps or pictures: `--n 1`."),
        (SILENT, {}, "It needs a faster machine"),
    ],
)
@pytest.mark.usefixtures("model")
async def test_what_is_too_much_for_the_endpoint_is_said_at_once_and_not_paid_for_again(
    workshop: Workshop, fault: Exception, wish: dict[str, int], said: str
) -> None:
    workshop.aws.script("invoke_endpoint", *[fault] * 3)
    failed = await workshop.step(await asked(workshop, **wish))
    assert failed.state == "failed"
    assert said in failed.reason
    await workshop.follow(300)
    assert len(workshop.aws.called("invoke_endpoint")) == 1
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert said in told["text"]


@pytest.mark.usefixtures("model")
async def test_throttling_is_waited_for(workshop: Workshop) -> None:
    generation = await asked(workshop)
    workshop.aws.script("invoke_endpoint", *[throttled("InvokeEndpoint")] * 6)
    await workshop.step(generation)
    await workshop.follow(300)
    assert (await stands(workshop.store, generation)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_reply_without_pictures_is_asked_for_again_a_few_times_and_not_at_once(workshop: Workshop) -> None:
    generation = await asked(workshop)
    empty = [{"Body": io.BytesIO(b'{"generated_images": []}')} for _ in range(20)]
    workshop.aws.script("invoke_endpoint", *empty)
    await workshop.step(generation)
    assert len(workshop.aws.called("invoke_endpoint")) == 1
    await workshop.follow(300)
    assert (await stands(workshop.store, generation)).state == "failed"
    assert len(workshop.aws.called("invoke_endpoint")) == 5


@pytest.mark.usefixtures("model")
async def test_sample_that_fails_is_told_to_nobody(workshop: Workshop) -> None:
    generation = await asked(workshop, sample=True, user="")
    workshop.aws.script("invoke_endpoint", refusal("ModelError", "no", OriginalStatusCode=400))
    await workshop.step(generation)
    await workshop.run_due()
    assert workshop.slack.calls == []


KEY = "darkroom/T0PETS/run1/sheet/1.jpg"


@pytest.mark.usefixtures("model")
async def test_picture_for_a_sheet_is_kept_in_the_bucket_and_shown_to_nobody(workshop: Workshop) -> None:
    posted = await workshop.step(await asked(workshop, keep=KEY, user=""))
    assert workshop.aws.objects == {KEY: JPEG}
    assert (posted.state, posted.files) == ("posted", ())
    assert await workshop.store.members(TEAM, line_of("model1")) == []
    await workshop.run_due()
    assert workshop.slack.calls == []


@pytest.mark.usefixtures("model")
async def test_picture_for_a_sheet_whose_keeping_was_lost_is_kept_once(workshop: Workshop) -> None:
    generation = await asked(workshop, keep=KEY, user="")
    workshop.aws.lose("put_object", refusal("InternalError", "lost", status=500))
    await workshop.step(generation)
    await workshop.follow(60)
    assert (await stands(workshop.store, generation)).state == "posted"
    assert list(workshop.aws.objects) == [KEY]


@pytest.mark.usefixtures("model")
async def test_picture_for_a_sheet_that_fails_is_told_to_nobody(workshop: Workshop) -> None:
    generation = await asked(workshop, keep=KEY, user="")
    workshop.aws.script("invoke_endpoint", refusal("ModelError", "no", OriginalStatusCode=400))
    assert (await workshop.step(generation)).state == "failed"
    await workshop.run_due()
    assert workshop.slack.calls == []


@pytest.mark.parametrize("state", ["asleep", "draining", "failed"])
async def test_picture_that_nobody_asked_for_wakes_no_model(workshop: Workshop, state: str) -> None:
    model = await workshop.put(a_model(state=state, stage="endpoint", then="asleep", attempt=1))
    generation = await asked(workshop, sample=True, user="", keep=KEY)
    await workshop.store.commit(Change(TEAM).touch(Model, model.id, workshop.clock()))
    await workshop.follow(60)
    failed = await stands(workshop.store, generation)
    assert (failed.state, failed.reason) == ("failed", words.comparing.FELL_ASLEEP)
    assert (await stands(workshop.store, model)).state in {"asleep", "failed"}
    assert workshop.aws.names("create") == []


async def test_picture_that_nobody_asked_for_brings_no_lost_endpoint_back(workshop: Workshop) -> None:
    model = await workshop.put(a_model(state="in_service", attempt=1))
    generation = await asked(workshop, sample=True, user="", keep=KEY)
    await workshop.follow(60)
    assert (await stands(workshop.store, generation)).state == "failed"
    assert (await stands(workshop.store, model)).state == "asleep"
    assert workshop.aws.names("create") == []


@pytest.mark.usefixtures("model")
async def test_note_goes_when_the_pictures_come(workshop: Workshop) -> None:
    generation = await asked(workshop, noted=True, thread_ts=THREAD)
    await workshop.step(await workshop.put(outbox.note(generation, "painting…", workshop.clock())))
    await workshop.step(generation)
    await workshop.follow(10)
    assert workshop.slack.messages == {}


@pytest.mark.parametrize("state", ["asleep", "draining", "deploying", "failed"])
async def test_prompt_for_a_model_that_is_not_in_service_is_parked_and_the_model_looked_at(
    workshop: Workshop, state: str
) -> None:
    model = await workshop.put(a_model(state=state, attempt=1))
    parked = await workshop.step(await asked(workshop))
    assert (parked.state, parked.due) == ("parked", None)
    assert (await stands(workshop.store, model)).due == workshop.clock()


async def test_prompt_whose_model_is_gone_fails_in_words(workshop: Workshop) -> None:
    failed = await workshop.step(await asked(workshop))
    assert failed.state == "failed"
    assert "Something went wrong" in failed.reason


async def test_question_that_nobody_answers_is_let_go_after_an_hour(workshop: Workshop) -> None:
    question = await workshop.put(a_generation(state="parked", model="", due=workshop.clock() + 3_600))
    workshop.clock.advance(3_500)
    assert (await workshop.step(question)).state == "parked"
    workshop.clock.advance(100)
    assert (await workshop.step(question)).state == "cancelled"


@pytest.mark.usefixtures("model")
async def test_pictures_of_a_thread_that_was_deleted_stand_in_the_channel(workshop: Workshop) -> None:
    workshop.slack.script("files.completeUploadExternal", refused("thread_not_found"))
    posted = await workshop.step(await asked(workshop, thread_ts=THREAD))
    assert posted.state == "posted"
    where = [said.get("thread_ts") for said in workshop.slack.called("files.completeUploadExternal")]
    assert where == [THREAD, None]
