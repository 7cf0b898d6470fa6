"""Money is set aside before anything is made that costs; what there is no room for is told, and nothing is made."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from core import holds, idling, rules
from core.change import Change
from core.line import enter
from core.records import Model, Run
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, a_run, stands
from tests.support.workshop import Workshop
from tests.workers.runs import ARTIFACT, until_created
from workers.setting_aside import UP

NAME = "darkroom-riobugger-model1-a1"
JANUARY = holds.table_of("2027-01")
WAKE_AND_HOUR = 0.94 * (3_600 + 360) / 3_600
"""What a first wake and the hour after it cost on an ml.g4dn.2xlarge."""


async def used(workshop: Workshop) -> dict[str, float]:
    table = await workshop.store.table(TEAM, JANUARY)
    return {scope: float(dollars) for scope, dollars in table.items()}


async def deploying(workshop: Workshop, identity: str = "model1", **different: Any) -> Model:
    usual: dict[str, Any] = {"state": "deploying", "stage": "model", "attempt": 1, "due": workshop.clock()}
    return await workshop.put(a_model(id=identity, run=f"run-{identity}", **(usual | different)))


async def test_endpoint_takes_up_its_wake_and_its_first_idle_time_before_anything_is_made(workshop: Workshop) -> None:
    workshop.aws.script("create_model", *[refusal("ThrottlingException", "Rate exceeded")] * 5)
    model = await deploying(workshop, woken_by="U0NOAH", woken_in="C0ART")
    await workshop.step(model)
    expected = {scope: pytest.approx(WAKE_AND_HOUR) for scope in ("workspace", "channel:C0ART", "person:U0NOAH")}
    assert await used(workshop) == expected
    assert await workshop.store.members(TEAM, UP) == [model.id]


async def test_in_the_end_the_budget_has_what_it_has_cost(workshop: Workshop) -> None:
    model = await deploying(workshop)
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(3 * 3_600, every=60)
    asleep = await stands(workshop.store, model)
    assert (asleep.state, asleep.held) == ("asleep", {})
    assert (await used(workshop))["workspace"] == pytest.approx(asleep.dollars)
    assert await workshop.store.members(TEAM, UP) == []


async def test_endpoint_that_is_kept_up_takes_up_more(workshop: Workshop) -> None:
    workshop.widen(keep_seconds=5 * 3_600)
    model = await deploying(workshop)
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(60)
    up = await stands(workshop.store, model)
    await workshop.put(replace(up, awake_until=workshop.clock() + 5 * 3_600, due=workshop.clock()))
    await workshop.run_due()
    assert (await used(workshop))["workspace"] == pytest.approx(0.94 * 5, rel=0.03)


async def test_endpoint_that_no_budget_has_room_for_is_not_made_and_those_who_wait_are_told(
    workshop: Workshop,
) -> None:
    workshop.widen(person_budget=1.0, admins=("U0ANNA",))
    model = await deploying(workshop)
    waiting = a_generation(state="parked", asked_at=workshop.clock())
    assert await workshop.store.commit(enter(Change(TEAM).put(waiting), waiting, workshop.clock()))
    await workshop.follow(30)
    assert workshop.aws.called("create_model") == []
    failed = await stands(workshop.store, model)
    assert (failed.state, failed.held) == ("failed", {})
    assert failed.reason.startswith(f"That does not fit into the budget of <@{MIRA}>: $0.00 of $1.00")
    assert (await stands(workshop.store, waiting)).state == "failed"
    assert (await used(workshop)).get("workspace", 0) == 0
    told = str(workshop.slack.messages)
    assert told.count("Approve $5 more") == 1


async def test_never_more_endpoints_than_allowed_are_up_and_the_next_one_finds_room_again(workshop: Workshop) -> None:
    workshop.widen(endpoints_at_once=2)
    made = [await deploying(workshop, f"model{k}") for k in range(1, 5)]
    await workshop.run_due()
    states = [(await stands(workshop.store, model)).state for model in made]
    assert sorted(states) == ["deploying", "deploying", "failed", "failed"]
    refused = await stands(workshop.store, made[states.index("failed")])
    assert refused.reason.startswith("2 endpoints are up, which is the most at once here. Put one to sleep")
    up = await stands(workshop.store, made[states.index("deploying")])
    workshop.aws.sagemaker.serve(f"darkroom-riobugger-{up.id}-a1")
    await workshop.put(replace(up.to("draining", stage="endpoint", then="asleep"), due=workshop.clock()))
    await workshop.follow(60)
    again = replace(refused.to("deploying", stage="model", attempt=2, reason=""), due=workshop.clock())
    await workshop.put(again)
    await workshop.run_due()
    assert (await stands(workshop.store, refused)).state == "deploying"


async def test_model_that_is_counted_as_up_and_is_not_takes_nobodys_place(workshop: Workshop) -> None:
    workshop.widen(endpoints_at_once=1)
    await workshop.store.commit(Change(TEAM).index(UP, "gone", workshop.clock()))
    model = await deploying(workshop)
    await workshop.follow(5)
    assert (await stands(workshop.store, model)).state == "deploying"
    assert await workshop.store.members(TEAM, UP) == [model.id]


async def test_endpoint_sleeps_when_the_budget_is_used_up_and_admins_chose_so(workshop: Workshop) -> None:
    model = await deploying(workshop)
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(60)
    assert await rules.change(workshop.store, TEAM, MIRA, 0, budgets={"workspace": 0.1}, at_budget="sleep")
    await workshop.follow(660, every=30)
    assert (await stands(workshop.store, model)).state == "asleep"


async def test_training_takes_up_its_estimate_and_in_the_end_its_bill(workshop: Workshop, run: Run) -> None:
    run = await until_created(workshop, run)
    (held,) = run.held.values()
    assert held > 0
    assert (await used(workshop))[f"person:{MIRA}"] == pytest.approx(held)
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    workshop.aws.sagemaker.jobs[run.job] |= {
        "BillableTimeInSeconds": 900,
        "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"},
    }
    await workshop.step(replace(run, due=workshop.clock.advance(60)))
    over = await stands(workshop.store, run)
    assert (over.state, over.held) == ("trained", {})
    assert (await used(workshop))[f"channel:{CHANNEL}"] == pytest.approx(0.94 / 4)


async def test_training_that_no_budget_has_room_for_is_not_begun(workshop: Workshop) -> None:
    workshop.widen(workspace_budget=0.01)
    run = await workshop.put(a_run(state="queued", attempt=1, max_steps=200, due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).index("queue", run.id, workshop.clock()))
    await workshop.follow(30)
    failed = await stands(workshop.store, run)
    assert failed.state == "failed"
    assert "That does not fit into this workspace's budget" in failed.reason
    assert workshop.aws.called("create_training_job") == []


async def up(workshop: Workshop, identity: str) -> Model:
    """Bring a model of its own into service."""
    model = await deploying(workshop, identity, subject=identity)
    await workshop.run_due()
    workshop.aws.sagemaker.serve(f"darkroom-{identity}-{identity}-a1")
    await workshop.follow(60)
    return await stands(workshop.store, model)


async def hours(workshop: Workshop, written: str) -> None:
    assert await idling.set_hours(workshop.store, TEAM, MIRA, CHANNEL, written, workshop.clock())


async def test_working_hours_hold_as_long_as_the_budget_has_room_for_them_and_never_break_it(
    workshop: Workshop,
) -> None:
    workshop.widen(workspace_budget=12.0)
    await hours(workshop, "0-10 every day UTC")
    models = [await up(workshop, name) for name in ("riobugger", "doppler")]
    assert (await used(workshop))["workspace"] < 12
    told = [text for text in workshop.said() if "working hours do not hold" in text]
    assert (len(told), "doppler" in told[0]) == (1, True)
    await workshop.follow(2 * 3_600, every=300)
    assert [(await stands(workshop.store, model)).state for model in models] == ["in_service", "asleep"]
    await workshop.follow(9 * 3_600, every=300)
    assert (await stands(workshop.store, models[0])).state == "asleep"
    assert (await used(workshop))["workspace"] < 12


async def test_keeping_many_awake_at_once_never_exceeds_a_budget(workshop: Workshop) -> None:
    models = [await up(workshop, name) for name in ("riobugger", "doppler", "chairy")]
    most = (await used(workshop))["workspace"] + 2 * 0.94
    bounds = replace(workshop.house.bounds, budgets={"workspace": most})
    keeping = idling.Keeping(3 * 3_600, 0.94)
    kept = [idling.keep_awake(workshop.store, one, MIRA, keeping, workshop.clock(), bounds) for one in models]
    answers = await asyncio.gather(*kept, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["OverBudgetError", "OverBudgetError", "bool"]
    assert (await used(workshop))["workspace"] <= most


async def test_hours_that_end_let_those_go_at_once_that_were_up_for_them(workshop: Workshop) -> None:
    await hours(workshop, "0-23 every day UTC")
    model = await up(workshop, "riobugger")
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    await workshop.follow(2 * 3_600, every=300)
    assert (await stands(workshop.store, model)).state == "in_service"
    await hours(workshop, "")
    await workshop.follow(30, every=5)
    assert (await stands(workshop.store, model)).state == "asleep"


async def test_hours_that_nearly_use_a_budget_up_are_warned_of(workshop: Workshop) -> None:
    workshop.widen(workspace_budget=11.0, admins=(MIRA,))
    await hours(workshop, "0-10 every day UTC")
    await up(workshop, "riobugger")
    level = (await used(workshop))["workspace"]
    assert 0.8 * 11 < level < 11
    assert [text for text in workshop.said() if "of $11.00" in text]
