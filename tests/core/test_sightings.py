"""A clock that jumps brings no deletion nearer, and a list that is late forgets nothing."""

from hypothesis import given
from hypothesis import strategies as st

from core import sightings
from core.sightings import LAST, STEP_SECONDS

NOW = 1_798_761_600.0
HOUR, DAY = 3_600.0, 86_400.0


def seen_for(noted: dict[str, float], now: float) -> float:
    return now - sightings.carried(noted, now)["endpoint x"]


def test_time_between_looks_counts_as_it_goes() -> None:
    assert seen_for({"endpoint x": NOW - 300, LAST: NOW}, NOW + 60) == 360


def test_clock_that_leaps_a_day_ahead_counts_as_one_step() -> None:
    assert seen_for({"endpoint x": NOW, LAST: NOW}, NOW + DAY) == STEP_SECONDS


def test_clock_that_goes_back_an_hour_counts_as_no_time_and_then_goes_on() -> None:
    back = NOW - HOUR
    known = sightings.carried({"endpoint x": NOW - 600, LAST: NOW}, back)
    assert back - known["endpoint x"] == 600
    assert seen_for(sightings.after(known, ["endpoint x"], {"endpoint x"}, back), back + 60) == 660


def test_thing_that_a_late_list_leaves_out_keeps_its_first_sighting() -> None:
    noted = sightings.after({"endpoint x": NOW}, [], set(), NOW + 60)
    assert sightings.after(noted, ["endpoint x"], {"endpoint x"}, NOW + 120)["endpoint x"] == NOW


def test_thing_that_is_wanted_again_begins_anew() -> None:
    assert "endpoint x" not in sightings.after({"endpoint x": NOW}, [], {"endpoint x"}, NOW + 60)


def test_thing_that_is_gone_is_forgotten_after_a_day() -> None:
    assert "endpoint x" not in sightings.after({"endpoint x": NOW}, [], set(), NOW + DAY)


@given(st.lists(st.floats(-2 * DAY, 2 * DAY), max_size=12))
def test_no_jumping_clock_makes_more_of_the_looks_than_their_steps(jumps: list[float]) -> None:
    noted, now = {"endpoint x": NOW, LAST: NOW}, NOW
    for jump in jumps:
        now += jump
        known = sightings.carried(noted, now)
        assert 0 <= round(now - known["endpoint x"], 3) <= STEP_SECONDS * len(jumps)
        noted = sightings.after(known, ["endpoint x"], {"endpoint x"}, now)
