"""What a crash, or somebody's hand in AWS, leaves half recorded is adopted, by the record's own steps."""

from typing import Any

import pytest

from core.change import Change
from core.line import line_of
from core.records import Record
from tests.support.records import TEAM, a_generation, a_model, a_run, stands
from tests.support.workshop import Workshop
from tests.workers.runs import a_queued_run
from tests.workers.test_sweeper import NAME, stand, swept, tags

pytestmark = pytest.mark.usefixtures("no_turns")

AGAIN = "darkroom-riobugger-model1-a2"


@pytest.fixture
async def kept(workshop: Workshop) -> Workshop:
    """A Redis that has been kept for a while; in AWS stands what the model's first attempt has made."""
    await workshop.store.remembers_since(workshop.clock())
    workshop.clock.advance(60)
    stand(workshop, NAME, tags())
    await workshop.put(a_run(state="trained", model="model1"))
    await workshop.store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
    return workshop


def up(workshop: Workshop, **different: Any) -> Record:
    """A model in service for an hour that nobody is due to look at before long."""
    since = workshop.clock() - 3_600
    told: dict[str, Any] = {"attempt": 1, "in_service_at": since, "up_since": since, "an_hour": 1.515, "due": 2e9}
    return a_model(state="in_service", **(told | different))


async def test_job_that_was_made_and_not_written_down_is_adopted(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=5)
    await workshop.store.remembers_since(workshop.clock() - 60)
    await workshop.run_due()
    run = await stands(workshop.store, run)
    assert run.job_created
    lost = await workshop.put(run.to("training", job_created=False, due=None))
    assert await swept(workshop, passes=5) == []
    await workshop.run_due()
    assert (await stands(workshop.store, lost)).job_created
    assert len(workshop.aws.sagemaker.jobs) == 1
    assert workshop.aws.called("stop_training_job") == []


async def test_endpoint_that_was_made_and_not_written_down_is_adopted(kept: Workshop) -> None:
    model = await kept.put(a_model(state="deploying", stage="endpoint", attempt=1, due=None))
    assert await swept(kept, passes=5) == []
    await kept.run_due()
    await kept.follow(30, every=15)
    assert (await stands(kept.store, model)).state == "in_service"
    assert list(kept.aws.sagemaker.endpoints) == [NAME]
    assert kept.aws.names("delete") == []


async def test_model_whose_endpoint_somebody_deleted_is_put_to_rest_and_its_bill_closed(kept: Workshop) -> None:
    model = await kept.put(up(kept))
    kept.aws.sagemaker.endpoints.clear()
    assert await swept(kept, passes=1) == [f"gone endpoint {NAME}"]
    await kept.run_due()
    rests: Any = await stands(kept.store, model)
    assert (rests.state, rests.up_since) == ("asleep", 0)
    assert rests.dollars == pytest.approx(1.515, rel=0.3)
    sagemaker = kept.aws.sagemaker
    assert [sagemaker.endpoints, sagemaker.configs, sagemaker.models] == [{}, {}, {}]
    (said,) = [text for text in kept.said() if "is not there any more" in text]
    assert said.endswith("somebody has deleted it in AWS, or a job that ends forgotten ones has. The model is kept.")
    assert await swept(kept, passes=2) == []


async def test_prompt_that_waits_for_an_endpoint_that_is_gone_gets_another(kept: Workshop) -> None:
    await kept.put(up(kept))
    asked = await kept.put(a_generation(state="parked"))
    await kept.store.commit(Change(TEAM).index(line_of("model1"), asked.id, kept.clock()))
    kept.aws.sagemaker.endpoints.clear()
    await swept(kept, passes=1)
    await kept.run_due()
    assert list(kept.aws.sagemaker.endpoints) == [AGAIN]


async def test_endpoint_that_one_late_list_leaves_out_is_not_gone(kept: Workshop) -> None:
    model = await kept.put(up(kept))
    kept.aws.script("list_endpoints", {"Endpoints": []})
    assert await swept(kept, passes=1) == []
    assert (await stands(kept.store, model)).state == "in_service"


async def test_dry_run_puts_nothing_to_rest(kept: Workshop) -> None:
    model = await kept.put(up(kept, due=None))
    kept.aws.sagemaker.endpoints.clear()
    assert await swept(kept, passes=1, dry=True) == [f"gone endpoint {NAME}"]
    assert (await stands(kept.store, model)).version == model.version


async def test_endpoint_of_a_model_that_sleeps_is_deleted_and_the_model_wakes_with_another(kept: Workshop) -> None:
    model = await kept.put(a_model(state="asleep", attempt=1, due=None))
    await swept(kept, passes=8)
    sagemaker = kept.aws.sagemaker
    assert [sagemaker.endpoints, sagemaker.configs, sagemaker.models] == [{}, {}, {}]
    assert (await stands(kept.store, model)).state == "asleep"
