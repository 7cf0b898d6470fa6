"""A step sheet in bad weather: lost answers, refusals, cut off anywhere; it goes on where it was."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest

from core import checking, comparing, names, words
from core.change import Change
from core.records import Comparison, Generation, Model, Run
from core.store import Store, StoreAwayError
from tests.support.fake_sagemaker import refusal
from tests.support.fake_slack import refusal as refused_by_slack
from tests.support.records import MIRA, TEAM, stands
from tests.workers.sheet_world import World, buttons, keep, offers, until_painted

LOST = refusal("InternalError", "lost", status=500)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage"])
async def test_sheet_whose_answer_was_lost_is_posted_once(world: World, method: str) -> None:
    await world.start(50, 100)
    await until_painted(world)
    world.workshop.slack.lose(method, TimeoutError("lost"))
    await world.until("choosing")
    for _ in range(5):
        await world.tick()
    assert len(offers(world.workshop)) == 1


async def test_sheet_that_slack_refuses_is_offered_without_its_picture(world: World) -> None:
    await world.start(50, 100)
    await until_painted(world)
    world.workshop.slack.script("files.getUploadURLExternal", refused_by_slack("missing_scope"))
    await world.until("choosing")
    await world.tick()
    (said,) = offers(world.workshop)
    assert "missing_scope" in str(said["blocks"])
    assert len(buttons(said)) == 2


async def test_bucket_that_refuses_to_delete_is_told_and_the_kept_model_serves(world: World) -> None:
    await world.start(50, 100)
    await world.until("choosing")
    denied = {"Errors": [{"Key": "k", "Code": "AccessDenied", "Message": "Access Denied"}]}
    world.workshop.aws.script("delete_objects", denied)
    model = await keep(world, 100)
    await world.until("kept")
    for _ in range(3):
        await world.tick()
    assert (await stands(world.workshop.store, model)).state == "in_service"
    told = words.comparing.not_deleted(words.trouble.aws_said("Access Denied"))
    assert world.workshop.said().count(told) == 1


async def test_bucket_that_is_away_is_waited_for(world: World) -> None:
    await world.start(50, 100)
    await world.until("choosing")
    world.workshop.aws.script("list_objects_v2", LOST, LOST)
    await keep(world, 50)
    await world.until("kept")
    assert not world.kept_in_bucket((await world.runs())[100].id)


async def test_wake_up_without_need_changes_nothing(world: World) -> None:
    await world.start(50, 100)
    sheet = await world.until("choosing")
    await world.workshop.store.commit(Change(TEAM).touch(Comparison, sheet.id, world.workshop.clock()))
    rested = await world.workshop.step(sheet)
    assert (rested.state, rested.due) == ("choosing", sheet.due)
    over = await world.workshop.put(replace(sheet, id="over", state="kept", version=0, due=1.0))
    rested = await world.workshop.step(over)
    assert (rested.state, rested.due) == ("kept", None)


async def test_choice_that_nobody_makes_is_not_waited_for_for_ever(world: World) -> None:
    await world.start(50, 100)
    await world.until("choosing")
    world.workshop.clock.advance(59 * names.DAY)
    await world.tick()
    assert (await world.sheet()).state == "choosing"
    world.workshop.clock.advance(names.DAY)
    await world.until("cancelled")
    assert words.comparing.expired("riobugger", 60) in world.workshop.said()
    assert await world.models() == {}


async def test_row_whose_endpoint_gets_no_machine_at_first_is_painted_when_there_is_one(world: World) -> None:
    busy = refusal("ResourceLimitExceeded", "The account-level limit is 1 Instances, with current utilization of 1.")
    world.workshop.aws.script("create_endpoint", busy, busy)
    await world.start(50, 100)
    seen: set[str] = set()
    while (await world.sheet()).state != "choosing":
        await world.tick()
        seen |= {str(one["blocks"]) for one in world.workshop.slack.messages.values() if "blocks" in one}
    assert any("Attempt 2 of 7" in blocks for blocks in seen)
    asked = [one for model in (await world.models()).values() for one in await kept_pictures(world, model)]
    assert len(asked) == 8
    assert {one.state for one in asked} == {"posted"}
    assert world.endpoints_most == 1


async def test_cancel_while_a_row_waits_for_a_machine_brings_nothing_up_any_more(world: World) -> None:
    world.workshop.aws.script("create_endpoint", *[refusal("ResourceLimitExceeded", "the limit is 1 Instances")] * 9)
    await world.start(50, 100)
    while not any(model.waits_until for model in (await world.models()).values()):
        await world.tick()
    assert await comparing.cancel(world.workshop.store, await world.sheet(), MIRA, world.workshop.clock())
    await world.until("cancelled")
    tries = len(world.workshop.aws.called("create_endpoint"))
    for _ in range(40):
        await world.tick(60.0)
    assert len(world.workshop.aws.called("create_endpoint")) == tries
    assert await world.models() == {}


async def kept_pictures(world: World, model: Model) -> list[Generation]:
    """Give the prompts of a row's pictures."""
    wanted = [picture.id for picture in checking.own("darkroom", model)]
    return await world.workshop.store.get_all(Generation, TEAM, wanted)


class Cut:
    """A store whose n-th commit is cut off: before it is carried out, or after, so that its caller never knows."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.left, self.after, self.commit = number, after, Store.commit

    def __call__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def cut(store: Store, change: Any) -> bool:  # noqa: ANN401 - the store's own
            self.left -= 1
            if self.left:
                return await self.commit(store, change)
            if self.after:
                await self.commit(store, change)
            raise StoreAwayError("cut off")

        monkeypatch.setattr(Store, "commit", cut)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", range(5, 110, 15))
async def test_sheet_that_was_cut_off_anywhere_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch, number: int, *, after: bool
) -> None:
    await world.start(50, 100)
    Cut(number, after=after)(monkeypatch)
    await world.until("choosing")
    with contextlib.suppress(StoreAwayError):
        await keep(world, 50)
    if (await world.sheet()).state == "choosing":
        await keep(world, 50)
    await world.until("kept")
    for _ in range(4):
        await world.tick()
    assert len(offers(world.workshop)) == 1
    assert len(world.workshop.aws.sagemaker.jobs) == 2
    assert world.endpoints_most == 1
    root: Run = await stands(world.workshop.store, world.root)
    assert root.state == "trained"
    assert list(await world.models()) == [50]
