"""Working hours of a channel: who uses a model within them finds it awake until they end. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from core import words
from core.grammar import GrammarError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = {"weekdays": (0, 4), "every day": (0, 6), "daily": (0, 6)}
_WRITTEN = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})\b(.*)", re.ASCII)
_SPAN = re.compile(r"([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?")
UTC = "UTC"


@dataclass(frozen=True)
class Hours:
    """From `begins` to `ends` (whole hours, 0 to 24) on the days `first` to `last` (0: Monday), by a zone's clocks.

    Hours that end before they begin end on the next day.
    """

    begins: int
    ends: int
    first: int = 0
    last: int = 4
    zone: str = UTC

    @property
    def seconds(self) -> float:
        """How long they are."""
        return ((self.ends - self.begins) % 24 or 24) * 3_600.0

    @property
    def written(self) -> str:
        """As it is typed, and read again."""
        return f"{self.begins}-{self.ends} {DAYS[self.first]}-{DAYS[self.last]} {self.zone}"

    def end_of(self, moment: float) -> float:
        """Give when the hours end in which a moment lies, in Unix seconds; 0: it lies in none."""
        local = datetime.fromtimestamp(moment, ZoneInfo(self.zone))
        for back in (0, 1):
            day = (local - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
            began, end = day + timedelta(hours=self.begins), day + timedelta(hours=self.ends)
            end += timedelta(days=self.ends <= self.begins)
            if self._is_day(day.weekday()) and began.timestamp() <= moment < end.timestamp():
                return end.timestamp()
        return 0.0

    def _is_day(self, day: int) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


def read(typed: str) -> Hours:
    """Read what somebody typed: `9-17`, `9-17 weekdays`, `22-6 fri-sun Europe/Berlin`; without days: on weekdays.

    Raises:
        GrammarError: with what was meant to be typed.
    """
    found = _WRITTEN.fullmatch(typed.strip())
    if found is None:
        raise GrammarError(words.hours.USAGE)
    begins, ends, rest = int(found[1]), int(found[2]), found[3].split()
    zone = _zone(rest[-1]) if rest else ""
    days = _days(" ".join(rest[:-1] if zone else rest).lower() or "weekdays")
    if days is None or not (begins < 24 and 0 < ends <= 24 and begins != ends):  # noqa: PLR2004 - a day's hours
        raise GrammarError(words.hours.USAGE)
    return Hours(begins, ends, *days, zone or UTC)


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


def end_of(written: str, moment: float) -> float:
    """Give when the hours end in which a moment lies, as `Hours.end_of` does."""
    found = _kept(written)
    return found.end_of(moment) if found else 0.0


def long_of(written: str) -> float:
    """Give how long hours are, in seconds; 0: there are none."""
    found = _kept(written)
    return found.seconds if found else 0.0


def _kept(written: str) -> Hours | None:
    """Read hours that were written down; what cannot be read any more, for its zone is gone, are none."""
    try:
        return read(written) if written else None
    except GrammarError:
        return None
