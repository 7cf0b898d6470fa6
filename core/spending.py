"""What a team spends on trainings and endpoints, by the rates of the day: booked when over, reckoned while it runs.

Every sum is written in the same change as the record that it comes from, so that it is counted once.
"""

from dataclasses import dataclass, replace

from core import holds, ledger, looking, months, prices
from core.change import Change
from core.records import Model, Run
from core.store import Store

TRAINING, ENDPOINTS = "training", "endpoints"
STOOD = "stood"
"""The index of when AWS last said of each endpoint in service that it is there, by model, in Unix seconds."""


@dataclass(frozen=True)
class Spent:
    """Dollars since the month began; of what runs now, as much as it has cost so far."""

    training: float = 0.0
    endpoints: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.training + self.endpoints


@dataclass(frozen=True)
class Endpoint:
    """An endpoint as AWS has it: its name, its machine, and dollars an hour (None: nobody knows)."""

    name: str
    instance: str
    an_hour: float | None


def sums_of(month: str) -> str:
    """Name the table of a month's sums."""
    return f"spend:{month}"


def comes_up(model: Model, endpoint: Endpoint, since: float) -> Model:
    """Give a model whose endpoint bills from then on."""
    return replace(model, up_since=since, up_as=endpoint.name, up_on=endpoint.instance, an_hour=endpoint.an_hour)


def is_gone(change: Change, model: Model, until: float) -> Model:
    """Add to a change what an endpoint that is gone has cost; gives its model, which holds nothing any more."""
    spent = dict[str, float]()
    for line in ledger.of_endpoint(model, until):
        month = months.month_of(line.since)
        spent[month] = line.dollars
        ledger.book(change, line).add(sums_of(month), ENDPOINTS, line.dollars, holds.KEPT_SECONDS)
    holds.move(change.unindex(STOOD, model.id), holds.payer_of(model), model.held, spent)
    if not model.up_since:
        return replace(model, held={})
    seconds = model.up_seconds + max(0.0, until - model.up_since)
    return replace(model, held={}, up_since=0, an_hour=None, up_seconds=seconds, dollars=so_far(model, until))


def has_trained(change: Change, run: Run) -> Change:
    """Add to a change what a training job that is over has cost, however it ended: in the month of its end."""
    if not run.billed_seconds:
        return change
    line = ledger.of_run(run)
    month = months.month_of(line.since)
    holds.move(change, holds.payer_of(run), {}, {month: line.dollars})
    return ledger.book(change, line).add(sums_of(month), TRAINING, line.dollars, holds.KEPT_SECONDS)


def running(model: Model, now: float, since: float = 0.0) -> float:
    """Give what a model's endpoint has cost since it came up, or since a later moment."""
    return prices.reckoned(now - max(since, model.up_since), model.an_hour) if model.up_since else 0.0


def so_far(model: Model, now: float) -> float:
    """Give what a model has cost, in dollars: its training and its endpoints, with the one that runs."""
    return model.dollars + running(model, now)


async def this_month(store: Store, team: str, now: float) -> Spent:
    """Add up what a team has spent since the month began."""
    sums = await store.table(team, sums_of(months.month_of(now)))
    up = sum(running(model, now, months.began(now)) for model in await looking.models(store, team))
    return Spent(float(sums.get(TRAINING, 0)), float(sums.get(ENDPOINTS, 0)) + up)
