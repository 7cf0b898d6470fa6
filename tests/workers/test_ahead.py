"""A channel whose models are to be awake in working hours: they are woken ahead, unless they are forgotten."""

from dataclasses import replace

import pytest

from core import idling, outbox, rules, words
from core.change import Change
from core.holds import table_of
from core.months import month_of
from core.records import Model
from core.words import text
from tests.support.clock import NEW_YEAR_2027
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_run, stands
from tests.support.workshop import Workshop
from workers.setting_aside import UP

HOUR, DAY = 3_600.0, 86_400.0
FRIDAY = NEW_YEAR_2027
NINE = 9 * HOUR


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model that was used yesterday and sleeps, in a channel whose models are awake from nine to five."""
    now = workshop.clock()
    model = await workshop.put(a_model(attempt=1))
    change = idling.used(Change(TEAM).name("catalogue", model.id, model.subject), model, now - DAY)
    await workshop.store.commit(change)
    await hours(workshop)
    await workshop.run_due()
    return await stands(workshop.store, model)


async def hours(workshop: Workshop, written: str = "awake 9-17 mon-fri UTC") -> None:
    assert await idling.set_hours(workshop.store, TEAM, MIRA, CHANNEL, written, workshop.clock())


async def state(workshop: Workshop, model: Model) -> str:
    return (await stands(workshop.store, model)).state


async def at(workshop: Workshop, hour: float) -> None:
    """Let it be so many hours after the midnight of the Friday, and let AWS do what was asked of it meanwhile."""
    workshop.clock.now = FRIDAY + hour * HOUR
    await workshop.run_due()
    for name, endpoint in workshop.aws.sagemaker.endpoints.items():
        if endpoint["EndpointStatus"] == "Creating":
            workshop.aws.sagemaker.serve(name)
    await workshop.follow(60, every=15)


async def test_model_is_in_service_when_the_hours_begin_and_sleeps_when_they_are_over(
    workshop: Workshop, model: Model
) -> None:
    assert model.due == FRIDAY + NINE - idling.WAKE_SECONDS
    await at(workshop, 8.8)
    assert workshop.aws.names("create") == []
    await at(workshop, 8.95)
    assert await state(workshop, model) == "in_service"
    await at(workshop, 10)
    await at(workshop, 16.9)
    assert await state(workshop, model) == "in_service"
    await at(workshop, 17)
    asleep = await stands(workshop.store, model)
    assert (asleep.state, asleep.due) == ("asleep", FRIDAY + 3 * DAY + NINE - asleep.wake_seconds)


async def test_worker_that_looks_late_wakes_it_while_the_hours_last(workshop: Workshop, model: Model) -> None:
    workshop.clock.advance(11 * HOUR)
    await workshop.run_due()
    assert await state(workshop, model) == "deploying"


async def test_worker_that_looks_when_the_hours_are_over_waits_for_the_next(workshop: Workshop, model: Model) -> None:
    workshop.clock.advance(17 * HOUR)
    await workshop.run_due()
    assert await state(workshop, model) == "asleep"
    assert (await stands(workshop.store, model)).due == FRIDAY + 3 * DAY + NINE - idling.WAKE_SECONDS


async def test_model_that_is_put_to_sleep_within_the_hours_sleeps_until_the_next(
    workshop: Workshop, model: Model
) -> None:
    await at(workshop, 9)
    await workshop.put(idling.to_sleep(await stands(workshop.store, model), workshop.clock()))
    for hour in (9.1, 10, 16):
        await at(workshop, hour)
        assert await state(workshop, model) == "asleep"


async def test_model_that_nobody_has_used_for_a_week_sleeps_on(workshop: Workshop, model: Model) -> None:
    for day in range(14):
        await at(workshop, day * 24 + 9)
        await at(workshop, day * 24 + 17)
    friday_to_wednesday = 4
    assert len(workshop.aws.called("create_endpoint")) == friday_to_wednesday
    asleep = await stands(workshop.store, model)
    assert (asleep.state, asleep.due) == ("asleep", None)


async def test_usual_hours_and_none_wake_nothing(workshop: Workshop, model: Model) -> None:
    for written in ("9-17 mon-fri UTC", ""):
        await hours(workshop, written)
        await workshop.run_due()
        assert (await stands(workshop.store, model)).due is None


async def test_model_sleeps_on_when_a_budget_has_no_room_and_the_admins_are_asked(
    workshop: Workshop, model: Model
) -> None:
    workshop.widen(admins=(MIRA,))
    assert await rules.change(workshop.store, TEAM, MIRA, 0, budgets={"workspace": 5.0})
    month = month_of(workshop.clock())
    await workshop.store.commit(Change(TEAM).add(table_of(month), "workspace", 4.9, 60))
    await at(workshop, 9)
    assert workshop.aws.names("create") == []
    assert await state(workshop, model) == "asleep"
    assert any("is used up" in text for text in workshop.said())


async def test_endpoint_that_a_budget_puts_to_sleep_says_so(workshop: Workshop, model: Model) -> None:
    await at(workshop, 10)
    assert await rules.change(workshop.store, TEAM, MIRA, 0, budgets={"workspace": 0.01}, at_budget="sleep")
    up = await stands(workshop.store, model)
    await workshop.put(replace(up, due=workshop.clock()))
    await at(workshop, 10.1)
    assert words.budgets.SLEEPS in workshop.said()[-1]
    assert await state(workshop, model) == "asleep"


async def test_card_says_when_it_is_woken_for_the_hours_and_no_more_once_they_are_off(
    workshop: Workshop, model: Model
) -> None:
    run = await workshop.put(a_run(state="trained", model=model.id))
    await workshop.put(replace(model, run=run.id))
    await workshop.put(outbox.card(run, workshop.clock()))
    await hours(workshop, "awake 10-17 mon-fri UTC")
    await workshop.run_due()
    woken = text.clock((await stands(workshop.store, model)).wakes_at)
    card = next(iter(workshop.slack.messages.values()))
    assert f"at {woken} for the working hours" in str(card["blocks"])
    await hours(workshop, "")
    await workshop.run_due()
    assert "working hours" not in str(card["blocks"])


async def test_model_for_which_there_is_no_place_in_the_morning_sleeps_on_and_is_woken_the_next(
    workshop: Workshop, model: Model
) -> None:
    workshop.widen(endpoints_at_once=1)
    await workshop.store.commit(Change(TEAM).index(UP, "another", workshop.clock()))
    await at(workshop, 8.95)
    await at(workshop, 9)
    assert (workshop.aws.names("create"), workshop.said()) == ([], [])
    assert await state(workshop, model) == "asleep"
    await workshop.store.commit(Change(TEAM).unindex(UP, "another"))
    await at(workshop, 3 * 24 + 9)
    assert await state(workshop, model) == "in_service"


async def test_model_whose_place_is_taken_while_it_is_woken_ahead_is_not_called_failed(
    workshop: Workshop, model: Model
) -> None:
    woken = await workshop.put(
        replace(model.to("deploying", stage="model", woken_in=CHANNEL, attempt=2), due=workshop.clock())
    )
    workshop.widen(endpoints_at_once=1)
    another = await workshop.put(a_model(id="another", state="in_service", due=None))
    await workshop.store.commit(Change(TEAM).index(UP, another.id, workshop.clock()))
    await workshop.follow(60)
    assert await state(workshop, woken) == "asleep"


async def test_owner_whose_budget_is_used_up_has_nothing_woken_whoever_woke_it_last(
    workshop: Workshop, model: Model
) -> None:
    await workshop.put(replace(model, woken_by="U0NOAH", woken_in=CHANNEL))
    assert await rules.change(workshop.store, TEAM, MIRA, 0, budgets={f"person:{MIRA}": 5.0})
    await workshop.store.commit(Change(TEAM).add(table_of(month_of(workshop.clock())), f"person:{MIRA}", 4.9, 60))
    await at(workshop, 9)
    assert (workshop.aws.names("create"), await state(workshop, model)) == ([], "asleep")
