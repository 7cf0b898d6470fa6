"""What lines of the ledger come to: by model, channel, person and day, and where a month leads. Pure."""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from core import months, prices
from core.ledger import Charge
from core.names import DAY

PACE_SECONDS = 7 * DAY
"""By what was spent in this time the rest of a month is foreseen."""


@dataclass(frozen=True)
class Sum:
    """Dollars of trainings and of endpoints, and the hours that instances have run for both."""

    training: float = 0.0
    endpoints: float = 0.0
    hours: float = 0.0

    @property
    def dollars(self) -> float:
        """All of it."""
        return self.training + self.endpoints

    def __add__(self, other: Self) -> "Sum":
        """Add two up."""
        return Sum(self.training + other.training, self.endpoints + other.endpoints, self.hours + other.hours)


def add_up(lines: Iterable[Charge]) -> Sum:
    """Add lines up."""
    return sum(map(_of, lines), start=Sum())


def by(lines: Iterable[Charge], key: Callable[[Charge], str]) -> list[tuple[str, Sum]]:
    """Add lines up by a key, the dearest first."""
    sums = defaultdict[str, Sum](Sum)
    for line in lines:
        sums[key(line)] += _of(line)
    return sorted(sums.items(), key=lambda one: (-one[1].dollars, one[0]))


def by_day(lines: Sequence[Charge], month: str) -> list[Sum]:
    """Add lines up for each day of a month (UTC); one that lies in several is shared out by the seconds."""
    first = months.named(month)
    days = calendar.monthrange(first.year, first.month)[1]
    starts = [first.timestamp() + day * DAY for day in range(days)]
    return [add_up(between(lines, start, start + DAY)) for start in starts]


def between(lines: Iterable[Charge], since: float, until: float) -> list[Charge]:
    """Cut lines down to what lies in a time, which does not hold its own end; Unix seconds."""
    return [_cut(line, since, until) for line in lines if line.since < until and _ends(line) > since]


def _ends(line: Charge) -> float:
    """Give when a line ends; one without length ends just after its beginning, so that it lies in one day."""
    return line.until if line.until > line.since else line.since + 1e-3


def _cut(line: Charge, since: float, until: float) -> Charge:
    start, end = max(line.since, since), min(_ends(line), until)
    share = (end - start) / (_ends(line) - line.since)
    return replace(line, since=start, until=end, seconds=line.seconds * share)


def saved(lines: Iterable[Charge], since: float, until: float) -> float:
    """Give how many dollars more endpoints had cost that came up in a time, had they stayed up until its end."""
    endpoints = sorted(between(lines, since, until), key=lambda line: -line.since)
    endpoints = [line for line in endpoints if line.kind == "endpoint"]
    stayed = {line.model: prices.reckoned(until - line.since, line.an_hour) for line in endpoints}
    return max(0.0, sum(stayed.values()) - add_up(endpoints).endpoints)


def guessed(lines: Iterable[Charge]) -> list[str]:
    """List the machines whose price nobody has said."""
    return sorted({line.instance for line in lines if line.guessed})


def foreseen(lines: Sequence[Charge], spent: float, now: float) -> float:
    """Give what a month comes to, in dollars, if it goes on as in the last seven days; less while there were less.

    `lines`: those of this month and the one before; `spent`: what this month has come to so far.
    """
    begun = min((line.since for line in lines), default=now)
    since = max(now - PACE_SECONDS, min(begun, now - DAY))
    pace = add_up(between(lines, since, now)).dollars / (now - since)
    return spent + pace * (months.ends(now) - now)


def _of(line: Charge) -> Sum:
    training = line.kind == "training"
    return Sum(line.dollars if training else 0.0, 0.0 if training else line.dollars, line.seconds / 3600)
