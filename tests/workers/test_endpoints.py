"""An endpoint on its way up: model resource, config, endpoint; adopted only when ours; failures told and cleaned up."""

from dataclasses import replace

import pytest

from core import idling, outbox, words
from core.change import Change
from core.holds import NOBODY
from core.idling import USED
from core.line import line_of
from core.records import Generation, Model
from core.states import LIFECYCLES
from core.sweeping import IDLE
from core.waiting import WAITS_MOST
from tests.support.fake_aws import throttled
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, a_run, stands
from tests.support.workshop import Workshop
from workers.endpoints import resource_name
from workers.trouble import Trouble

AN_HOUR, KEPT_AWAKE = 0.94, 3_600
NAME = "darkroom-riobugger-model1-a1"
LOST = refusal("InternalFailure", "lost", status=500)
CREATES = ["create_model", "create_endpoint_config", "create_endpoint"]


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model whose endpoint is to be brought up, and the card of its run."""
    run = await workshop.put(a_run(state="trained", model="model1"))
    await workshop.put(outbox.card(run, workshop.clock()))
    return await workshop.put(a_model(state="deploying", stage="model", attempt=1, due=workshop.clock()))


async def up(workshop: Workshop, model: Model) -> Model:
    """Bring the endpoint into service."""
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(15, every=15)
    return await stands(workshop.store, model)


async def test_endpoint_comes_up_in_order_under_one_name(workshop: Workshop, model: Model) -> None:
    await workshop.run_due()
    assert workshop.aws.names("create") == CREATES
    assert workshop.aws.called("create_model")[0]["ModelName"] == NAME
    assert workshop.aws.called("create_endpoint")[0]["EndpointConfigName"] == NAME
    assert (await stands(workshop.store, model)).stage == "watch"


async def test_model_that_jumpstart_has_withdrawn_since_is_woken_on_its_machine(
    workshop: Workshop, model: Model
) -> None:
    served = await up(workshop, model)
    workshop.jumpstart.trouble = Trouble("This model is deprecated.", "DeprecatedJumpStartModelError")
    asleep = await workshop.put(replace(served, state="asleep", due=None))
    await idling.wake_again(workshop.store, asleep, workshop.clock(), NOBODY)
    await workshop.run_due()
    first, again = workshop.aws.called("create_model")
    assert first["PrimaryContainer"] == again["PrimaryContainer"]


@pytest.mark.parametrize("operation", CREATES)
async def test_everything_that_is_created_carries_tags(workshop: Workshop, model: Model, operation: str) -> None:
    await workshop.run_due()
    (asked,) = workshop.aws.called(operation)
    ours = [tag for tag in asked["Tags"] if tag["Key"].startswith("darkroom:") and tag["Key"] != IDLE]
    assert ours == workshop.house.tags(model)


@pytest.mark.usefixtures("model")
async def test_endpoint_says_how_long_it_may_stand_unused_to_who_knows_nothing_else(workshop: Workshop) -> None:
    await workshop.run_due()
    told = {tag["Key"]: tag["Value"] for tag in workshop.aws.called("create_endpoint")[0]["Tags"]}
    learnt = 0.5 * 360 * (1 + 0.5 * 60 / AN_HOUR)
    assert float(told[IDLE]) == pytest.approx(learnt + KEPT_AWAKE, abs=1)


@pytest.mark.usefixtures("model")
async def test_endpoint_says_that_it_may_stand_unused_for_the_working_hours_of_its_channel(workshop: Workshop) -> None:
    assert await idling.set_hours(workshop.store, TEAM, MIRA, CHANNEL, "9-21 mon-fri UTC", workshop.clock())
    await workshop.run_due()
    told = {tag["Key"]: tag["Value"] for tag in workshop.aws.called("create_endpoint")[0]["Tags"]}
    assert float(told[IDLE]) == 12 * 3_600 + KEPT_AWAKE


@pytest.mark.parametrize("operation", CREATES)
async def test_name_that_our_lost_try_has_taken_is_gone_on_with(
    workshop: Workshop, model: Model, operation: str
) -> None:
    workshop.aws.lose(operation, LOST)
    await workshop.run_due()
    await workshop.follow(60)
    assert (await stands(workshop.store, model)).stage == "watch"
    assert len(workshop.aws.called(operation)) == 2
    assert [len(kind) for kind in standing(workshop)] == [1, 1, 1]


def standing(workshop: Workshop) -> list[dict[str, dict[str, object]]]:
    sagemaker = workshop.aws.sagemaker
    return [sagemaker.models, sagemaker.configs, sagemaker.endpoints]


async def test_endpoint_of_somebody_else_with_our_name_is_not_adopted(workshop: Workshop, model: Model) -> None:
    workshop.aws.sagemaker.endpoints[NAME] = {"EndpointStatus": "InService", "EndpointConfigName": "theirs"}
    workshop.aws.sagemaker.tags[f"{ARN}:endpoint/{NAME}"] = [{"Key": "darkroom:deployment", "Value": "another"}]
    await workshop.run_due()
    await workshop.follow(120)
    assert (await stands(workshop.store, model)).state == "failed"
    assert workshop.aws.called("invoke_endpoint") == []
    assert workshop.aws.called("delete_endpoint") == []


async def test_endpoint_in_service_is_announced_in_the_thread_with_a_sample(workshop: Workshop, model: Model) -> None:
    model = await up(workshop, model)
    assert (model.state, model.in_service_at) == ("in_service", workshop.clock())
    said = [one for one in workshop.slack.messages.values() if "*in service*" in one["text"]]
    assert [one["thread_ts"] for one in said] == [THREAD]
    (shared,) = workshop.slack.called("files.completeUploadExternal")
    assert (shared["thread_ts"], len(shared["files"])) == (THREAD, 1)
    assert "<@" not in shared["blocks"][0]["text"]["text"]


async def test_endpoint_that_comes_up_again_is_not_announced_again(workshop: Workshop, model: Model) -> None:
    model = await up(workshop, model)
    model = await workshop.put(model.to("draining", stage="", then="asleep", due=None))
    model = await workshop.put(model.to("asleep", due=None))
    await workshop.put(model.to("deploying", stage="watch", due=workshop.clock()))
    await workshop.run_due()
    assert (await stands(workshop.store, model)).state == "in_service"
    assert len([text for text in workshop.said() if "*in service*" in text]) == 1
    assert len(workshop.slack.called("files.completeUploadExternal")) == 1


async def test_prompts_that_waited_are_painted_in_order_once_it_is_in_service(workshop: Workshop, model: Model) -> None:
    for place in range(3):
        asked = await workshop.put(a_generation(id=f"g{place}", state="parked", prompt=f"riobugger number {place}"))
        await workshop.store.commit(Change(TEAM).index(line_of(model.id), asked.id, workshop.clock() + place))
    await up(workshop, model)
    comments = [one["blocks"][0]["text"]["text"] for one in workshop.slack.called("files.completeUploadExternal")]
    numbers = [comment[comment.index("number") + 7] for comment in comments if "number" in comment]
    assert numbers == ["0", "1", "2"]
    assert await workshop.store.members(TEAM, line_of(model.id)) == []


async def test_coming_into_service_counts_as_a_use(workshop: Workshop, model: Model) -> None:
    await up(workshop, model)
    assert await workshop.store.score(TEAM, USED, model.id) == workshop.clock()


async def test_endpoint_that_takes_its_time_is_asked_about_once_a_poll(workshop: Workshop, model: Model) -> None:
    await workshop.run_due()
    await workshop.follow(600)
    assert len(workshop.aws.called("list_endpoints")) == 600 / workshop.settings.poll_seconds
    assert workshop.aws.called("describe_endpoint") == []
    assert (await stands(workshop.store, model)).state == "deploying"


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("The primary container did not pass the ping health check.", "did not pass the ping health check"),
        ("", "no reason given"),
    ],
)
async def test_endpoint_that_fails_is_taken_down_and_told_in_words(
    workshop: Workshop, model: Model, reason: str, told: str
) -> None:
    await workshop.run_due()
    workshop.aws.sagemaker.fail_endpoint(NAME, reason)
    await workshop.follow(120)
    failed = await stands(workshop.store, model)
    assert (failed.state, failed.due) == ("failed", None)
    assert told in failed.reason
    assert standing(workshop) == [{}, {}, {}]
    (said,) = [one for one in workshop.slack.messages.values() if "did not come up" in one["text"]]
    assert told in said["text"]
    assert "Try again" in str(said["blocks"])


async def test_limit_of_the_account_leaves_nothing_standing(workshop: Workshop, model: Model) -> None:
    workshop.aws.script("create_endpoint", refusal("ResourceLimitExceeded", "the limit is 0 Instances"))
    await workshop.run_due()
    await workshop.follow(120)
    assert (await stands(workshop.store, model)).reason == words.trouble.quota("the limit is 0 Instances")
    assert standing(workshop) == [{}, {}, {}]


async def test_throttling_is_waited_for(workshop: Workshop, model: Model) -> None:
    workshop.aws.script("create_endpoint_config", *[throttled()] * 5)
    await workshop.run_due()
    await workshop.follow(300)
    assert (await stands(workshop.store, model)).stage == "watch"


async def test_who_waited_for_an_endpoint_that_does_not_come_is_told(workshop: Workshop, model: Model) -> None:
    asked = await workshop.put(a_generation(state="parked"))
    await workshop.store.commit(Change(TEAM).index(line_of(model.id), asked.id, 1.0))
    await workshop.run_due()
    workshop.aws.sagemaker.fail_endpoint(NAME, "no luck")
    await workshop.follow(120)
    asked = await stands(workshop.store, asked)
    assert (asked.state, asked.reason) == ("failed", "AWS says: no luck")
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert (told["user"], told["channel"]) == (asked.user, asked.channel)
    assert "no luck" in told["text"]
    assert await workshop.store.members(TEAM, line_of(model.id)) == []


async def test_sample_is_asked_for_once(workshop: Workshop, model: Model) -> None:
    await up(workshop, model)
    await workshop.follow(10)
    samples = await workshop.store.overdue(TEAM, float("inf"))
    assert [member for member, _ in samples if member.startswith("generation")] == []
    posted = [one for one in workshop.slack.files.values() if one["shares"]]
    assert len(posted) == 1


def test_generations_end_in_states_that_nothing_leads_out_of() -> None:
    assert {state for state, after in LIFECYCLES[Generation.kind].items() if not after} == {
        "deleted",
        "failed",
        "cancelled",
    }


CAPACITY = "CapacityError: Unable to provision requested ML compute capacity."


async def until_down(workshop: Workshop, model: Model) -> Model:
    """Let the endpoint of this attempt fail for lack of a machine, and be taken down."""
    await workshop.run_due()
    workshop.aws.sagemaker.fail_endpoint(resource_name(workshop.house, await stands(workshop.store, model)), CAPACITY)
    await workshop.follow(45, every=15)
    return await stands(workshop.store, model)


async def test_lack_of_a_machine_is_waited_for_and_the_prompts_stay_in_line(workshop: Workshop, model: Model) -> None:
    down = await until_down(workshop, model)
    assert (down.state, down.waits) == ("asleep", 1)
    assert workshop.aws.sagemaker.endpoints == {}
    assert down.due == down.waits_until
    await workshop.follow(120)
    again = await stands(workshop.store, model)
    assert (again.state, again.attempt) == ("deploying", down.attempt + 1)
    workshop.aws.sagemaker.serve(resource_name(workshop.house, again))
    await workshop.follow(30)
    up = await stands(workshop.store, model)
    assert (up.state, up.waits) == ("in_service", 0)


async def test_lack_of_a_machine_is_waited_for_only_so_often(workshop: Workshop, model: Model) -> None:
    failed = await until_down(workshop, await workshop.put(replace(model, waits=WAITS_MOST)))
    assert failed.state == "failed"
    assert f"in {WAITS_MOST + 1} attempts" in failed.reason


async def test_prompt_does_not_hurry_a_model_that_waits_for_a_machine(workshop: Workshop, model: Model) -> None:
    down = await until_down(workshop, model)
    await workshop.store.commit(Change(TEAM).touch(Model, model.id, workshop.clock()))
    await workshop.run_due()
    waiting = await stands(workshop.store, model)
    assert (waiting.state, waiting.due) == ("asleep", down.waits_until)
