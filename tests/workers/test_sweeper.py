"""What carries our tags and no record wants goes after a second sighting; nothing else does, whatever its name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.change import Change
from core.records import Model
from core.sweeping import DELETED_MOST
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import TEAM, a_model, a_run
from tests.support.workshop import Workshop
from workers.sweeper import PASS_SECONDS, Sweeper

pytestmark = pytest.mark.usefixtures("no_turns")

NAME = "darkroom-riobugger-model1-a1"
OTHER = "darkroom-riobugger-model1-a9"


def tags(record: str = "model:model1", **different: str) -> list[dict[str, str]]:
    told = {"app": "darkroom", "deployment": "darkroom", "team": TEAM, "record": record} | different
    return [{"Key": f"darkroom:{key}", "Value": value} for key, value in told.items()]


def stand(
    workshop: Workshop,
    name: str,
    told: list[dict[str, str]],
    status: str = "InService",
    instance: str = "ml.g5.2xlarge",
) -> None:
    """Let an endpoint stand with its config and model, created now."""
    sagemaker, created = workshop.aws.sagemaker, datetime.fromtimestamp(workshop.clock(), UTC)
    variants = [{"VariantName": "AllTraffic", "ModelName": name, "InstanceType": instance}]
    sagemaker.models[name] = {"created": created}
    sagemaker.configs[name] = {"created": created, "ProductionVariants": variants}
    sagemaker.endpoints[name] = {"EndpointStatus": status, "CreationTime": created}
    for kind in ("model", "endpoint-config", "endpoint"):
        sagemaker.tags[f"{ARN}:{kind}/{name}"] = told


def sweeper(workshop: Workshop, *, dry: bool = False) -> Sweeper:
    return Sweeper(workshop.aws.aws, workshop.store, workshop.settings, workshop.clock, dry)


async def swept(workshop: Workshop, *, passes: int = 4, dry: bool = False) -> list[str]:
    """Sweep again and again, as the workers do, past the grace time; give what the last pass found."""
    found: list[Any] = []
    for _ in range(passes):
        found = await sweeper(workshop, dry=dry).sweep()
        workshop.clock.advance(PASS_SECONDS)
    return [f"{one.verdict} {one.thing.key}" for one in found]


@pytest.fixture
async def kept(workshop: Workshop) -> Workshop:
    """A Redis that has been kept for a while, with one model that a team uses."""
    await workshop.store.remembers_since(workshop.clock())
    workshop.clock.advance(60)
    await workshop.put(a_model(state="in_service", attempt=1, in_service_at=workshop.clock()))
    stand(workshop, NAME, tags())
    return workshop


async def test_what_a_record_wants_is_left_alone(kept: Workshop) -> None:
    assert await swept(kept) == []
    assert NAME in kept.aws.sagemaker.endpoints


async def test_forgotten_endpoint_goes_after_a_second_sighting_with_what_it_stood_on(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    first = await swept(kept, passes=1)
    assert first[0] == f"seen endpoint {OTHER}"
    assert OTHER in kept.aws.sagemaker.endpoints
    await swept(kept, passes=6)
    sagemaker = kept.aws.sagemaker
    assert [list(some) for some in (sagemaker.endpoints, sagemaker.configs, sagemaker.models)] == [[NAME]] * 3


async def test_job_that_no_run_knows_is_stopped(kept: Workshop) -> None:
    created = datetime.fromtimestamp(kept.clock(), UTC)
    for name in ("darkroom-rio-run1-a1", "darkroom-rio-run1-a2"):
        kept.aws.sagemaker.jobs[name] = {"TrainingJobStatus": "InProgress", "CreationTime": created}
        kept.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = tags("run:run1")
    await kept.put(a_run(state="training", job="darkroom-rio-run1-a2", job_created=True, due=None))
    await swept(kept)
    assert {one["TrainingJobName"] for one in kept.aws.called("stop_training_job")} == {"darkroom-rio-run1-a1"}


@pytest.mark.parametrize(
    "told",
    [[], tags(app="other"), tags(deployment="darkroom-two"), [{"Key": "Name", "Value": "darkroom"}]],
    ids=["no tags", "another app", "another deployment", "tags of somebody else"],
)
async def test_endpoint_of_somebody_else_with_a_name_like_ours_is_never_touched(
    kept: Workshop, told: list[dict[str, str]]
) -> None:
    stand(kept, OTHER, told)
    assert await swept(kept) == []
    assert OTHER in kept.aws.sagemaker.endpoints


async def test_model_that_wakes_meanwhile_is_spared(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    await swept(kept, passes=1)
    model = await kept.store.get(Model, TEAM, "model1")
    assert model
    await kept.store.commit(Change(TEAM).put(a_model(state="in_service", attempt=9, version=model.version)))
    await swept(kept)
    assert OTHER in kept.aws.sagemaker.endpoints


async def test_wiped_redis_is_told_and_nothing_is_deleted(kept: Workshop) -> None:
    await kept.store._redis.flushall()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the outside world's doing
    kept.clock.advance(60)
    found = await swept(kept, passes=6)
    assert found == [f"older endpoint {NAME}", f"older endpoint config {NAME}", f"older model {NAME}"]
    assert NAME in kept.aws.sagemaker.endpoints


async def test_dry_run_says_what_would_go_and_touches_nothing(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    await swept(kept, passes=2)
    before = dict(kept.aws.sagemaker.endpoints)
    found = await sweeper(kept, dry=True).sweep()
    assert all(one.verdict in {"deleted", "seen"} for one in found)
    assert kept.aws.sagemaker.endpoints == before


async def test_pass_deletes_only_so_much(kept: Workshop) -> None:
    for number in range(DELETED_MOST + 5):
        stand(kept, f"darkroom-x-model1-b{number}", tags())
    await swept(kept, passes=3)
    gone = [one for one in kept.aws.sagemaker.endpoints.values() if one["EndpointStatus"] == "Deleting"]
    assert len(gone) == DELETED_MOST


async def test_refusal_is_told_and_tried_again(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    await swept(kept, passes=2)
    kept.aws.script("delete_endpoint", refusal("AccessDeniedException", "not allowed"))
    assert f"refused endpoint {OTHER}" in await swept(kept, passes=1)
    await swept(kept, passes=1)
    assert kept.aws.sagemaker.endpoints.get(OTHER, {}).get("EndpointStatus") in {"Deleting", None}


async def test_endpoint_that_is_stuck_is_told(kept: Workshop) -> None:
    kept.aws.sagemaker.endpoints[NAME]["EndpointStatus"] = "Failed"
    assert await swept(kept, passes=1) == [f"stuck endpoint {NAME}"]


async def test_two_sweepers_at_once_do_no_harm(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    for _ in range(5):
        await sweeper(kept).sweep()
        await sweeper(kept).sweep()
        kept.clock.advance(PASS_SECONDS)
    assert list(kept.aws.sagemaker.endpoints) == [NAME]
