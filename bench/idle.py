"""Dollars and minutes waited by idle policy, over 30 days of habits, beside the optimum that knows the future.

The clairvoyant optimum decides for each gap between two uses whether to idle through it or to sleep at once; like
every policy here it wakes an endpoint only when somebody asks. What a minute of waiting is worth makes one sum of both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Bar, Row
from bench.idle_traces import DAY, DAYS, HOUR, MINUTE, START, traces
from core.idle_times import Stakes, timeout

SEEDS = range(2)
MACHINE, WAKE = 1.515, 6 * MINUTE
"""ml.g5.2xlarge, dollars an hour; seconds from a prompt to the first picture of a model that was asleep."""
WORTHS = {0.5: Bar(1.25), 0.0: Bar(1.3)}
"""Dollars that a minute of waiting is worth, each with the bar over all habits."""
EACH = Bar(1.6)
END = START + DAYS * DAY
Policy = Callable[[Sequence[float], Stakes, float], float]
"""Gives the timeout from the uses so far, what is at stake, and now."""


@dataclass(frozen=True)
class Spent:
    """What a policy cost: dollars for the machine, minutes that somebody waited."""

    dollars: float = 0.0
    minutes: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.dollars + other.dollars, self.minutes + other.minutes)

    def total(self, worth: float) -> float:
        """Give all of it in dollars."""
        return self.dollars + worth * self.minutes


def _always(_uses: Sequence[float], _stakes: Stakes, _now: float) -> float:
    return END - START


def fixed(seconds: float) -> Policy:
    """Make the policy that allows so many seconds, whatever happens."""
    return lambda _uses, _stakes, _now: seconds


def _ski_rental(_uses: Sequence[float], stakes: Stakes, _now: float) -> float:
    return stakes.break_even


POLICIES: dict[str, Policy] = {
    "auto": timeout,
    "15 minutes": fixed(15 * MINUTE),
    "30 minutes": fixed(30 * MINUTE),
    "60 minutes": fixed(HOUR),
    "ski-rental": _ski_rental,
    "always on": _always,
}


def played(times: Sequence[float], policy: Policy, stakes: Stakes) -> Spent:
    """Play a habit through: the first use wakes the endpoint, and each later one does that comes too late."""
    idle, wakes, last = 0.0, 1, times[0] + stakes.wake_seconds
    uses = [times[0]]
    for asked in times[1:]:
        at = max(asked, last)
        allowed = policy(uses, stakes, last)
        slept = at - last > allowed
        idle += min(at - last, allowed)
        wakes += slept
        last = at + stakes.wake_seconds * slept
        uses.append(at)
    idle += min(policy(uses, stakes, last), max(0.0, END - last))
    return _bill(idle, wakes, stakes)


def clairvoyant(times: Sequence[float], stakes: Stakes) -> Spent:
    """Idle through just those gaps that cost less than a wake."""
    idle, wakes, last = 0.0, 1, times[0] + stakes.wake_seconds
    for asked in times[1:]:
        at = max(asked, last)
        bridged = at - last <= stakes.break_even
        idle += (at - last) * bridged
        wakes += not bridged
        last = at + stakes.wake_seconds * (not bridged)
    return _bill(idle, wakes, stakes)


def _bill(idle: float, wakes: int, stakes: Stakes) -> Spent:
    seconds = idle + wakes * stakes.wake_seconds
    return Spent(seconds * stakes.an_hour / HOUR, wakes * stakes.wake_seconds / 60)


async def idle(_data: Path) -> list[Row]:
    """Play every habit under every policy; print dollars and minutes, give the ratios to the optimum."""
    rows: list[Row] = []
    for worth, bar in WORTHS.items():
        rows += _rows(worth, bar)
    return rows


def _rows(worth: float, bar: Bar) -> list[Row]:
    stakes = Stakes(MACHINE, WAKE, worth)
    habits = [(name, times) for seed in SEEDS for name, times in traces(seed).items()]
    best = [clairvoyant(times, stakes) for _, times in habits]
    optimum = sum(best, Spent())
    rows: list[Row] = []
    for name, policy in POLICIES.items():
        found = [played(times, policy, stakes) for _, times in habits]
        told = _told(sum(found, Spent()))
        ratio = sum(found, Spent()).total(worth) / optimum.total(worth)
        what = f"idle policy {name}, a minute waited worth ${worth:g}"
        rows.append(Row(what, told, f"clairvoyant: {_told(optimum)}", ratio, None, bar if name == "auto" else None))
        if name == "auto":
            rows.append(_worst(habits, found, best, worth))
    return rows


def _worst(
    habits: Sequence[tuple[str, Sequence[float]]], found: Sequence[Spent], best: Sequence[Spent], worth: float
) -> Row:
    """Give the habit for which the policy is furthest from the optimum; the team's models are one habit."""
    sums: dict[str, tuple[Spent, Spent]] = {}
    for (name, _), ours, theirs in zip(habits, found, best, strict=True):
        mine, other = sums.get(name.split()[0], (Spent(), Spent()))
        sums[name.split()[0]] = (mine + ours, other + theirs)
    name, (ours, theirs) = max(sums.items(), key=lambda one: one[1][0].total(worth) / one[1][1].total(worth))
    ratio = ours.total(worth) / theirs.total(worth)
    return Row(f"its worst habit: {name}", _told(ours), f"clairvoyant: {_told(theirs)}", ratio, None, EACH)


def _told(spent: Spent) -> str:
    return f"${spent.dollars:,.0f}, {spent.minutes:,.0f} min"
