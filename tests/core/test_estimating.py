"""What a run will take and cost: the article's word at first, one's own runs' later, and no odd run's ever."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import estimating
from core.change import Change
from core.estimating import Plan, estimate, plan
from core.records import Run
from core.store import Store
from tests.support.records import TEAM, a_run

T4, A10 = "ml.g4dn.2xlarge", "ml.g5.2xlarge"
PRIOR = {"with_prior_preservation": "True", "num_class_images": "100"}


def finished(billed: float, took: float = 0, **different: Any) -> Run:
    usual: dict[str, Any] = {"state": "trained", "instance": T4, "max_steps": 200}
    seconds = {"billed_seconds": round(billed), "took_seconds": round(took or billed + 180)}
    return a_run(**(usual | seconds | different))


def planning(**different: Any) -> Plan:
    usual: dict[str, Any] = {"instance": T4, "steps": 200}
    return Plan(**(usual | different))


def by_the_article(steps: int, **different: Any) -> float:
    """Billed seconds by the article's figures."""
    return estimating.SETUP_SECONDS + estimating.effort(planning(steps=steps, **different))


def minutes(runs: list[Run], **planned: Any) -> float:
    return estimate(runs, None, planning(**planned)).minutes


def dollars(runs: list[Run], **planned: Any) -> float:
    found = estimate(runs, 1.0, planning(**planned)).dollars
    assert found is not None
    return found


def test_first_run_takes_about_the_20_minutes_of_the_article() -> None:
    assert 15 < minutes([]) < minutes([], steps=300) < minutes([], steps=400) < 25
    assert minutes([], steps=300) == pytest.approx(20, abs=0.1)
    assert estimate([], 0.94, Plan(T4, 200)).learnt == 0


def test_waiting_for_a_machine_is_not_paid() -> None:
    paid = dollars([]) * 60
    assert paid == pytest.approx(minutes([]) - estimating.WAIT_SECONDS / 60)


def test_price_that_is_not_known_stays_unknown() -> None:
    assert estimate([], None, Plan(T4, 200)).dollars is None


@pytest.mark.parametrize(
    ("shown", "now", "another"),
    [
        (0.31, 0.31, False),
        (0.31, 0.36, False),
        (0.31, 0.37, True),
        (0.31, 0.25, True),
        (8.00, 8.39, False),
        (8.00, 8.41, True),
        (None, None, False),
        (None, 0.31, True),
        (0.31, None, True),
    ],
)
def test_price_is_another_one_from_five_percent_and_five_cents_on(
    shown: float | None, now: float | None, *, another: bool
) -> None:
    assert estimating.is_another_price(shown, now) == another


def test_faster_card_takes_less_time() -> None:
    assert minutes([], instance=A10, steps=800) < minutes([], steps=800)


def test_prior_preservation_looks_at_twice_the_pictures_and_generates_them_first() -> None:
    run = a_run(max_steps=800, hyperparameters=PRIOR)
    assert plan(run, A10) == Plan(A10, 800, 2, 100)
    assert plan(run, A10, class_photos=60).class_images == 40
    assert plan(run, A10, class_photos=200).class_images == 0
    assert (
        minutes([], steps=800, passes=2, class_images=100) > minutes([], steps=800, passes=2) > minutes([], steps=800)
    )


def test_bigger_batches_take_longer() -> None:
    told = {"batch_size": "2", "gradient_accumulation_steps": "3", "num_class_images": "100"}
    assert plan(a_run(hyperparameters=told), T4) == Plan(T4, 200, 6, 0)


def test_what_is_no_number_counts_as_the_default() -> None:
    assert plan(a_run(hyperparameters={"batch_size": "None"}), T4).passes == 1


def test_spot_leaves_a_part_of_the_bill() -> None:
    assert dollars([], spot=True) == pytest.approx(0.3 * dollars([]))
    assert minutes([], spot=True) == minutes([])


def test_own_spot_runs_say_what_spot_leaves() -> None:
    seen = [finished(0.6 * by_the_article(200), took=by_the_article(200) + 180, spot=True) for _ in range(4)]
    assert dollars(seen, spot=True) == pytest.approx(0.6 * dollars([]), rel=0.01)
    assert dollars(seen) == pytest.approx(dollars([]))
    assert minutes(seen, spot=True) == pytest.approx(minutes([]), rel=0.01)


def test_own_runs_are_believed_once_there_are_a_few() -> None:
    slow = [finished(3 * by_the_article(steps), max_steps=steps) for steps in (100, 200, 400, 800, 200)]
    for steps in (50, 200, 1000):
        assert dollars(slow, steps=steps) == pytest.approx(3 * dollars([], steps=steps), rel=0.05)
    assert estimate(slow, 1.0, Plan(T4, 200)).learnt == 5


def test_setup_and_steps_are_told_apart() -> None:
    """The network is as fast as ever, the card half as fast."""
    runs = [finished(360 + 2 * (by_the_article(s) - 360), max_steps=s) for s in (50, 100, 200, 400, 800, 100, 400)]
    assert dollars(runs, steps=2000) * 3600 == pytest.approx(360 + 2 * (by_the_article(2000) - 360), rel=0.05)


def test_runs_on_another_card_say_less_than_those_on_the_same() -> None:
    slow_t4 = [finished(5 * by_the_article(200)) for _ in range(5)]
    own = [finished(by_the_article(200, instance=A10), instance=A10) for _ in range(3)]
    assert dollars(slow_t4 + own, instance=A10) == pytest.approx(dollars([], instance=A10), rel=0.01)
    assert dollars(slow_t4, instance=A10) == pytest.approx(5 * dollars([], instance=A10), rel=0.01)


def test_run_without_billed_seconds_teaches_nothing() -> None:
    assert minutes([finished(0, took=9999)] * 5) == minutes([])


def test_first_odd_run_changes_nothing() -> None:
    odd = finished(10 * by_the_article(800), max_steps=800)
    assert dollars([odd]) == pytest.approx(dollars([]))
    assert minutes([odd]) == pytest.approx(minutes([]))


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
speeds = st.floats(0.2, 5)
step_counts = st.integers(50, 1000)
honest_runs = st.lists(st.tuples(step_counts, st.floats(0.9, 1.1)), min_size=6, max_size=20)
any_run = st.builds(
    finished,
    billed=st.floats(0, 1e6),
    took=st.floats(0, 1e6),
    max_steps=st.integers(1, 5000),
    instance=st.sampled_from([T4, A10, "ml.p9.huge"]),
    spot=st.booleans(),
    hyperparameters=st.sampled_from([{}, PRIOR]),
)


@unhurried
@given(speeds, honest_runs, st.sampled_from([0.1, 10.0]), step_counts, st.integers(0, 20))
def test_odd_run_among_others_has_no_say(
    speed: float, runs: list[tuple[int, float]], odd: float, steps: int, place: int
) -> None:
    seen = [finished(speed * noise * by_the_article(count), max_steps=count) for count, noise in runs]
    seen.insert(place % (len(seen) + 1), finished(odd * speed * by_the_article(steps), max_steps=steps))
    for asked in (50, 200, 800):
        assert 0.75 < dollars(seen, steps=asked) / (speed * dollars([], steps=asked)) < 1.35


@unhurried
@given(runs=st.lists(any_run, max_size=12), steps=st.integers(1, 5000), more=st.integers(0, 5000), spot=st.booleans())
def test_more_steps_never_take_less_and_nothing_is_negative(
    runs: list[Run], steps: int, more: int, *, spot: bool
) -> None:
    few = estimate(runs, 0.94, Plan(T4, steps, spot=spot))
    many = estimate(runs, 0.94, Plan(T4, steps + more, spot=spot))
    assert few.dollars is not None
    assert many.dollars is not None
    assert 0 <= few.dollars <= many.dollars
    assert 0 < few.minutes <= many.minutes


@unhurried
@given(st.lists(any_run, max_size=12), st.integers(1, 5000))
def test_spot_never_costs_more(runs: list[Run], steps: int) -> None:
    spot, usual = (estimate(runs, 0.94, Plan(T4, steps, spot=spot)).dollars or 0 for spot in (True, False))
    assert spot <= usual


@unhurried
@given(st.lists(any_run, max_size=8), st.randoms())
def test_order_of_the_runs_does_not_matter(runs: list[Run], random: Random) -> None:
    shuffled = random.sample(runs, len(runs))
    assert minutes(runs) == pytest.approx(minutes(shuffled))


def test_estimate_of_before_does_not_know_how_it_ended() -> None:
    runs = [finished(5 * by_the_article(200), id=f"run{number}") for number in range(6)]
    first, last = (estimating.before(runs, runs[place], 1.0) for place in (0, 5))
    assert (first.learnt, last.learnt) == (0, 5)
    assert first == estimate([], 1.0, Plan(T4, 200))
    assert last.dollars == pytest.approx(5 * (first.dollars or 0), rel=0.01)
    assert estimating.before(runs, a_run(id="new", instance=T4), 1.0).learnt == 6


async def test_newest_trained_runs_are_remembered(store: Store) -> None:
    change = Change(TEAM)
    for number in range(estimating.REMEMBERED + 5):
        run = finished(1000 + number, id=f"run{number}")
        estimating.remember(change.put(run), run, 1000.0 + number)
    cancelled = finished(9, id="cancelled", state="cancelled")
    assert await store.commit(estimating.remember(change.put(cancelled), cancelled, 9e9))
    found = await estimating.history(store, TEAM)
    assert len(found) == estimating.REMEMBERED - 1
    assert found[-1].billed_seconds == 1000 + estimating.REMEMBERED + 4
    assert len(await store.members(TEAM, estimating.FINISHED)) == estimating.REMEMBERED
    assert await estimating.history(store, "T0OTHER") == []
