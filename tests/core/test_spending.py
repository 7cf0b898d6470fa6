"""What a team spends: split at the borders of months, counted once, and of what runs now as much as it has cost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spending
from core.change import Change
from core.spending import Spent, by_month, comes_up, is_gone, month_began, month_of, this_month
from core.store import Store
from tests.support.clock import NEW_YEAR_2027, FakeClock
from tests.support.records import TEAM, a_model, written

HOUR = 3_600.0
DECEMBER, JANUARY = "spend:2026-12", "spend:2027-01"


def test_time_over_a_months_end_is_split_at_the_border() -> None:
    assert list(by_month(NEW_YEAR_2027 - HOUR, NEW_YEAR_2027 + 2 * HOUR)) == [(DECEMBER, HOUR), (JANUARY, 2 * HOUR)]
    assert list(by_month(NEW_YEAR_2027, NEW_YEAR_2027 + HOUR)) == [(JANUARY, HOUR)]
    assert list(by_month(NEW_YEAR_2027 - HOUR, NEW_YEAR_2027)) == [(DECEMBER, HOUR)]


@given(st.floats(1e9, 2e9), st.floats(0, 400 * 86_400))
def test_months_make_up_the_whole_time_and_each_comes_once(since: float, seconds: float) -> None:
    parts = list(by_month(since, since + seconds))
    assert sum(part for _, part in parts) == pytest.approx(seconds, abs=1e-3)
    assert [month for month, _ in parts] == sorted({month for month, _ in parts})
    assert all(part > 0 for _, part in parts)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - with a zone
def test_month_begins_on_its_first_day(moment: datetime) -> None:
    began = datetime.fromtimestamp(month_began(moment.timestamp()), UTC)
    assert (began.day, began.hour, began.month) == (1, 0, moment.month)
    assert month_of((began - timedelta(seconds=1)).timestamp()) != month_of(moment.timestamp())


async def test_endpoint_over_new_year_is_booked_to_both_months(store: Store, clock: FakeClock) -> None:
    up = comes_up(a_model(dollars=1.0), 2.0, clock() - HOUR)
    change = Change(TEAM)
    gone = is_gone(change, up, clock() + 2 * HOUR)
    await store.commit(change)
    assert (gone.up_since, gone.an_hour, gone.up_seconds, gone.dollars) == (0, None, 3 * HOUR, 7.0)
    assert await store.table(TEAM, DECEMBER) == {"endpoints": "2"}
    assert await this_month(store, TEAM, clock()) == Spent(0, 4.0)


def test_endpoint_of_unknown_price_counts_its_time_alone() -> None:
    change = Change(TEAM)
    gone = is_gone(change, comes_up(a_model(), None, NEW_YEAR_2027), NEW_YEAR_2027 + HOUR)
    assert (gone.up_seconds, gone.dollars, change.operations) == (HOUR, 0, [])


def test_endpoint_that_is_found_to_be_up_already_bills_on() -> None:
    up = comes_up(a_model(), 0.94, NEW_YEAR_2027)
    assert comes_up(up, 5.0, NEW_YEAR_2027 + HOUR) is up
    assert is_gone(Change(TEAM), a_model(), NEW_YEAR_2027) == a_model()


async def test_what_runs_now_counts_from_the_first_of_the_month_on(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service", up_since=clock() - 5 * HOUR, an_hour=2.0, dollars=3.0))
    change = Change(TEAM).name("catalogue", model.id, model.subject)
    await store.commit(spending.has_trained(change, 0.25, clock()))
    spent = await this_month(store, TEAM, clock() + HOUR)
    assert (spent, spent.total) == (Spent(0.25, 2.0), 2.25)
    assert spending.so_far(model, clock() + HOUR) == 15.0


async def test_team_that_has_spent_nothing_has_spent_nothing(store: Store, clock: FakeClock) -> None:
    assert await this_month(store, TEAM, clock()) == Spent()
    assert spending.has_trained(Change(TEAM), None, clock()).operations == []
