"""What a team spends on trainings and endpoints, by the rates of the day, added up by calendar month (UTC)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core import looking, names, prices
from core.change import Change
from core.records import Model
from core.store import Store

TRAINING, ENDPOINTS = "training", "endpoints"
KEPT_SECONDS = 400 * names.DAY
"""How long a month's sums are kept."""


@dataclass(frozen=True)
class Spent:
    """Dollars since the month began; of what runs now, as much as it has cost so far."""

    training: float = 0.0
    endpoints: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.training + self.endpoints


def month_of(at: float) -> str:
    """Name the table of the month in which a moment lies: `spend:2026-11`."""
    return f"spend:{datetime.fromtimestamp(at, UTC):%Y-%m}"


def month_began(at: float) -> float:
    """Give when the month of a moment began, in Unix seconds."""
    return _first(datetime.fromtimestamp(at, UTC)).timestamp()


def _first(day: datetime) -> datetime:
    return day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _next_month(at: float) -> float:
    return _first(_first(datetime.fromtimestamp(at, UTC)) + timedelta(days=32)).timestamp()


def by_month(since: float, until: float) -> Iterator[tuple[str, float]]:
    """Split a time at the borders of months: each month's table, with the seconds that lie in it."""
    while since < until:
        end = min(until, _next_month(since))
        yield month_of(since), end - since
        since = end


def comes_up(model: Model, an_hour: float | None, now: float) -> Model:
    """Give a model whose endpoint bills from now on; one that does so already bills on."""
    return model if model.up_since else replace(model, up_since=now, an_hour=an_hour)


def is_gone(change: Change, model: Model, now: float) -> Model:
    """Add to a change what an endpoint that is gone has cost; gives its model, whose sums have it."""
    if not model.up_since:
        return model
    for month, seconds in by_month(model.up_since, now):
        if cost := prices.of(seconds, model.an_hour):
            change.add(month, ENDPOINTS, cost, KEPT_SECONDS)
    seconds = model.up_seconds + max(0.0, now - model.up_since)
    return replace(model, up_since=0, an_hour=None, up_seconds=seconds, dollars=so_far(model, now))


def has_trained(change: Change, dollars: float | None, now: float) -> Change:
    """Add to a change what a training has cost that is over, however it ended; it counts in the month of its end."""
    return change.add(month_of(now), TRAINING, dollars, KEPT_SECONDS) if dollars else change


def running(model: Model, now: float, since: float = 0.0) -> float:
    """Give what a model's endpoint has cost since it came up, or since a later moment; 0 if its price is not known."""
    return prices.of(max(0.0, now - max(since, model.up_since)), model.an_hour) or 0.0 if model.up_since else 0.0


def so_far(model: Model, now: float) -> float:
    """Give what a model has cost, in dollars: its training and its endpoints, with the one that runs."""
    return model.dollars + running(model, now)


async def this_month(store: Store, team: str, now: float) -> Spent:
    """Add up what a team has spent since the month began."""
    sums = await store.table(team, month_of(now))
    up = sum(running(model, now, month_began(now)) for model in await looking.models(store, team))
    return Spent(float(sums.get(TRAINING, 0)), float(sums.get(ENDPOINTS, 0)) + up)
