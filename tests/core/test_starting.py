"""A run is started once, as it was chosen, and again after it failed."""

import asyncio
from typing import Any

from core import outbox, recipe, starting
from core.change import Change
from core.queue import QUEUE
from core.recipe import Choice, Terms
from core.records import Message
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import MIRA, TEAM, a_run, stands, written

OVER: dict[str, Any] = {
    "job": "job-a1",
    "job_created": True,
    "place": 2,
    "waits": 3,
    "waits_until": 9.0,
    "stage": "Training",
    "step": 99,
    "loss": "0.1",
    "billed_seconds": 60,
    "took_seconds": 90,
    "dollars": 0.2,
    "reason": "no",
}
"""What an earlier attempt left behind."""


def chosen(**answers: str) -> Choice:
    found = recipe.read(a_run(), {"licence": "yes"} | answers, Terms(photos=4, parents={"m1": "rio"}))
    assert isinstance(found, Choice)
    return found


async def test_run_is_started_once_though_two_people_press_at_the_same_time(store: Store, clock: FakeClock) -> None:
    run = await written(store, a_run())
    people = (MIRA, "U0THEO")
    started = await asyncio.gather(*(starting.start(store, run, chosen(), user, clock()) for user in people))
    assert sorted(started) == [False, True]
    queued = await stands(store, run)
    assert (queued.state, queued.attempt, queued.queued_at, queued.due) == ("queued", 1, clock(), clock())
    assert (queued.licence_accepted_by, queued.licence_accepted_at) == (people[started.index(True)], clock())
    assert await store.score(TEAM, QUEUE, run.id) == clock()


async def test_run_is_queued_as_it_was_chosen(store: Store, clock: FakeClock) -> None:
    choice = chosen(preset="face", max_steps="300", learning_rate="0.0000020", spot="yes", parent="m1")
    run = await written(store, a_run())
    assert await starting.start(store, run, choice, MIRA, clock())
    queued = await stands(store, run)
    for name, value in vars(choice).items():
        assert getattr(queued, name) == value, name
    assert (queued.hyperparameters["learning_rate"], queued.max_steps, queued.parent) == ("2e-06", 300, "m1")


async def test_failed_run_starts_again_with_names_of_its_own_and_the_same_recipe(
    store: Store, clock: FakeClock
) -> None:
    told = {"hyperparameters": {"seed": "3"}, "max_steps": 300, "instance": "ml.g5.2xlarge", "spot": True}
    failed = await written(store, a_run(state="failed", attempt=1, **told, **OVER))
    assert await starting.start_again(store, failed, MIRA, clock())
    again = await stands(store, failed)
    assert (again.state, again.attempt, again.queued_at) == ("queued", 2, clock())
    assert {name: getattr(again, name) for name in told} == told
    fresh = a_run()
    assert {name: getattr(again, name) for name in OVER} == {name: getattr(fresh, name) for name in OVER}
    assert not await starting.start_again(store, failed, MIRA, clock())
    assert again.spent_before == OVER["dollars"]


async def test_what_all_attempts_before_have_cost_is_added_up(store: Store, clock: FakeClock) -> None:
    failed = await written(store, a_run(state="failed", attempt=2, spent_before=0.5, dollars=0.25))
    assert await starting.start_again(store, failed, MIRA, clock())
    again = await stands(store, failed)
    assert (again.spent_before, again.dollars) == (0.75, None)


async def test_start_brings_the_card_up_to_date(store: Store, clock: FakeClock) -> None:
    run = await written(store, a_run())
    card = outbox.card(run, clock()).to("sent", due=None)
    await store.commit(Change(TEAM).put(card))
    assert await starting.start(store, run, chosen(), MIRA, clock.advance(9))
    shown = await store.get(Message, TEAM, outbox.card_id(run.id))
    assert shown
    assert (shown.state, shown.due) == ("pending", clock())
