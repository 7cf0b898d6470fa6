"""With no Redis, tags and CloudWatch alone decide: what nobody has called for long goes, what is called stays."""

import pytest

from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM
from tests.support.workshop import Workshop
from tests.workers.test_sweeper import stand
from workers.stateless import Stateless
from workers.trouble import Trouble

pytestmark = pytest.mark.usefixtures("no_turns")

NAME, HOUR = "darkroom-riobugger-model1-a1", 3_600.0


def ours(idle: str = "7200") -> list[dict[str, str]]:
    told = {"app": "darkroom", "deployment": "darkroom", "team": TEAM, "record": "model:gone", "idle": idle}
    return [{"Key": f"darkroom:{key}", "Value": value} for key, value in told.items()]


async def sweep(workshop: Workshop, *, dry: bool = False) -> list[str]:
    found = await Stateless(workshop.aws.aws, "darkroom", workshop.clock, dry).sweep()
    return [f"{one.verdict} {one.thing.key}" for one in found]


async def test_endpoint_that_nobody_calls_goes_after_its_tags_time_with_what_it_stood_on(workshop: Workshop) -> None:
    stand(workshop, NAME, ours())
    workshop.clock.advance(2 * HOUR)
    assert await sweep(workshop) == []
    workshop.clock.advance(HOUR)
    assert await sweep(workshop) == [f"deleted endpoint {NAME}"]
    for _ in range(4):
        workshop.clock.advance(60)
        await sweep(workshop)
    sagemaker = workshop.aws.sagemaker
    assert (sagemaker.endpoints, sagemaker.configs, sagemaker.models) == ({}, {}, {})


async def test_endpoint_that_is_called_stays(workshop: Workshop) -> None:
    stand(workshop, NAME, ours())
    workshop.aws.invocations[NAME] = [workshop.clock() + 5 * HOUR]
    workshop.clock.advance(7 * HOUR)
    assert await sweep(workshop) == []
    workshop.clock.advance(2 * HOUR)
    assert await sweep(workshop) == [f"deleted endpoint {NAME}"]


async def test_tag_that_somebody_has_edited_counts_as_an_hour(workshop: Workshop) -> None:
    stand(workshop, NAME, ours("for ever"))
    workshop.clock.advance(1.5 * HOUR)
    assert await sweep(workshop) == [f"deleted endpoint {NAME}"]


async def test_endpoint_of_somebody_else_stays(workshop: Workshop) -> None:
    stand(workshop, NAME, [{"Key": "darkroom:app", "Value": "darkroom"}])
    workshop.clock.advance(99 * HOUR)
    assert await sweep(workshop) == []


async def test_dry_run_deletes_nothing(workshop: Workshop) -> None:
    stand(workshop, NAME, ours())
    workshop.clock.advance(99 * HOUR)
    assert await sweep(workshop, dry=True) == [f"deleted endpoint {NAME}"]
    assert NAME in workshop.aws.sagemaker.endpoints


async def test_nothing_goes_while_cloudwatch_does_not_tell(workshop: Workshop) -> None:
    stand(workshop, NAME, ours())
    workshop.clock.advance(99 * HOUR)
    workshop.aws.script("get_metric_statistics", refusal("AccessDenied", "not authorized"))
    with pytest.raises(Trouble):
        await sweep(workshop)
    assert NAME in workshop.aws.sagemaker.endpoints
