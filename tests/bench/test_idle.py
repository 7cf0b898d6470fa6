"""The simulation of idle policies: its optimum is one, and time is billed as it goes by."""

import pytest

from bench.idle import POLICIES, WAKE, clairvoyant, fixed, played
from bench.idle_traces import START, traces
from core.idle_times import Stakes

STAKES = Stakes(an_hour=1.0, wake_seconds=WAKE, minute_worth=0.5)


@pytest.mark.parametrize("policy", [name for name in POLICIES if name != "auto"])
def test_no_policy_beats_the_one_that_knows_the_future(policy: str) -> None:
    for name, times in traces(7).items():
        best = clairvoyant(times, STAKES).total(STAKES.minute_worth)
        assert played(times, POLICIES[policy], STAKES).total(STAKES.minute_worth) >= best - 1e-6, name


def test_gap_is_idled_through_or_slept_through() -> None:
    times = [START, START + 7_200.0]
    bridged = played(times, fixed(7_200.0), STAKES)
    slept = played(times, fixed(60.0), STAKES)
    assert bridged.minutes == 6.0
    assert slept.minutes == 12.0
    assert slept.dollars == pytest.approx((2 * WAKE + 2 * 60.0) / 3_600)
    assert bridged.dollars == pytest.approx((WAKE + (7_200.0 - WAKE) + 7_200.0) / 3_600)
