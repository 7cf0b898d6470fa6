"""A model in service, asleep or broken: warned about once, taken down in time, woken when somebody asks."""

from dataclasses import replace

import pytest

from core import asking, idling, outbox
from core.asking import Asked
from core.change import Change
from core.idling import USED
from core.imagine_grammar import Imagine
from core.line import line_of
from core.names import DAY
from core.records import Model
from core.sweeping import IDLE
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, a_run, stands
from tests.support.workshop import Workshop
from workers.sweeper import Sweeper

NAME = "darkroom-riobugger-model1-a1"
AGAIN = "darkroom-riobugger-model1-a2"


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model in service, with all that stands for it in AWS and Redis."""
    run = await workshop.put(a_run(state="trained", model="model1"))
    await workshop.put(outbox.card(run, workshop.clock()))
    sagemaker = workshop.aws.sagemaker
    sagemaker.models[NAME], sagemaker.configs[NAME] = {}, {}
    sagemaker.serve(NAME)
    now = workshop.clock()
    model = await workshop.put(a_model(state="in_service", attempt=1, in_service_at=now, due=now))
    await workshop.store.commit(Change(TEAM).index(USED, model.id, now).name("catalogue", model.id, model.subject))
    await workshop.run_due()
    return await stands(workshop.store, model)


async def ask(workshop: Workshop, key: str) -> asking.Answer:
    asked = Asked(TEAM, MIRA, CHANNEL, "", key)
    return await asking.ask(workshop.store, asked, Imagine("a photo of riobugger cat"), workshop.clock())


@pytest.mark.usefixtures("model")
async def test_idle_endpoint_is_warned_about_once_and_goes_in_time(workshop: Workshop) -> None:
    await workshop.follow(3_300 - 30, every=30)
    assert workshop.said() == ["riobugger · cat"]
    await workshop.follow(240, every=30)
    warnings = [text for text in workshop.said() if "Nobody has used" in text]
    assert warnings == [
        "Nobody has used *riobugger* for a while. I take its endpoint down in 5 minutes. It costs $0.94 an hour."
    ]
    assert NAME in workshop.aws.sagemaker.endpoints
    await workshop.follow(150, every=30)
    assert workshop.aws.sagemaker.endpoints == {}
    assert len([text for text in workshop.said() if "Nobody has used" in text]) == 1


async def test_teardown_goes_in_order_and_says_what_is_saved(workshop: Workshop, model: Model) -> None:
    await workshop.follow(3_900, every=30)
    assert workshop.aws.names("delete") == ["delete_endpoint", "delete_endpoint_config", "delete_model"]
    asleep = await stands(workshop.store, model)
    assert (asleep.state, asleep.due) == ("asleep", None)
    assert "asleep" in workshop.said()[-1]
    assert "saves $0.94 an hour" in workshop.said()[-1]


@pytest.mark.usefixtures("model")
async def test_endpoint_is_seen_to_be_gone_before_its_config_goes(workshop: Workshop) -> None:
    workshop.aws.sagemaker.looks_until_gone = 3
    await workshop.follow(3_600, every=30)
    await workshop.follow(15, every=15)
    assert workshop.aws.names("delete") == ["delete_endpoint"]
    await workshop.follow(120, every=15)
    calls = workshop.aws.names("delete", "describe")
    assert calls[calls.index("delete_endpoint") :] == [
        "delete_endpoint",
        *["describe_endpoint"] * 4,
        "delete_endpoint_config",
        "delete_model",
    ]


@pytest.mark.parametrize("gone", ["endpoints", "configs", "models"])
async def test_what_somebody_else_has_deleted_is_done(workshop: Workshop, model: Model, gone: str) -> None:
    getattr(workshop.aws.sagemaker, gone).clear()
    await workshop.follow(3_900, every=30)
    assert (await stands(workshop.store, model)).state == "asleep"
    sagemaker = workshop.aws.sagemaker
    assert [sagemaker.endpoints, sagemaker.configs, sagemaker.models] == [{}, {}, {}]


async def test_keep_awake_gives_an_hour_and_a_warning_of_its_own(workshop: Workshop, model: Model) -> None:
    await workshop.follow(3_400, every=50)
    model = await stands(workshop.store, model)
    assert await idling.keep_awake(workshop.store, model, "U0THEO", idling.Keeping(3_600, 0.94), workshop.clock())
    await workshop.follow(3_500, every=50)
    assert NAME in workshop.aws.sagemaker.endpoints
    assert len([text for text in workshop.said() if "Nobody has used" in text]) == 2
    assert any("<@U0THEO> keeps *riobugger* awake" in text for text in workshop.said())
    await workshop.follow(200, every=50)
    assert workshop.aws.sagemaker.endpoints == {}


@pytest.mark.usefixtures("model")
async def test_endpoint_that_others_call_stays_up_until_they_are_done(workshop: Workshop) -> None:
    workshop.aws.invocations[NAME] = [workshop.clock() + 3_000]
    await workshop.follow(6_500, every=50)
    assert NAME in workshop.aws.sagemaker.endpoints
    await workshop.follow(200, every=20)
    assert workshop.aws.sagemaker.endpoints == {}


@pytest.mark.usefixtures("model")
async def test_endpoint_goes_in_time_though_cloudwatch_is_away(workshop: Workshop) -> None:
    denied = refusal("AccessDenied", "not authorized to perform: cloudwatch:GetMetricStatistics")
    workshop.aws.script("get_metric_statistics", *[denied] * 9)
    await workshop.follow(3_700, every=30)
    assert workshop.aws.sagemaker.endpoints == {}


def tag(workshop: Workshop) -> float:
    (said,) = [one["Value"] for one in workshop.aws.sagemaker.tags[f"{ARN}:endpoint/{NAME}"] if one["Key"] == IDLE]
    return float(said)


async def test_endpoint_that_is_up_says_that_it_may_stand_longer_when_people_have_it_so(
    workshop: Workshop, model: Model
) -> None:
    told = workshop.settings.keep_seconds
    await workshop.put(replace(model, idle_seconds=4 * 3_600, due=workshop.clock()))
    await workshop.run_due()
    assert tag(workshop) == 4 * 3_600 + told
    assert await idling.set_hours(workshop.store, TEAM, MIRA, CHANNEL, "0-12 every day UTC", workshop.clock())
    await workshop.follow(1_200, every=300)
    assert tag(workshop) == 12 * 3_600 + told
    assert len(workshop.aws.called("add_tags")) == len(["before there were tags", "its own idle time", "hours"])


async def test_endpoint_whose_tag_aws_does_not_change_stays_and_is_tagged_later(
    workshop: Workshop, model: Model
) -> None:
    workshop.aws.script("add_tags", refusal("AccessDenied", "not authorized to perform: sagemaker:AddTags"))
    await workshop.put(replace(model, idle_seconds=4 * 3_600, due=workshop.clock()))
    await workshop.run_due()
    assert (await stands(workshop.store, model)).state == "in_service"
    await workshop.follow(1_200, every=300)
    assert tag(workshop) == 4 * 3_600 + workshop.settings.keep_seconds


@pytest.mark.usefixtures("model")
async def test_prompt_is_a_use(workshop: Workshop) -> None:
    await workshop.follow(3_500, every=50)
    await ask(workshop, "t1")
    await workshop.run_due()
    await workshop.follow(3_500, every=50)
    assert NAME in workshop.aws.sagemaker.endpoints


async def test_endpoint_is_never_deleted_while_a_prompt_is_in_its_line(workshop: Workshop, model: Model) -> None:
    await workshop.store.commit(
        Change(TEAM).put(a_generation(state="painting")).index(line_of(model.id), "generation1", 1.0)
    )
    await workshop.follow(7_200, every=60)
    assert workshop.aws.names("delete") == []
    painting = await stands(workshop.store, a_generation())
    await workshop.store.commit(Change(TEAM).put(painting.to("posted")).unindex(line_of(model.id), painting.id))
    await workshop.follow(60)
    assert workshop.aws.names("delete")[:1] == ["delete_endpoint"]


async def test_prompt_in_the_line_that_is_over_or_gone_does_not_keep_an_endpoint_up(
    workshop: Workshop, model: Model
) -> None:
    await workshop.put(a_generation(id="over", state="failed"))
    for identity in ("over", "gone"):
        await workshop.store.commit(Change(TEAM).index(line_of(model.id), identity, 1.0))
    await workshop.follow(3_900, every=30)
    assert (await stands(workshop.store, model)).state == "asleep"


@pytest.mark.parametrize("steps", range(1, 8))
async def test_prompt_that_races_the_deletion_is_parked_and_answered(
    workshop: Workshop, model: Model, steps: int
) -> None:
    workshop.clock.advance(3_600)
    await workshop.store.commit(Change(TEAM).touch(Model, model.id, workshop.clock()))
    for _ in range(steps):
        await workshop.step(model)
        workshop.clock.advance(3)
    asked = (await ask(workshop, f"race{steps}")).generation
    for _ in range(40):
        await workshop.follow(15, every=15)
        for name, endpoint in list(workshop.aws.sagemaker.endpoints.items()):
            if endpoint["EndpointStatus"] == "Creating":
                workshop.aws.sagemaker.serve(name)
    assert (await stands(workshop.store, asked)).state == "posted"
    assert (await stands(workshop.store, model)).state == "in_service"
    assert workshop.aws.names("create_training") == []


@pytest.mark.usefixtures("model")
async def test_sleeping_model_is_woken_by_a_prompt_without_training(workshop: Workshop) -> None:
    await workshop.follow(3_900, every=30)
    asked = (await ask(workshop, "wake")).generation
    await workshop.run_due()
    assert list(workshop.aws.sagemaker.endpoints) == [AGAIN]
    workshop.aws.sagemaker.serve(AGAIN)
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, asked)).state == "posted"
    assert workshop.aws.names("create_training") == []


@pytest.mark.usefixtures("model")
async def test_many_prompts_wake_a_model_once(workshop: Workshop) -> None:
    await workshop.follow(3_900, every=30)
    for key in "abc":
        await ask(workshop, key)
    await workshop.run_due()
    assert len(workshop.aws.called("create_endpoint")) == 1


@pytest.mark.usefixtures("model")
async def test_endpoint_that_somebody_deleted_is_cleaned_up_after_and_the_prompt_answered_by_another(
    workshop: Workshop,
) -> None:
    workshop.aws.sagemaker.endpoints.clear()
    asked = (await ask(workshop, "lost")).generation
    await workshop.run_due()
    await workshop.follow(120)
    assert list(workshop.aws.sagemaker.endpoints) == [AGAIN]
    workshop.aws.sagemaker.serve(AGAIN)
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, asked)).state == "posted"
    assert list(workshop.aws.sagemaker.configs) == [AGAIN]


async def test_endpoint_that_cannot_be_taken_down_is_tried_for_ever_and_told_once(
    workshop: Workshop, model: Model
) -> None:
    workshop.aws.script("delete_endpoint", *[refusal("AccessDeniedException", "not allowed")] * 30)
    await workshop.follow(3_600 + 1_200, every=30)
    model = await stands(workshop.store, model)
    assert (model.state, model.due is not None) == ("draining", True)
    assert len([text for text in workshop.said() if "may still cost money" in text]) == 1
    await workshop.follow(3_600, every=60)
    assert (await stands(workshop.store, model)).state == "asleep"


async def test_failed_model_is_woken_by_a_new_prompt(workshop: Workshop) -> None:
    await workshop.put(a_run(state="trained", model="model1"))
    model = await workshop.put(a_model(state="failed", attempt=1, reason="no"))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    await ask(workshop, "again")
    await workshop.run_due()
    assert list(workshop.aws.sagemaker.endpoints) == [AGAIN]
    assert (await stands(workshop.store, model)).state == "deploying"


@pytest.mark.usefixtures("no_turns")
async def test_clock_that_leaps_a_day_ahead_and_comes_back_keeps_no_endpoint_up_for_that_day(
    workshop: Workshop, model: Model
) -> None:
    workshop.clock.advance(DAY)
    await ask(workshop, "by the wrong clock")
    await workshop.run_due()
    assert await idling.keep_awake(
        workshop.store, await stands(workshop.store, model), MIRA, idling.Keeping(3_600, 0.94), workshop.clock()
    )
    await workshop.run_due()
    assert ((await stands(workshop.store, model)).due or 0.0) > workshop.clock()
    workshop.clock.advance(-DAY)

    told = {"app": "darkroom", "deployment": "darkroom", "team": TEAM, "record": model.member}
    tags = [{"Key": f"darkroom:{key}", "Value": value} for key, value in told.items()]
    workshop.aws.sagemaker.tags[f"{ARN}:endpoint/{NAME}"] = tags
    await workshop.store.remembers_since(workshop.clock())
    await Sweeper(workshop.aws.aws, workshop.store, workshop.settings, workshop.clock).sweep()
    await workshop.follow(3_600 - 30, every=30)
    assert NAME in workshop.aws.sagemaker.endpoints
    await workshop.follow(120, every=30)
    assert workshop.aws.sagemaker.endpoints == {}
    assert await workshop.store.scores(TEAM, idling.uses_of(model.id)) == {}
