"""What the sweeper finds is told to the admins, with its bill: once for each thing and what became of it."""

from typing import Any

import pytest

from core import prices
from core.change import Change
from core.records import Model
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_model
from tests.support.workshop import Workshop
from tests.workers.test_sweeper import NAME, OTHER, stand, sweeper, tags
from workers.sweeper import PASS_SECONDS

pytestmark = pytest.mark.usefixtures("no_turns")

ADMINS = "C0ADMINS"


@pytest.fixture
async def kept(workshop: Workshop) -> Workshop:
    """A Redis that has been kept for a while, with one model that a team uses, and admins with a channel."""
    workshop.widen(admin_channel=ADMINS)
    await workshop.store.remembers_since(workshop.clock())
    workshop.clock.advance(60)
    await workshop.put(a_model(state="in_service", attempt=1, in_service_at=workshop.clock(), due=2e9))
    await workshop.store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
    stand(workshop, NAME, tags())
    return workshop


async def told(workshop: Workshop, *, passes: int = 4, dry: bool = False) -> list[str]:
    """Sweep again and again; give what the admins are told by then."""
    for _ in range(passes):
        await sweeper(workshop, dry=dry).sweep()
        workshop.clock.advance(PASS_SECONDS)
    return sorted(one.text for one in await workshop.outbox() if one.channel == ADMINS)


async def test_deleted_orphan_is_told_once_with_what_it_was_and_what_it_cost(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    (said,) = await told(kept, passes=7)
    assert said == (
        f"I deleted the endpoint `{OTHER}`: it has my tags and no model needs it. It stood 20 minutes, $0.50 "
        "($1.51 an hour, on ml.g5.2xlarge)."
    )


async def test_machine_without_a_price_counts_as_the_dearest_and_that_is_said(kept: Workshop) -> None:
    stand(kept, OTHER, tags(), instance="ml.q9.huge")
    (said,) = await told(kept)
    assert f"(${prices.DEAREST:.2f} an hour, the dearest that I know: its own price is not known to me)" in said


async def test_what_a_dry_run_finds_is_not_told(kept: Workshop) -> None:
    kept.aws.sagemaker.fail_endpoint(NAME, "no")
    assert await told(kept, dry=True) == []


@pytest.mark.parametrize(("status", "hours"), [("Creating", 2), ("Failed", 1), ("Deleting", 2)])
async def test_stuck_endpoint_of_a_model_is_told_once_with_its_bill_and_left_to_the_model(
    kept: Workshop, status: str, hours: int
) -> None:
    kept.aws.sagemaker.looks_until_gone = 99
    kept.aws.sagemaker.endpoints[NAME]["EndpointStatus"] = status
    kept.clock.advance(hours * 3_600)
    (said,) = await told(kept)
    cost = 1.515 * hours
    assert said.startswith(f"The endpoint `{NAME}` is stuck in {status}, and may cost money all the same: ")
    assert f"${cost:.2f} ($1.51 an hour, on ml.g5.2xlarge)" in said
    assert kept.aws.called("delete_endpoint") == []


async def test_deletion_that_has_just_begun_is_not_stuck_however_old_the_endpoint(kept: Workshop) -> None:
    kept.aws.sagemaker.looks_until_gone = 9
    kept.clock.advance(99 * 3_600)
    kept.aws.sagemaker.delete_endpoint({"EndpointName": NAME})
    assert await told(kept, passes=2) == []


async def test_stuck_orphan_is_deleted_again_with_each_pass(kept: Workshop) -> None:
    stand(kept, OTHER, tags(), status="Creating")
    kept.clock.advance(2 * 3_600)
    (said,) = await told(kept, passes=6)
    assert "I try to delete it every few minutes. AWS says: Cannot update in-progress endpoint" in said
    assert len(kept.aws.called("delete_endpoint")) == 4


async def test_refused_deletion_is_told_with_the_reason(kept: Workshop) -> None:
    stand(kept, OTHER, tags())
    kept.aws.script("delete_endpoint", *[refusal("AccessDeniedException", "not allowed")] * 3)
    (said,) = await told(kept, passes=5)
    assert "I cannot end it. AWS says: not allowed I try again" in said.replace(".  ", ". ")


async def test_things_older_than_the_memory_are_told_in_one_message_that_says_what_to_run(kept: Workshop) -> None:
    stand(kept, OTHER, tags("model:model9"), instance="ml.g4dn.2xlarge")
    kept.clock.advance(3_600)
    await wipe(kept, TEAM)
    (said,) = await told(kept, passes=6)
    assert "Together they cost $2.46 an hour." in said
    assert f"• endpoint `{NAME}`: 60 minutes, $1.51 ($1.51 an hour, on ml.g5.2xlarge)" in said
    assert f"• endpoint `{OTHER}`: 60 minutes, $0.94 ($0.94 an hour, on ml.g4dn.2xlarge)" in said
    assert "python -m workers recover" in said
    assert "python -m workers sweep --stateless" in said
    assert len(kept.aws.sagemaker.endpoints) == 2


async def test_thing_of_a_team_that_is_not_known_is_told_to_every_team(kept: Workshop) -> None:
    stand(kept, OTHER, tags(team="T0GONE"))
    other: Any = a_model(team="T0OTHER", id="m2")
    await kept.store.commit(Change("T0OTHER").put(other))
    await told(kept)
    written = [await kept.store.overdue(team, 1e12) for team in (TEAM, "T0OTHER")]
    assert all(any(member.startswith("message:") for member, _ in found) for found in written)


async def wipe(workshop: Workshop, *teams: str) -> None:
    """Empty Redis; teams that write something afterwards are known again."""
    redis = workshop.store._redis  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the outside world's doing
    await redis.flushall()
    if teams:
        await redis.sadd("darkroom:teams", *teams)


async def test_with_no_team_known_nobody_is_told_and_nothing_deleted(kept: Workshop) -> None:
    await wipe(kept)
    found = await sweeper(kept).sweep()
    assert {one.verdict for one in found} == {"older"}
    assert await kept.store.get(Model, TEAM, "model1") is None
    assert kept.aws.names("delete") == []
