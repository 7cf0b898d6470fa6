"""What a team spends: split at the borders of months, counted once, and of what runs now as much as it has cost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import ledger, months, prices, spending
from core.change import Change
from core.records import Model, Run
from core.spending import Endpoint, Spent, comes_up, is_gone, this_month
from core.store import Store
from tests.support.clock import NEW_YEAR_2027, FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_run, written

HOUR = 3_600.0
DECEMBER, JANUARY = "2026-12", "2027-01"


def up(an_hour: float | None, since: float, **different: Any) -> Model:
    return comes_up(a_model(**different), Endpoint("darkroom-riobugger-model1-a1", "ml.g5.2xlarge", an_hour), since)


def a_trained_run(**different: Any) -> Run:
    usual: dict[str, Any] = {
        "state": "trained",
        "job": "darkroom-riobugger-run1-a1",
        "instance": "ml.g5.2xlarge",
        "model": "model1",
    }
    return a_run(**(usual | {"billed_seconds": 900, "an_hour": 2.0, "ended_at": NEW_YEAR_2027 + HOUR} | different))


def test_time_over_a_months_end_is_split_at_the_border() -> None:
    border, before, after = NEW_YEAR_2027, NEW_YEAR_2027 - HOUR, NEW_YEAR_2027 + 2 * HOUR
    assert list(months.split(before, after)) == [(DECEMBER, before, border), (JANUARY, border, after)]
    assert list(months.split(border, after)) == [(JANUARY, border, after)]
    assert list(months.split(before, border)) == [(DECEMBER, before, border)]


@given(st.floats(1e9, 2e9), st.floats(0, 400 * 86_400))
def test_months_make_up_the_whole_time_and_each_comes_once(since: float, seconds: float) -> None:
    parts = list(months.split(since, since + seconds))
    assert sum(end - start for _, start, end in parts) == pytest.approx(seconds, abs=1e-3)
    assert [month for month, *_ in parts] == sorted({month for month, *_ in parts})
    assert all(end > start for _, start, end in parts)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - with a zone
def test_month_begins_on_its_first_day(moment: datetime) -> None:
    began = datetime.fromtimestamp(months.began(moment.timestamp()), UTC)
    assert (began.day, began.hour, began.month) == (1, 0, moment.month)
    assert months.month_of((began - timedelta(seconds=1)).timestamp()) != months.month_of(moment.timestamp())
    assert months.named(months.month_of(moment.timestamp())) == began


async def test_endpoint_over_new_year_is_booked_to_both_months(store: Store, clock: FakeClock) -> None:
    change = Change(TEAM)
    gone = is_gone(change, up(2.0, clock() - HOUR, dollars=1.0), clock() + 2 * HOUR)
    await store.commit(change)
    assert (gone.up_since, gone.an_hour, gone.up_seconds, gone.dollars) == (0, None, 3 * HOUR, 7.0)
    assert await store.table(TEAM, spending.sums_of(DECEMBER)) == {"endpoints": "2"}
    assert await this_month(store, TEAM, clock()) == Spent(0, 4.0)
    (old,), (new,) = [await ledger.of_month(store, TEAM, month) for month in (DECEMBER, JANUARY)]
    assert (old.since, old.until, old.dollars) == (clock() - HOUR, clock(), 2.0)
    assert (new.since, new.until, new.dollars) == (clock(), clock() + 2 * HOUR, 4.0)
    assert (new.kind, new.name, new.instance) == ("endpoint", "darkroom-riobugger-model1-a1", "ml.g5.2xlarge")


async def test_endpoint_is_paid_by_who_had_it_woken_and_where(store: Store, clock: FakeClock) -> None:
    change = Change(TEAM)
    is_gone(change, up(2.0, clock(), woken_by="U0BEN", woken_in="C0ART"), clock() + HOUR)
    is_gone(change, up(2.0, clock(), up_as=""), clock() + HOUR)
    await store.commit(change)
    assert await store.table(TEAM, "budget:2027-01") == {
        "workspace": "4",
        "channel:C0ART": "2",
        "person:U0BEN": "2",
        f"channel:{CHANNEL}": "2",
        f"person:{MIRA}": "2",
    }


async def test_what_was_set_aside_gives_way_to_what_it_has_cost(store: Store, clock: FakeClock) -> None:
    held = {JANUARY: 3.0}
    change = Change(TEAM).add("budget:2027-01", "workspace", 3.0, 60)
    gone = is_gone(change, up(2.0, clock(), held=held), clock() + HOUR)
    await store.commit(change)
    assert gone.held == {}
    assert (await store.table(TEAM, "budget:2027-01"))["workspace"] == "2"


def test_endpoint_of_unknown_price_is_reckoned_by_the_dearest_known_and_says_so() -> None:
    change = Change(TEAM)
    gone = is_gone(change, up(None, NEW_YEAR_2027), NEW_YEAR_2027 + HOUR)
    (line,) = ledger.of_endpoint(up(None, NEW_YEAR_2027), NEW_YEAR_2027 + HOUR)
    assert line.guessed
    assert (gone.up_seconds, gone.dollars) == (HOUR, line.dollars)
    assert line.dollars == pytest.approx(prices.DEAREST)


async def test_training_is_booked_once_however_often_its_end_is_written(store: Store, clock: FakeClock) -> None:
    run = a_trained_run()
    assert await store.commit(spending.has_trained(Change(TEAM).put(run), run))
    assert not await store.commit(spending.has_trained(Change(TEAM).put(run), run))
    (line,) = await ledger.of_month(store, TEAM, JANUARY)
    assert (line.kind, line.name, line.model, line.seconds, line.dollars) == ("training", run.job, "model1", 900, 0.5)
    assert (await this_month(store, TEAM, clock())).training == 0.5


async def test_what_runs_now_counts_from_the_first_of_the_month_on(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service", up_since=clock() - 5 * HOUR, an_hour=2.0, dollars=3.0))
    change = Change(TEAM).name("catalogue", model.id, model.subject)
    await store.commit(spending.has_trained(change, a_trained_run(billed_seconds=450)))
    spent = await this_month(store, TEAM, clock() + HOUR)
    assert (spent, spent.total) == (Spent(0.25, 2.0), 2.25)
    assert spending.so_far(model, clock() + HOUR) == 15.0


async def test_team_that_has_spent_nothing_has_spent_nothing(store: Store, clock: FakeClock) -> None:
    assert await this_month(store, TEAM, clock()) == Spent()
    assert spending.has_trained(Change(TEAM), a_trained_run(billed_seconds=0)).operations == []
