"""What an endpoint has cost that went while no worker of ours looked: until it can have been up, and not until now."""

import pytest

from core import holds, idling, ledger
from core.change import Change
from core.ledger import Charge
from core.names import DAY
from core.records import Model
from core.sweeping import GRACE_SECONDS
from tests.support.fake_sagemaker import refusal
from tests.support.records import MIRA, TEAM, a_model, a_run, stands
from tests.support.workshop import Workshop
from workers.stateless import Stateless
from workers.sweeper import PASS_SECONDS, Sweeper

pytestmark = pytest.mark.usefixtures("no_turns")

NAME = "darkroom-riobugger-model1-a1"
HOUR, AN_HOUR = 3_600.0, 0.94
EVERY = 1_800.0
"""How often the stateless sweep runs, as the README has it."""


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model whose endpoint has just come into service, with the picture that is announced."""
    await workshop.put(a_run(state="trained", model="model1"))
    model = await workshop.put(a_model(state="deploying", stage="model", attempt=1, due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(60, every=15)
    return await stands(workshop.store, model)


async def billed(workshop: Workshop, model: Model) -> Charge:
    """Let workers see that the endpoint is gone; gives the one line of it, by which budgets and the model go too."""
    await workshop.follow(120, every=15)
    asleep = await stands(workshop.store, model)
    (line,) = await ledger.of_month(workshop.store, TEAM, "2027-01")
    assert (asleep.state, asleep.up_since, asleep.held) == ("asleep", 0, {})
    assert (line.name, line.since) == (NAME, model.up_since)
    assert asleep.up_seconds == pytest.approx(line.seconds)
    used = await workshop.store.table(TEAM, holds.table_of("2027-01"))
    assert float(used["workspace"]) == pytest.approx(line.dollars)
    return line


async def nobody_works(workshop: Workshop, seconds: float) -> float:
    """Let time go by with the stateless sweep alone; gives when it deleted the endpoint, in Unix seconds."""
    sweep, went = Stateless(workshop.aws.aws, "darkroom", workshop.clock), list[float]()
    for _ in range(round(seconds / EVERY)):
        workshop.clock.advance(EVERY)
        await sweep.sweep()
        went += [workshop.clock()] * len(workshop.aws.called("delete_endpoint"))
    return went[0]


async def sweep(workshop: Workshop, seconds: float) -> None:
    """Let workers and their sweeper go about their work."""
    sweeper = Sweeper(workshop.aws.aws, workshop.store, workshop.settings, workshop.clock)
    for _ in range(round(seconds / PASS_SECONDS)):
        await sweeper.sweep()
        await workshop.follow(PASS_SECONDS, every=60)


async def test_endpoint_that_a_sweep_ended_while_the_bot_was_dead_is_billed_until_then(
    workshop: Workshop, model: Model
) -> None:
    went = await nobody_works(workshop, 3 * DAY)
    line = await billed(workshop, model)
    assert went - EVERY <= line.until <= went
    assert line.dollars == pytest.approx(AN_HOUR * (went - model.up_since) / HOUR, abs=AN_HOUR / 2)


async def test_endpoint_that_others_called_while_the_bot_was_dead_is_billed_for_that_too(
    workshop: Workshop, model: Model
) -> None:
    workshop.aws.invocations[NAME] = [workshop.clock() + hours * HOUR for hours in (1, 2, 3)]
    went = await nobody_works(workshop, 3 * DAY)
    assert went > model.up_since + 4 * HOUR
    assert went - EVERY <= (await billed(workshop, model)).until <= went


async def test_endpoint_of_which_cloudwatch_tells_nothing_is_billed_by_our_own_calls(
    workshop: Workshop, model: Model
) -> None:
    went = await nobody_works(workshop, 3 * DAY)
    workshop.aws.script("get_metric_statistics", *[refusal("AccessDenied", "not authorized")] * 9)
    assert went - EVERY <= (await billed(workshop, model)).until <= went


async def test_endpoint_that_was_kept_awake_beyond_its_tag_is_billed_for_as_long_as_it_was_seen(
    workshop: Workshop, model: Model
) -> None:
    for _ in range(6):
        up = await stands(workshop.store, model)
        assert await idling.keep_awake(workshop.store, up, MIRA, idling.Keeping(HOUR, AN_HOUR), workshop.clock())
        await sweep(workshop, HOUR * 5 / 6)
    seen = workshop.clock()
    assert seen > model.up_since + model.tagged_idle + GRACE_SECONDS + 2 * HOUR
    workshop.aws.sagemaker.endpoints.clear()
    workshop.clock.advance(3 * DAY)
    assert seen - PASS_SECONDS <= (await billed(workshop, model)).until <= seen


async def test_endpoint_that_somebody_deleted_while_workers_looked_is_billed_until_they_saw_it(
    workshop: Workshop, model: Model
) -> None:
    await sweep(workshop, HOUR / 2)
    deleted = workshop.clock()
    workshop.aws.sagemaker.endpoints.clear()
    await sweep(workshop, PASS_SECONDS)
    assert deleted <= (await billed(workshop, model)).until <= deleted + PASS_SECONDS


async def test_endpoint_that_was_gone_at_its_first_sight_has_cost_something_and_not_days(workshop: Workshop) -> None:
    model = await workshop.put(a_model(state="deploying", stage="model", attempt=1, due=workshop.clock()))
    await workshop.run_due()
    made = await stands(workshop.store, model)
    workshop.aws.sagemaker.endpoints.clear()
    workshop.clock.advance(3 * DAY)
    await workshop.follow(120, every=15)
    (line,) = await ledger.of_month(workshop.store, TEAM, "2027-01")
    assert line.since == made.up_since
    assert 0 < line.seconds <= made.tagged_idle + GRACE_SECONDS


async def test_deletion_whose_answer_was_lost_is_billed_until_the_endpoint_is_seen_to_be_gone(
    workshop: Workshop, model: Model
) -> None:
    workshop.aws.lose("delete_endpoint", refusal("InternalFailure", "lost", status=500))
    workshop.aws.sagemaker.looks_until_gone = 0
    while NAME in workshop.aws.sagemaker.endpoints:
        await workshop.follow(15, every=15)
    gone = workshop.clock()
    assert (await billed(workshop, model)).until == pytest.approx(gone, abs=30)


async def test_endpoint_that_is_deleted_as_usual_is_billed_to_the_minute(workshop: Workshop, model: Model) -> None:
    while NAME in workshop.aws.sagemaker.endpoints:
        await workshop.follow(15, every=15)
    lasted = workshop.clock() - model.up_since
    assert (await billed(workshop, model)).seconds == pytest.approx(lasted, rel=0.01)


async def test_thread_is_told_what_the_endpoint_cost_and_not_how_long_the_bot_was_dead(
    workshop: Workshop, model: Model
) -> None:
    await workshop.store.commit(Change(TEAM).add(idling.ANSWERED, model.id, 3, int(DAY)))
    await nobody_works(workshop, 3 * DAY)
    line = await billed(workshop, model)
    (said,) = [text for text in workshop.said() if "asleep" in text]
    assert "It was up for 136 minutes, answered 3 prompts" in said
    assert f"cost ${line.dollars:.1f}" in said
