"""Cancel, in every stage of a run (in line: test_following): what bills is stopped, and it is said who wanted it."""

import asyncio

import pytest

from sandbox.story import calls
from tests.stories.acts import PETS, PHOTOS, SECONDS, STUDIO, Scene
from tests.stories.runs import LONG, Followed, has_cancel, said, whispers

pytestmark = pytest.mark.asyncio(loop_scope="session")

STALE = "earlier moment"


async def test_set_that_is_cancelled_takes_no_more_photos_and_starts_nothing(at: Scene) -> None:
    run = await Followed.collected(at)
    view = await at.mira.press(run.card, "Train", modal_within=SECONDS)
    closed = await run.cancelled()
    assert not has_cancel(closed)
    assert await at.mira.submit(view, {"licence": ["yes"]})
    await at.mira.drop(PETS, PHOTOS[5], thread=run.card["ts"])
    await run.told(PHOTOS[5].name, "This set is closed")
    assert not at.made("CreateTrainingJob")


async def test_training_is_stopped_once_when_two_people_cancel_it_at_once(at: Scene) -> None:
    run = await Followed.started(at, LONG)
    await run.says("step ")
    async with at.house.person("U0JON") as jonas:
        before = [await whispers(one, STALE) for one in (at.mira, jonas)]
        await asyncio.gather(run.press("Cancel"), run.press("Cancel", jonas))
        stopped = await run.says("Cancelled by <@U0", "The training took", "cost $")
        after = [await whispers(one, STALE) for one in (at.mira, jonas)]
    assert sum(after) == sum(before) + 1
    assert ("<@U0MIRA>" in said(stopped)) == (after[0] == before[0])
    assert not has_cancel(stopped)
    assert not run.bill(running=True)
    assert [line["status"] for line in run.bill()] == ["Stopped"]
    assert len(at.made("StopTrainingJob")) == 1


async def test_worker_killed_right_after_cancel_stops_the_job_all_the_same(at: Scene) -> None:
    run = await Followed.started(at, LONG)
    await run.says("step ")
    await run.press("Cancel")
    await at.house.worker.kill()
    await at.house.start_worker()
    await run.says("Cancelled by <@U0MIRA>")
    assert [line["status"] for line in run.bill()] == ["Stopped"]
    assert not run.bill(running=True)


async def test_endpoint_on_its_way_up_is_taken_down_again_and_imagine_wakes_it(at: Scene) -> None:
    at.aws_faults(stuck_endpoint=True)
    run = await Followed.started(at)
    await run.asked("CreateEndpoint")
    await run.lists_after(len(calls(at.house, "ListEndpoints")), "ListEndpoints")
    await run.press("Cancel")
    at.aws_faults(stuck_endpoint=False)
    await run.told("is asleep")
    await run.says("Asleep, and costs nothing")
    assert not run.bill(running=True)
    assert not await run.announcements()
    prompt = f"a photo of {at.subject} cat in a boat"
    await at.mira.command(STUDIO, "/imagine", prompt)
    await at.pictures(STUDIO, prompt)
    assert len(at.made("CreateTrainingJob")) == 1


async def test_cancel_pressed_again_on_a_card_that_lags_behind_changes_nothing(at: Scene) -> None:
    run = await Followed.collected(at)
    await at.faults(unreachable_methods=["chat.update"])
    await run.press("Cancel")
    before = await whispers(at.mira, STALE)

    async def refused() -> bool:
        await run.press("Cancel")
        return await whispers(at.mira, STALE) > before

    await at.mira.wait_for(refused, what="the answer that only she sees")
    await at.faults(unreachable_methods=[])
    assert not has_cancel(await run.says("Cancelled by <@U0MIRA>"))
