"""What counts against budgets: dollars set aside before a call, and in their place what it has cost in the end.

Each month has a table of how much every scope has taken up: the workspace, each channel, each person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core import months, names, prices
from core.change import Change
from core.records import Model, Run

KEPT_SECONDS = 400 * names.DAY
"""How long a month's figures are kept: a year, and the month in which it is looked at."""
WORKSPACE, IN_CHANNEL, BY_PERSON = "workspace", "channel", "person"
MORE_SHARE, MORE_LEAST = 0.25, 5.0
"""What an admin is offered to approve: this share of the budget, in whole dollars, and so much at least."""
LEAST_DOLLARS = 1e-6
"""Less than this is no change."""


@dataclass(frozen=True)
class Payer:
    """Whose money it is: who asked for it, and where; empty: nobody in particular."""

    user: str
    channel: str

    @property
    def scopes(self) -> list[str]:
        """The scopes that it counts for: `workspace`, `channel:C…`, `person:U…`."""
        named = ((IN_CHANNEL, self.channel), (BY_PERSON, self.user))
        return [WORKSPACE, *(f"{kind}:{identity}" for kind, identity in named if identity)]


NOBODY = Payer("", "")


def payer_of(record: Run | Model) -> Payer:
    """Say who pays: for a training who started it; for an endpoint who had it woken, and where."""
    if isinstance(record, Run):
        return Payer(record.licence_accepted_by or record.owner, record.channel)
    return Payer(record.woken_by or record.owner, record.woken_in or record.channel)


def table_of(month: str) -> str:
    """Name the table of what a month's budgets have been used for, in dollars by scope."""
    return f"budget:{month}"


def of_time(since: float, until: float, an_hour: float | None) -> dict[str, float]:
    """Give what a machine costs in each month that a time lies in, in dollars."""
    return {month: prices.reckoned(end - start, an_hour) for month, start, end in months.split(since, until)}


def of_endpoint(model: Model, until: float) -> dict[str, float]:
    """Give what a model's endpoint takes up if it is up until then, by month; never less than it does already."""
    to = of_time(model.up_since, until, model.an_hour) if model.up_since else {}
    return {month: max(model.held.get(month, 0.0), to.get(month, 0.0)) for month in sorted({*model.held, *to})}


def unspent(model: Model, month: str, now: float) -> float:
    """Give what is set aside for a model's endpoint and not spent yet, in dollars of a month."""
    spent = of_time(model.up_since, now, model.an_hour) if model.up_since else {}
    return max(0.0, model.held.get(month, 0.0) - spent.get(month, 0.0))


def more(held: Mapping[str, float], to: Mapping[str, float]) -> dict[str, float]:
    """Give how many dollars more are to be taken up than are, by month."""
    return {month: to.get(month, 0.0) - held.get(month, 0.0) for month in sorted({*held, *to})}


def move(change: Change, payer: Payer, held: Mapping[str, float], to: Mapping[str, float]) -> Change:
    """Add to a change that other dollars are taken up in place of those that were, by month."""
    for month, dollars in more(held, to).items():
        if abs(dollars) >= LEAST_DOLLARS:
            for scope in payer.scopes:
                change.add(table_of(month), scope, dollars, KEPT_SECONDS)
    return change


@dataclass(frozen=True)
class Level:
    """How a budget stands: dollars that may be spent this month, and what is spent or set aside of them."""

    scope: str
    most: float
    used: float

    @property
    def share(self) -> float:
        """Of what may be spent."""
        return self.used / self.most

    @property
    def more(self) -> float:
        """What an admin is offered to approve, in dollars."""
        return max(MORE_LEAST, float(round(self.most * MORE_SHARE)))
