"""How long an endpoint may idle, learned from when its model was used. Pure.

Each gap between two uses either was bridged by an endpoint that idled, or ended with a wake that somebody waited for.
The timeout is the one that would have been cheapest over this model's own gaps, those of the same hours of the week
counting most. The figures below were chosen by the simulation in bench/idle.py.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.names import DAY

HOUR = 3_600.0
UNTIL_KNOWN = HOUR
"""The timeout until there is history, in seconds."""
GAPS_LEAST = 2
"""Gaps that make a history."""
GAPS_MOST = 400
"""The latest gaps that are looked at."""
LEAST = 60.0
"""A timeout is never shorter, in seconds: who looks at a picture asks for another, and a warning takes time."""
SHARE_MOST = 0.5
"""A timeout is never longer than this share of the idle time that costs as much as a wake."""
HALF_LIFE = 14 * DAY
"""After so many seconds a gap counts half: habits change."""
NEAR_HOURS = 3.0
"""How far apart two hours of the day are that still resemble each other, as the width of a bell curve."""
OTHER_DAYS = 0.5
"""How much a gap of a weekend says of a weekday, and the other way round."""
ANY_HOUR = 0.3
"""How much a gap says of any other hour."""
DOUBT = 2.0
"""How much gaps weigh that nobody has seen: as much as so many that were, spread around the break-even."""
_UNSEEN = (0.1, 0.3, 1.0, 3.0, 10.0)
"""Their lengths, as multiples of the break-even."""
_MARGIN, _MOMENT = 1.05, 30.0
"""A little more than the gap that shall be bridged: as a factor, and in seconds."""


@dataclass(frozen=True)
class Stakes:
    """What is weighed: the machine's dollars an hour, the seconds of a wake, and what a minute of waiting is worth."""

    an_hour: float
    wake_seconds: float
    minute_worth: float

    @property
    def wake_dollars(self) -> float:
        """What a wake costs: the machine bills meanwhile, and somebody waits."""
        return self.wake_seconds * (self.an_hour / HOUR + self.minute_worth / 60)

    @property
    def break_even(self) -> float:
        """Seconds of idling that cost as much as a wake."""
        return self.wake_dollars / self.an_hour * HOUR


def timeout(uses: Sequence[float], stakes: Stakes, now: float) -> float:
    """Give how long the endpoint may idle from now on, in seconds; `uses` are Unix seconds, the latest last."""
    if len(uses) <= GAPS_LEAST:
        return UNTIL_KNOWN
    cheapest = _cheapest(sorted([*_seen(uses[-GAPS_MOST - 1 :], now), *_unseen(stakes)]), stakes)
    return min(longest(stakes), max(LEAST, cheapest * _MARGIN + _MOMENT))


def longest(stakes: Stakes) -> float:
    """Give what a timeout that is learnt never exceeds, in seconds."""
    return max(LEAST, SHARE_MOST * stakes.break_even)


def _cheapest(gaps: Sequence[tuple[float, float]], stakes: Stakes) -> float:
    """Give the timeout that costs least over gaps (seconds, weight), shortest first: one of their lengths, or none."""
    second, left = stakes.an_hour / HOUR, sum(weight for _, weight in gaps)
    best, least, bridged = 0.0, left * stakes.wake_dollars, 0.0
    for gap, weight in gaps:
        bridged += second * gap * weight
        left -= weight
        cost = bridged + left * (second * gap + stakes.wake_dollars)
        if cost < least:
            best, least = gap, cost
    return best


def _seen(uses: Sequence[float], now: float) -> Iterator[tuple[float, float]]:
    hour, workday = _hour(now), _is_workday(now)
    for began, ended in pairwise(uses):
        apart = abs(_hour(began) - hour)
        alike = math.exp(-((min(apart, 24 - apart) / NEAR_HOURS) ** 2) / 2)
        day = 1.0 if _is_workday(began) == workday else OTHER_DAYS
        yield ended - began, 0.5 ** (max(0.0, now - began) / HALF_LIFE) * (alike * day + ANY_HOUR)


def _unseen(stakes: Stakes) -> Iterator[tuple[float, float]]:
    return ((stakes.break_even * multiple, DOUBT / len(_UNSEEN)) for multiple in _UNSEEN)


def _hour(at: float) -> float:
    """Give the hour of the day, UTC: what counts is how far apart two are."""
    return at / HOUR % 24


def _is_workday(at: float) -> bool:
    """Tell whether a day is one of Monday to Friday, UTC; 1 January 1970 was a Thursday."""
    return (int(at // DAY) + 3) % 7 < 5  # noqa: PLR2004 - Saturday
