"""What a model has cost: its endpoint from the moment that AWS has made it until AWS says that it is gone."""

from dataclasses import replace

import pytest

from core import ledger, spending
from core.records import Model
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_model, a_run, stands
from tests.support.workshop import Workshop
from workers.teardown import drain

NAME = "darkroom-riobugger-model1-a1"
AN_HOUR = 0.94
JANUARY = "spend:2027-01"


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model whose endpoint is to be brought up."""
    await workshop.put(a_run(state="trained", model="model1"))
    return await workshop.put(a_model(state="deploying", stage="model", attempt=1, dollars=0.25, due=workshop.clock()))


async def booked(workshop: Workshop) -> float:
    return float((await workshop.store.table(TEAM, JANUARY)).get("endpoints", 0))


async def test_endpoint_is_billed_from_its_creation_until_it_is_seen_to_be_gone(
    workshop: Workshop, model: Model
) -> None:
    await workshop.run_due()
    up = await stands(workshop.store, model)
    assert (up.up_since, up.an_hour) == (workshop.clock(), AN_HOUR)
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(3_600 * 3, every=60)
    down = await stands(workshop.store, model)
    assert (down.state, down.up_since) == ("asleep", 0)
    assert 3_600 < down.up_seconds < 4_000
    assert down.dollars == pytest.approx(0.25 + down.up_seconds / 3_600 * AN_HOUR)
    assert await booked(workshop) == pytest.approx(down.dollars - 0.25)


async def test_endpoint_that_is_on_a_machine_of_its_own_is_billed_by_its_price(
    workshop: Workshop, model: Model
) -> None:
    await workshop.put(replace(await stands(workshop.store, model), instance="ml.g5.2xlarge"))
    await workshop.run_due()
    assert (await stands(workshop.store, model)).an_hour == 1.515


async def test_endpoint_that_never_came_costs_nothing(workshop: Workshop, model: Model) -> None:
    workshop.aws.script("create_endpoint", *[refusal("AccessDeniedException", "not allowed")] * 3)
    await workshop.follow(120)
    failed = await stands(workshop.store, model)
    assert (failed.state, failed.up_seconds, failed.dollars) == ("failed", 0, 0.25)
    assert await booked(workshop) == 0


async def test_endpoint_that_failed_has_billed_until_it_was_taken_down(workshop: Workshop, model: Model) -> None:
    await workshop.run_due()
    await workshop.follow(600)
    workshop.aws.sagemaker.fail_endpoint(NAME, "The primary container did not pass the ping health check")
    await workshop.follow(120)
    failed = await stands(workshop.store, model)
    assert failed.state == "failed"
    assert 600 <= failed.up_seconds <= 720
    assert await booked(workshop) == pytest.approx(failed.dollars - 0.25)


async def test_teardown_that_another_worker_did_meanwhile_is_booked_once(workshop: Workshop, model: Model) -> None:
    await workshop.run_due()
    up = await stands(workshop.store, model)
    gone = await workshop.put(
        replace(up.to("draining", then="asleep", stage="deleting"), due=workshop.clock.advance(3_600))
    )
    workshop.aws.sagemaker.endpoints.clear()
    late = await workshop.store.take(TEAM, gone.member, workshop.clock(), workshop.clock() + 1)
    assert isinstance(late, Model)
    workshop.clock.advance(2)
    await workshop.run_due()
    await drain(workshop.house, late)
    assert await booked(workshop) == pytest.approx(AN_HOUR, rel=1e-2)
    assert spending.so_far(await stands(workshop.store, model), workshop.clock()) == pytest.approx(
        0.25 + AN_HOUR, rel=1e-2
    )


async def test_endpoint_bills_by_the_times_of_aws_and_not_by_when_a_worker_looked(
    workshop: Workshop, model: Model
) -> None:
    made = workshop.clock()
    await workshop.run_due()
    workshop.clock.advance(1_800)
    workshop.aws.sagemaker.serve(NAME)
    await workshop.run_due()
    up = await stands(workshop.store, model)
    assert (up.state, up.up_since) == ("in_service", made)


async def test_endpoint_whose_creation_nobody_could_write_down_is_billed_all_the_same(
    workshop: Workshop, model: Model
) -> None:
    await workshop.run_due()
    made, up = workshop.clock(), await stands(workshop.store, model)
    workshop.aws.sagemaker.serve(NAME)
    workshop.clock.advance(600)
    lost = replace(up.to("draining", then="asleep", stage="endpoint"), up_since=0, up_as="", up_on="", an_hour=None)
    await workshop.put(replace(lost, due=workshop.clock()))
    await workshop.follow(60, every=15)
    (line,) = await ledger.of_month(workshop.store, TEAM, "2027-01")
    assert (line.name, line.since, line.instance) == (NAME, made, "ml.g4dn.2xlarge")
    assert 600 <= line.seconds <= 660


async def test_hours_without_any_worker_after_the_deletion_are_not_on_the_bill(
    workshop: Workshop, model: Model
) -> None:
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    up = await stands(workshop.store, model)
    await workshop.put(replace(up.to("draining", then="asleep", stage="endpoint"), due=workshop.clock.advance(600)))
    await workshop.step(up)
    workshop.clock.advance(7_200)
    workshop.aws.sagemaker.endpoints.clear()
    await workshop.run_due()
    (line,) = await ledger.of_month(workshop.store, TEAM, "2027-01")
    assert line.seconds == pytest.approx(600 + 60)
