"""Working hours: what is understood, and until when a model stays awake that is used within them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import hours, idling
from core.grammar import GrammarError
from core.hours import Hours, read
from core.idling import ends_at, policy_of
from core.names import DAY
from core.store import Store
from tests.support.records import CHANNEL, MIRA, TEAM, a_model
from tests.support.workshop import settings


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-17", Hours(9, 17)),
        ("9-17 weekdays", Hours(9, 17)),
        ("9 – 17 every day", Hours(9, 17, 0, 6)),
        ("22-6 fri-sun europe/berlin", Hours(22, 6, 4, 6, "Europe/Berlin")),
        ("0-24 sat", Hours(0, 24, 5, 5)),
        ("9-17 Europe/Berlin", Hours(9, 17, 0, 4, "Europe/Berlin")),
        ("awake 9-17 weekdays", Hours(9, 17, awake=True)),
        ("Awake  8-12 sat Europe/Berlin", Hours(8, 12, 5, 5, "Europe/Berlin", awake=True)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, meant: Hours) -> None:
    assert read(typed) == meant
    assert read(meant.written) == meant


@pytest.mark.parametrize(
    "typed", ["", "nine to five", "9-9", "9-25", "24-9", "9-17 someday", "9-17 weekdays Atlantis", "awake"]
)
def test_what_is_no_hours_is_told_how_they_are_written(typed: str) -> None:
    with pytest.raises(GrammarError, match="/darkroom hours 9-17 weekdays"):
        read(typed)
    assert hours.end_of(typed, 0, 0) == 0


def test_use_within_the_hours_lasts_until_they_end() -> None:
    week = read("9-17 weekdays Europe/Berlin")
    monday = at("2027-01-04T09:30", "Europe/Berlin")
    assert week.end_of(monday) == at("2027-01-04T17:00", "Europe/Berlin")
    assert week.end_of(at("2027-01-04T08:59", "Europe/Berlin")) == 0
    assert week.end_of(at("2027-01-04T17:00", "Europe/Berlin")) == 0
    assert week.end_of(at("2027-01-09T12:00", "Europe/Berlin")) == 0


def test_night_that_began_on_its_day_goes_on_into_the_next() -> None:
    night = read("22-6 fri")
    assert night.end_of(at("2027-01-09T05:00")) == at("2027-01-09T06:00")
    assert night.end_of(at("2027-01-08T05:00")) == 0


def test_hours_keep_to_the_clocks_of_their_zone_when_these_change() -> None:
    week = read("9-17 every day Europe/Berlin")
    assert week.end_of(at("2027-03-28T10:00", "Europe/Berlin")) == at("2027-03-28T17:00", "Europe/Berlin")
    assert week.end_of(at("2027-10-31T10:00", "Europe/Berlin")) == at("2027-10-31T17:00", "Europe/Berlin")


def test_hours_begin_next_on_the_next_of_their_days() -> None:
    week = read("9-17 weekdays Europe/Berlin")
    friday = at("2027-01-08T09:00", "Europe/Berlin")
    assert week.next_after(friday - 1) == friday
    assert week.next_after(friday) == at("2027-01-11T09:00", "Europe/Berlin")
    assert read("8-9 sat").next_after(at("2027-01-09T08:00")) == at("2027-01-16T08:00")


@given(
    st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda both: both[0] != both[1]),
    st.tuples(st.integers(0, 6), st.integers(0, 6)),
    st.sampled_from([False, True]),
    st.floats(1.7e9, 1.9e9),
)
def test_hours_end_within_a_day_begin_within_a_week_and_are_written_as_they_are_read(
    span: tuple[int, int], days: tuple[int, int], awake: object, moment: float
) -> None:
    each = Hours(*span, *days, "America/New_York", bool(awake))
    assert read(each.written) == each
    end = each.end_of(moment)
    assert end == 0 or moment < end <= moment + 25 * 3_600
    begins = each.next_after(moment)
    assert moment < begins <= moment + 7 * 86_400 + 3_600
    assert each.end_of(begins) > begins


async def test_model_that_is_used_in_working_hours_is_awake_until_they_end(store: Store) -> None:
    model, used = a_model(state="in_service"), at("2027-01-04T10:00")
    told = settings(DARKROOM_IDLE_SECONDS="600")
    assert ends_at(model, used, await policy_of(store, told, model, used, used)) == used + 600
    assert await idling.set_hours(store, TEAM, MIRA, CHANNEL, "9-17 mon-fri UTC", used)
    assert ends_at(model, used, await policy_of(store, told, model, used, used)) == at("2027-01-04T17:00")
    assert await idling.set_hours(store, TEAM, MIRA, CHANNEL, "", used)
    assert ends_at(model, used, await policy_of(store, told, model, used, used)) == used + 600


async def test_model_in_hours_that_are_awake_stays_up_though_nobody_has_used_it_in_them(store: Store) -> None:
    model, used, nine = a_model(state="in_service"), at("2027-01-04T08:55"), at("2027-01-04T09:30")
    told = settings(DARKROOM_IDLE_SECONDS="600")
    assert await idling.set_hours(store, TEAM, MIRA, CHANNEL, "awake 9-17 mon-fri UTC", used)
    assert ends_at(model, used, await policy_of(store, told, model, used, nine)) == at("2027-01-04T17:00")
    assert ends_at(model, used, await policy_of(store, told, model, used, at("2027-01-04T17:00"))) == used + 600


def test_hours_around_the_clock_keep_nothing_awake_that_nobody_uses() -> None:
    written, used = read("awake 0-24 every day").written, at("2026-11-30T12:00")
    assert hours.end_of(written, used, used + 6 * DAY) > used + 6 * DAY
    assert hours.end_of(written, used, used + 8 * DAY) < used + 8 * DAY
    assert hours.long_of(written) == 7 * DAY
