"""A run is followed on one card: its place in line, its stages, its steps, and what it took in the end."""

import re

import pytest

from sandbox.story import calls
from tests.stories.acts import PETS, Scene
from tests.stories.runs import Followed, all_machines_taken, has_cancel, said

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_card_follows_a_run_from_its_photos_to_its_bill(at: Scene) -> None:
    run = await Followed.collected(at)
    async with all_machines_taken(at):
        await at.start_training(run.card, steps=100)
        waiting = await run.says("Training: waiting for a machine", "so far")
    assert has_cancel(waiting)
    trains = said(await run.says("of 100 · loss ", "so far, about", "left"))
    assert re.search(r"step \d+ of 100 · loss \d", trains), trains
    await at.announced(run.card)
    ready = await run.says("Ready to paint. Try", "The training took", "cost $")
    assert not has_cancel(ready)
    over = said(ready)
    assert re.search(r"took \d+ (seconds|minutes?) and cost \$\d+\.\d\d \(estimated \$\d", over), over
    assert await at.count(PETS, lambda m: m["text"] == run.card["text"]) == 1


async def test_runs_beyond_two_stand_in_line_and_move_up_when_others_are_cancelled_for_nothing(at: Scene) -> None:
    async with all_machines_taken(at):
        first, second, third, fourth = [await Followed.started(one) for one in (at, *(at.another() for _ in range(3)))]
        await second.says("waiting for a machine")
        await third.says("Number 1 in line")
        await fourth.says("Number 2 in line")
        assert not third.at.made("CreateTrainingJob")
        await third.cancelled()
        await fourth.says("Number 1 in line")
        await first.cancelled()
        await fourth.says("Training: ")
        for run in (second, fourth):
            await run.cancelled()
    assert not third.at.made("CreateTrainingJob")
    assert [run.bill() + run.bill(running=True) for run in (first, second, fourth)] == [[]] * 3


async def test_runs_are_watched_with_lists_and_not_each_by_itself(at: Scene) -> None:
    before = len(calls(at.house, "ListTrainingJobs"))
    async with all_machines_taken(at):
        runs = [await Followed.started(one) for one in (at, at.another())]
        for run in runs:
            await run.says("waiting for a machine")
        lists = await runs[0].lists_after(before + 5)
    for run in runs:
        await run.says("The training took")
        assert len(run.at.made("DescribeTrainingJob")) <= 2
    asked = {str(call["request"].get("StatusEquals")) for call in lists}
    assert asked == {"InProgress"}
