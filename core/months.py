"""Calendar months (UTC), by which money is counted: AWS's bill begins and ends with them. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta


def month_of(at: float) -> str:
    """Name the month in which a moment lies: 2026-11."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"


def began(at: float) -> float:
    """Give when the month of a moment began, in Unix seconds."""
    return _first(datetime.fromtimestamp(at, UTC)).timestamp()


def ends(at: float) -> float:
    """Give when the month of a moment ends, in Unix seconds."""
    return _first(_first(datetime.fromtimestamp(at, UTC)) + timedelta(days=32)).timestamp()


def named(month: str) -> datetime:
    """Give the first moment of a month by its name.

    Raises:
        ValueError: when it is no month.
    """
    return datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)


def split(since: float, until: float) -> Iterator[tuple[str, float, float]]:
    """Split a time at the borders of months: each month's name, with the beginning and the end of what lies in it."""
    while since < until:
        end = min(until, ends(since))
        yield month_of(since), since, end
        since = end


def _first(day: datetime) -> datetime:
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
