"""When an idle endpoint is warned about and taken down."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.change import Change
from core.holds import NOBODY
from core.idling import Keeping, Policy, keep_awake, policy_of, used, uses_of, verdict, wake_again
from core.names import DAY
from core.records import Message
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import TEAM, a_model, stands, written
from tests.support.workshop import settings

START = 1_798_761_600.0
policies = st.builds(Policy, st.integers(1, 86_400).map(float), st.integers(0, 90_000).map(float))
ages = st.integers(0, 200_000).map(float)


@given(policies, ages)
def test_verdict_is_sleep_from_the_idle_time_on_and_never_before(policy: Policy, age: float) -> None:
    found, _ = verdict(a_model(), START, policy, START + age)
    assert (found == "sleep") == (age >= policy.idle_seconds)


@given(policies, ages)
def test_warning_comes_in_the_last_stretch_and_only_where_one_is_wanted(policy: Policy, age: float) -> None:
    found, _ = verdict(a_model(), START, policy, START + age)
    lead = min(policy.warn_seconds, policy.idle_seconds / 2)
    in_the_stretch = policy.idle_seconds - lead <= age < policy.idle_seconds
    assert (found == "warn") == (in_the_stretch and policy.warn_seconds > 0)


@given(policies, ages)
def test_warning_is_given_once_for_each_last_use(policy: Policy, age: float) -> None:
    warned = a_model(warned_for=START + policy.idle_seconds)
    assert verdict(warned, START, policy, START + age)[0] != "warn"
    used_again = verdict(warned, START + 1, policy, START + 1 + age)[0]
    assert used_again == verdict(a_model(), START + 1, policy, START + 1 + age)[0]


@given(policies, ages)
def test_endpoint_is_looked_at_again_in_time_and_not_at_once(policy: Policy, age: float) -> None:
    now = START + age
    found, again = verdict(a_model(), START, policy, now)
    if found == "sleep":
        assert again == now
    else:
        assert now < again <= START + policy.idle_seconds


@given(policies)
def test_following_the_verdicts_ends_in_sleep_at_the_idle_time_with_one_warning_before(policy: Policy) -> None:
    model, now, seen = a_model(), START, list[str]()
    while not seen or seen[-1] != "sleep":
        found, again = verdict(model, START, policy, now)
        seen.append(found)
        model = a_model(warned_for=START + policy.idle_seconds) if found == "warn" else model
        now = again
        assert len(seen) <= 4
    assert now == START + policy.idle_seconds
    assert seen.count("warn") == bool(policy.warn_seconds)


KEEPING = Keeping(3_600, 1.52)


async def test_keep_awake_keeps_it_for_an_hour_and_says_who_it_was_and_what_it_costs(
    store: Store, clock: FakeClock
) -> None:
    model = await written(store, a_model(state="in_service", warned_for=START - 300, due=clock() + 300))
    assert await keep_awake(store, model, "U0THEO", KEEPING, clock())
    assert (await stands(store, model)).awake_until == clock() + 3_600
    due = await store.overdue(TEAM, clock())
    assert "model:model1" in dict(due)
    said = await store.get_all(Message, TEAM, [m.partition(":")[2] for m, _ in due if m.startswith("message")])
    until = words.text.clock(clock() + 3_600)
    assert [one.text for one in said] == [
        f"<@U0THEO> keeps *riobugger* awake until {until} at least. That costs $1.52."
    ]


async def test_second_press_of_keep_awake_says_nothing_more(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service"))
    for _ in range(2):
        assert await keep_awake(store, model, "U0THEO", KEEPING, clock())
    assert len(await store.overdue(TEAM, clock())) == 2


@pytest.mark.parametrize("state", ["draining", "asleep", "failed", "deploying"])
async def test_keep_awake_comes_too_late(store: Store, clock: FakeClock, state: str) -> None:
    model = await written(store, a_model(state=state))
    assert not await keep_awake(store, model, "U0THEO", KEEPING, clock())
    assert (await stands(store, model)).awake_until == 0


async def test_failed_endpoint_is_woken_once_with_names_of_its_own(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="failed", attempt=1, reason="no"))
    assert await wake_again(store, model, clock(), NOBODY)
    assert not await wake_again(store, model, clock(), NOBODY)
    up = await stands(store, model)
    assert (up.state, up.stage, up.attempt, up.reason, up.due) == ("deploying", "model", 2, "", clock())


@given(policies, ages, st.integers(0, 90_000).map(float))
def test_nothing_sleeps_before_the_time_that_somebody_wanted_it_awake_for(
    policy: Policy, age: float, kept: float
) -> None:
    found, again = verdict(a_model(awake_until=START + kept), START, policy, START + age)
    assert (found == "sleep") == (age >= max(policy.idle_seconds, kept))
    assert again <= max(START + age, START + kept, START + policy.idle_seconds)


async def test_idle_time_is_the_models_own_the_deployments_or_what_its_uses_teach(
    store: Store, clock: FakeClock
) -> None:
    model = a_model(idle_seconds=77.0)
    assert (await policy_of(store, settings(DARKROOM_IDLE_SECONDS="900"), model, clock(), clock())).idle_seconds == 77
    assert (
        await policy_of(store, settings(DARKROOM_IDLE_SECONDS="900"), a_model(), clock(), clock())
    ).idle_seconds == 900
    assert (await policy_of(store, settings(), a_model(), clock(), clock())).idle_seconds == 3_600
    for night in range(14):
        for minute in range(8):
            change = used(Change(TEAM), a_model(), clock() + night * 86_400 + minute * 60)
            await store.commit(change)
    last = clock() + 13 * 86_400 + 420
    learnt = await policy_of(store, settings(), a_model(), last, last)
    assert 60 <= learnt.idle_seconds < 900


async def test_two_people_who_keep_it_awake_at_once_both_count(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service"))
    await store.commit(Change(TEAM).touch(type(model), model.id, clock()))
    assert await keep_awake(store, model, "U0THEO", KEEPING, clock())


async def known(store: Store, *days: int) -> int:
    """Use a model so many days from now; gives of how many uses it is known."""
    for day in days:
        await store.commit(used(Change(TEAM), a_model(), time.time() + day * DAY))
    return len(await store.members(TEAM, uses_of("model1")))


async def test_uses_are_known_for_two_months(store: Store) -> None:
    assert await known(store, -61, -59, 0) == 2


async def test_use_by_a_clock_that_has_leapt_ahead_lets_no_others_be_forgotten(store: Store) -> None:
    assert await known(store, -1, 0, 61) == 3
