"""The ledger: what every second of an instance has cost, and whose it is. Each month (UTC) has a table of its own.

A line is named for the training job or the endpoint that it bills: written twice, it stands there once. An endpoint
that is up has no line yet: what it has cost so far is reckoned from its model.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from core import holds, months, prices
from core.change import Change
from core.records import Model, Run
from core.store import Store

Kind = Literal["training", "endpoint"]


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One line: seconds of one instance in one month. `since` and `until` are AWS's own times, in Unix seconds.

    `name`: the training job's or the endpoint's in AWS. `model`: its id; `subject`: its name as it was then.
    `seconds`: those that AWS bills; of a training not the wait for a machine. `an_hour`: dollars; None where nobody has
    said, and then the dearest known price is taken.
    """

    kind: Kind
    name: str
    model: str
    subject: str
    channel: str
    user: str
    instance: str
    since: float
    until: float
    seconds: float
    an_hour: float | None

    @property
    def dollars(self) -> float:
        """What these seconds cost."""
        return prices.reckoned(self.seconds, self.an_hour)

    @property
    def guessed(self) -> bool:
        """Whether the machine's price is not known."""
        return self.an_hour is None


def table_of(month: str) -> str:
    """Name the table of a month, which is written 2026-11."""
    return f"ledger:{month}"


def book(change: Change, charge: Charge) -> Change:
    """Add to a change that this line stands in its month."""
    table, line = table_of(months.month_of(charge.since)), json.dumps(asdict(charge))
    return change.name(table, charge.name, line, holds.KEPT_SECONDS)


async def of_month(store: Store, team: str, month: str) -> list[Charge]:
    """Read a month's lines, the oldest first."""
    lines = (await store.table(team, table_of(month))).values()
    return sorted((Charge(**json.loads(line)) for line in lines), key=lambda charge: (charge.since, charge.name))


def of_run(run: Run) -> Charge:
    """Bill a training job that is over; it counts in the month in which it ended."""
    payer = holds.payer_of(run)
    return Charge(
        kind="training",
        name=run.job,
        model=run.model,
        subject=run.subject,
        channel=payer.channel,
        user=payer.user,
        instance=run.instance,
        since=max(months.began(run.ended_at), run.ended_at - run.billed_seconds),
        until=run.ended_at,
        seconds=run.billed_seconds,
        an_hour=run.an_hour,
    )


def of_endpoint(model: Model, until: float) -> Iterable[Charge]:
    """Bill a model's endpoint up to a moment: a line for each month."""
    payer = holds.payer_of(model)
    for _, start, end in months.split(model.up_since, until) if model.up_since else ():
        yield Charge(
            kind="endpoint",
            name=model.up_as,
            model=model.id,
            subject=model.title,
            channel=payer.channel,
            user=payer.user,
            instance=model.up_on,
            since=start,
            until=end,
            seconds=end - start,
            an_hour=model.an_hour,
        )


def running(models: Iterable[Model], month: str, now: float) -> list[Charge]:
    """Bill what runs now, as far as it lies in a month."""
    lines = [line for model in models for line in of_endpoint(model, now)]
    return [line for line in lines if months.month_of(line.since) == month]
