"""How long an endpoint may idle, as its model's own uses teach it."""

from hypothesis import given
from hypothesis import strategies as st

from core.idle_times import GAPS_LEAST, LEAST, SHARE_MOST, UNTIL_KNOWN, Stakes, timeout

MONDAY = 1_798_416_000.0
HOUR, DAY, MINUTE = 3_600.0, 86_400.0, 60.0
STAKES = Stakes(an_hour=1.515, wake_seconds=360.0, minute_worth=0.5)

stakes = st.builds(
    Stakes,
    an_hour=st.floats(0.1, 50),
    wake_seconds=st.floats(30, 1_200),
    minute_worth=st.floats(0, 10),
)
histories = st.lists(st.floats(0, 60 * DAY), max_size=60).map(lambda offsets: sorted(MONDAY + at for at in offsets))


def days(count: int, *hours: float) -> list[float]:
    return [MONDAY + day * DAY + hour * HOUR for day in range(count) for hour in hours]


def test_an_hour_is_waited_until_there_is_history() -> None:
    assert timeout([], STAKES, MONDAY) == UNTIL_KNOWN
    assert timeout(days(1, 9)[: GAPS_LEAST + 1], STAKES, MONDAY) == UNTIL_KNOWN


def test_model_that_is_asked_every_half_hour_stays_up_between_two_prompts() -> None:
    uses = days(5, *(9 + place / 2 for place in range(8)))
    assert timeout(uses, STAKES, uses[-1]) > 30 * MINUTE


def test_model_that_is_used_once_a_night_sleeps_soon_after() -> None:
    uses = days(14, *(2 + place / 60 for place in range(10)))
    assert timeout(uses, STAKES, uses[-1]) < 10 * MINUTE


def test_hours_of_the_day_differ() -> None:
    """Uses in the morning come in pairs half an hour apart, those in the evening are the day's last."""
    uses = days(12, 9, 9.5, 21)
    evening = uses[-1]
    morning = evening + 12 * HOUR
    assert timeout(uses, STAKES, morning) > timeout(uses, STAKES, evening)


def test_where_nobody_minds_waiting_an_endpoint_idles_for_minutes_only() -> None:
    patient = Stakes(STAKES.an_hour, STAKES.wake_seconds, minute_worth=0.0)
    uses = days(5, *(9 + place / 2 for place in range(8)))
    assert timeout(uses, patient, uses[-1]) <= SHARE_MOST * patient.break_even


@given(histories, stakes, st.floats(0, 90 * DAY))
def test_timeout_stays_within_its_bounds(uses: list[float], at_stake: Stakes, later: float) -> None:
    found = timeout(uses, at_stake, MONDAY + later)
    assert found == UNTIL_KNOWN or LEAST <= found <= max(LEAST, SHARE_MOST * at_stake.break_even)
    assert found == timeout(uses, at_stake, MONDAY + later)


@given(st.lists(st.floats(1, 20 * DAY), min_size=GAPS_LEAST + 1, max_size=30))
def test_uses_that_a_clock_put_out_of_order_do_no_harm(offsets: list[float]) -> None:
    uses = [MONDAY + offset for offset in offsets]
    assert timeout(uses, STAKES, MONDAY) > 0
