"""When an idle endpoint is warned about and taken down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.change import Change
from core.idling import USED, Policy, keep_awake, verdict, wake_again
from core.records import Message
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import TEAM, a_model, stands, written

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
    warned = a_model(warned_for=START)
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
        model = a_model(warned_for=START) if found == "warn" else model
        now = again
        assert len(seen) <= 4
    assert now == START + policy.idle_seconds
    assert seen.count("warn") == bool(policy.warn_seconds)


async def test_keep_awake_counts_as_a_use_and_says_who_it_was(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service", warned_for=START - 300, due=clock() + 300))
    assert await keep_awake(store, model, "U0THEO", Policy(3_600, 300), clock())
    assert await store.score(TEAM, USED, model.id) == clock()
    due = await store.overdue(TEAM, clock())
    assert "model:model1" in dict(due)
    said = await store.get_all(Message, TEAM, [m.partition(":")[2] for m, _ in due if m.startswith("message")])
    assert [one.text for one in said] == ["<@U0THEO> keeps *riobugger* awake for at least 60 minutes."]


async def test_second_press_of_keep_awake_says_nothing_more(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service"))
    for _ in range(2):
        assert await keep_awake(store, model, "U0THEO", Policy(3_600, 300), clock())
    assert len(await store.overdue(TEAM, clock())) == 2


@pytest.mark.parametrize("state", ["draining", "asleep", "failed", "deploying"])
async def test_keep_awake_comes_too_late(store: Store, clock: FakeClock, state: str) -> None:
    model = await written(store, a_model(state=state))
    assert not await keep_awake(store, model, "U0THEO", Policy(3_600, 300), clock())
    assert await store.score(TEAM, USED, model.id) is None


async def test_failed_endpoint_is_woken_once_with_names_of_its_own(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="failed", attempt=1, reason="no"))
    assert await wake_again(store, model, clock())
    assert not await wake_again(store, model, clock())
    up = await stands(store, model)
    assert (up.state, up.stage, up.attempt, up.reason, up.due) == ("deploying", "model", 2, "", clock())


async def test_two_people_who_keep_it_awake_at_once_both_count(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service"))
    await store.commit(Change(TEAM).touch(type(model), model.id, clock()))
    assert await keep_awake(store, model, "U0THEO", Policy(3_600, 300), clock())
