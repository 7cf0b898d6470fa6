"""Lists that are late or repeat themselves, tags that people edit, clocks that jump: nothing in use is deleted."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.change import Change
from core.sweeping import GRACE_SECONDS, IDLE, IDLE_LEAST, IDLE_MOST, RECORD, TEAM, Thing
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import TEAM as PETS
from tests.support.records import a_model
from tests.support.workshop import Workshop
from tests.workers.test_sweeper import NAME, OTHER, stand, sweeper, swept, tags
from workers.stateless import Stateless
from workers.sweeper import PASS_SECONDS
from workers.trouble import Trouble

pytestmark = pytest.mark.usefixtures("no_turns")

HOUR, DAY = 3_600.0, 86_400.0


@pytest.fixture
async def kept(workshop: Workshop) -> Workshop:
    """A Redis that has been kept for a while, with one model that a team uses."""
    await workshop.store.remembers_since(workshop.clock())
    workshop.clock.advance(60)
    await workshop.put(a_model(state="in_service", attempt=1, in_service_at=workshop.clock(), due=2e9))
    await workshop.store.commit(Change(PETS).name("catalogue", "model1", "riobugger"))
    stand(workshop, NAME, tags())
    return workshop


def retag(workshop: Workshop, **different: str) -> None:
    for kind in ("model", "endpoint-config", "endpoint"):
        workshop.aws.sagemaker.tags[f"{ARN}:{kind}/{NAME}"] = tags(**different)


@pytest.mark.parametrize(
    "different",
    [{"team": "T0OTHER"}, {"team": ""}, {"record": ""}, {"record": "model:gone"}, {"record": "no:such:thing"}],
    ids=str,
)
async def test_endpoint_in_use_whose_tags_somebody_edited_is_known_by_its_name(
    kept: Workshop, different: dict[str, str]
) -> None:
    retag(kept, **different)
    assert await swept(kept, passes=5) == []
    assert kept.aws.names("delete") == []


@pytest.mark.parametrize("told", ["-5", "1e9", "٣", "", "0", "12.5", "for ever", "9" * 400], ids=ascii)
def test_tag_for_the_timeout_is_believed_within_bounds(told: str) -> None:
    allowed = Thing("endpoint", NAME, "InService", 0, {IDLE: told}).allowed - GRACE_SECONDS
    assert IDLE_LEAST <= allowed <= IDLE_MOST


def test_tag_for_the_timeout_is_taken_as_it_was_written() -> None:
    assert Thing("endpoint", NAME, "InService", 0, {IDLE: "7200"}).allowed == 7_200 + GRACE_SECONDS


async def test_orphan_that_one_list_leaves_out_goes_in_time_all_the_same(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    await swept(kept, passes=2)
    kept.aws.script("list_endpoints", {"Endpoints": []})
    await swept(kept, passes=1)
    assert OTHER in kept.aws.sagemaker.endpoints
    await swept(kept, passes=1)
    assert kept.aws.sagemaker.endpoints[OTHER]["EndpointStatus"] == "Deleting"


async def test_config_and_model_stay_as_long_as_their_endpoint_stands_though_no_list_has_it(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    nothing: dict[str, Any] = {"Endpoints": []}
    kept.aws.script("list_endpoints", *[nothing] * 6)
    await swept(kept, passes=6)
    assert {NAME, OTHER} == set(kept.aws.sagemaker.configs) == set(kept.aws.sagemaker.models)


async def test_page_that_comes_again_and_again_is_read_once(kept: Workshop) -> None:
    arn = f"{ARN}:endpoint/{OTHER}"
    row = {"EndpointName": OTHER, "EndpointArn": arn, "CreationTime": datetime(2027, 1, 2, tzinfo=UTC)}
    kept.aws.sagemaker.tags[arn] = tags()
    kept.aws.script("list_endpoints", *[{"Endpoints": [row], "NextToken": "again"}] * 3)
    found = await sweeper(kept).sweep()
    assert [one.thing.name for one in found] == [OTHER]


async def test_thing_that_goes_while_its_tags_are_asked_for_is_left_out(kept: Workshop) -> None:
    kept.aws.script("list_tags", refusal("ValidationException", "Could not find endpoint."))
    assert await swept(kept, passes=1) == []


@pytest.mark.parametrize("jump", [-HOUR, DAY])
async def test_clock_that_jumps_deletes_nothing_before_its_time(kept: Workshop, jump: float) -> None:
    stand(kept, OTHER, tags())
    for wait in (0, 0, jump, 60, 60, 60):
        kept.clock.advance(wait)
        await sweeper(kept).sweep()
    assert {NAME, OTHER} == set(kept.aws.sagemaker.endpoints)
    assert kept.aws.names("delete") == []
    await swept(kept, passes=3)
    assert kept.aws.names("delete_endpoint") == ["delete_endpoint"]


@pytest.mark.parametrize("hours", [-1, 24])
async def test_nothing_is_judged_by_a_clock_that_is_far_from_awss(kept: Workshop, hours: int) -> None:
    kept.aws.dated = datetime.fromtimestamp(kept.clock(), UTC) - timedelta(hours=hours)
    way = "ahead of" if hours > 0 else "behind"
    for look in (sweeper(kept), Stateless(kept.aws.aws, "darkroom", kept.clock)):
        with pytest.raises(Trouble, match=f"My clock is {abs(hours) * 60} minutes {way} AWS's"):
            await look.sweep()
    assert kept.aws.names("delete") == []


async def test_memory_that_begins_by_a_slow_clock_does_not_know_what_stood_before(kept: Workshop) -> None:
    redis = kept.store._redis  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the outside world's doing
    await redis.flushall()
    kept.clock.advance(-HOUR)
    found = await swept(kept, passes=6)
    assert found[0] == f"older endpoint {NAME}"
    assert kept.aws.names("delete") == []


async def test_two_sweepers_at_the_same_moment_end_a_thing_once_and_neither_is_refused(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    await swept(kept, passes=2)
    kept.clock.advance(PASS_SECONDS)
    kept.aws.sagemaker.looks_until_gone = 9
    kept.aws.sagemaker.delete_endpoint = _once(kept)  # type: ignore[method-assign]
    both = await asyncio.gather(sweeper(kept).sweep(), sweeper(kept).sweep())
    assert {one.verdict for found in both for one in found if one.thing.kind == "endpoint"} == {"deleted"}


def _once(workshop: Workshop) -> Any:  # noqa: ANN401 - as the fake has it
    """Delete as AWS does: an endpoint on its way out cannot be deleted again."""
    delete = workshop.aws.sagemaker.delete_endpoint

    def again(request: Any) -> Any:  # noqa: ANN401 - as the fake has it
        if workshop.aws.sagemaker.endpoints[request["EndpointName"]]["EndpointStatus"] == "Deleting":
            raise refusal("ValidationException", "Cannot update in-progress endpoint")
        return delete(request)

    return again


async def test_endpoint_that_is_called_once_a_day_and_may_idle_for_three_stays(kept: Workshop) -> None:
    told = {"record": "model:gone", "idle": f"{3 * DAY:.0f}"}
    stand(kept, OTHER, tags(**told))
    kept.aws.invocations[OTHER] = [kept.clock() + 4 * DAY]
    kept.clock.advance(6 * DAY)
    found = await Stateless(kept.aws.aws, "darkroom", kept.clock).sweep()
    assert OTHER not in {one.thing.name for one in found if one.thing.kind == "endpoint"}
    assert all(600 >= one["Period"] >= 60 for one in kept.aws.called("get_metric_statistics"))


def test_names_of_tags_are_those_that_the_things_are_made_with() -> None:
    thing = Thing("endpoint", NAME, "InService", 0, {TEAM: PETS, RECORD: "model:model1"})
    assert (thing.owner, thing.named) == ((PETS, "model", "model1"), ("model", "model1"))
