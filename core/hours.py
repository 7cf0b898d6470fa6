"""Working hours of a channel: a model that is used stays awake until they end, or is awake all through them. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from core import words
from core.grammar import GrammarError
from core.names import DAY

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {"weekdays": (0, 4), "every day": (0, 6), "daily": (0, 6)}
_WRITTEN = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})\b(.*)", re.ASCII)
_SPAN = re.compile(r"([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?")
UTC = "UTC"
AWAKE = "awake"
"""Written before hours in which models are awake whether somebody has used them on this day or not."""
USED_WITHIN_DAYS = 7
"""A model that nobody has used for so many days is forgotten, and is not woken for them."""
WAKES_WITHIN = 3_600.0
"""How long before such hours a model is woken, at the most, in seconds."""


@dataclass(frozen=True)
class Hours:
    """From `begins` to `ends` (whole hours, 0 to 24) on the days `first` to `last` (0: Monday), by a zone's clocks.

    Hours that end before they begin end on the next day. `awake`: models are awake from their beginning on.
    """

    begins: int
    ends: int
    first: int = 0
    last: int = 4
    zone: str = UTC
    awake: bool = False

    @property
    def seconds(self) -> float:
        """How long they are."""
        return ((self.ends - self.begins) % 24 or 24) * 3_600.0

    @property
    def written(self) -> str:
        """As it is typed, and read again."""
        written = f"{self.begins}-{self.ends} {DAYS[self.first]}-{DAYS[self.last]} {self.zone}"
        return f"{AWAKE} {written}" if self.awake else written

    @property
    def days_unused(self) -> int:
        """For how many days a model may be unused to be woken for them; 0: none is woken."""
        return USED_WITHIN_DAYS if self.awake else 0

    def end_of(self, moment: float) -> float:
        """Give when the hours end in which a moment lies, in Unix seconds; 0: it lies in none."""
        found = (end for begins, end in self._days(moment, -1, 0) if begins <= moment < end)
        return next(found, 0.0)

    def next_after(self, moment: float) -> float:
        """Give when the hours begin next after a moment, in Unix seconds."""
        return next(begins for begins, _ in self._days(moment, -1, 8) if begins > moment)

    def _days(self, moment: float, first: int, last: int) -> Iterator[tuple[float, float]]:
        """Give beginning and end of the hours on the days from `first` to `last`, counted from that of a moment."""
        local = datetime.fromtimestamp(moment, ZoneInfo(self.zone))
        for ahead in range(first, last + 1):
            day = (local + timedelta(days=ahead)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
            ends = day + timedelta(hours=self.ends, days=self.ends <= self.begins)
            if self._is_day(day.weekday()):
                yield (day + timedelta(hours=self.begins)).timestamp(), ends.timestamp()

    def _is_day(self, day: int) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


def read(typed: str) -> Hours:
    """Read what somebody typed: `9-17`, `awake 9-17 weekdays`, `22-6 fri-sun Europe/Berlin`; without days: on weekdays.

    Raises:
        GrammarError: with what was meant to be typed.
    """
    awake, _, hours = typed.strip().partition(" ")
    found = _WRITTEN.fullmatch(hours.strip() if awake.lower() == AWAKE else typed.strip())
    if found is None:
        raise GrammarError(words.hours.USAGE)
    begins, ends, rest = int(found[1]), int(found[2]), found[3].split()
    zone = _zone(rest[-1]) if rest else ""
    days = _days(" ".join(rest[:-1] if zone else rest).lower() or "weekdays")
    if days is None or not (begins < 24 and 0 < ends <= 24 and begins != ends):  # noqa: PLR2004 - a day's hours
        raise GrammarError(words.hours.USAGE)
    return Hours(begins, ends, *days, zone or UTC, awake.lower() == AWAKE)


def _zone(typed: str) -> str:
    return _zones().get(typed.lower(), "")


@cache
def _zones() -> Mapping[str, str]:
    """Name all zones by their names in small letters; listing them takes 20 ms."""
    return {zone.lower(): zone for zone in available_timezones()}


def _days(typed: str) -> tuple[int, int] | None:
    if typed in _NAMED:
        return _NAMED[typed]
    found = _SPAN.fullmatch(typed)
    named = (found[1], found[2] or found[1]) if found else ("", "")
    return (DAYS.index(named[0]), DAYS.index(named[1])) if {*named} <= {*DAYS} else None


def end_of(written: str, last_use: float, now: float) -> float:
    """Give when the hours end that keep a model awake, in Unix seconds; 0: none do.

    Those are the hours in which it was used last; where models are awake all through them, those of now, unless nobody
    has used it for so long that it is not woken for them either: hours around the clock never let it sleep.
    """
    found = kept(written)
    if found is None:
        return 0.0
    of_now = found.end_of(now) if now - last_use < found.days_unused * DAY else 0.0
    return of_now or found.end_of(last_use)


def long_of(written: str) -> float:
    """Give for how long hours can keep an endpoint up that nobody calls, in seconds; 0: there are none."""
    found = kept(written)
    if found is None:
        return 0.0
    around_the_clock = found.awake and found.seconds >= DAY
    return found.days_unused * DAY if around_the_clock else found.seconds + WAKES_WITHIN * found.awake


def kept(written: str) -> Hours | None:
    """Read hours that were written down; what cannot be read any more, for its zone is gone, are none."""
    try:
        return read(written) if written else None
    except GrammarError:
        return None
