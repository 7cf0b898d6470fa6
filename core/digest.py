"""The weekly digest: what a week has cost, told to the admins once it is over, however late a worker looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core import alerts, bills, costs, looking, months
from core.cards.digest import WEEK, digest_card
from core.change import Change
from core.ledger import Charge
from core.settings import Settings
from core.store import Store

HOUR = 8
"""From when on, on Mondays (UTC), the week before is told of."""
KEPT_SECONDS = 4 * WEEK
"""How long it is known that a week has been told of, or that there was nothing to tell."""


@dataclass(frozen=True)
class Week:
    """A week that is over: its ISO name (2026-W47), and when it ended, a Monday's midnight, in Unix seconds."""

    name: str
    ended: float

    @property
    def began(self) -> float:
        """When it began, in Unix seconds."""
        return self.ended - WEEK


def week_of(now: float) -> Week:
    """Give the week that is to be told of: until Monday at eight that is the one before the last."""
    day = datetime.fromtimestamp(now, UTC) - timedelta(hours=HOUR)
    monday = day.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=day.weekday())
    year, week, _ = (monday - timedelta(days=1)).isocalendar()
    return Week(f"{year}-W{week:02}", monday.timestamp())


def told_of(week: Week) -> str:
    """Name the key that says that a team has been told of a week."""
    return f"digest:{week.name}"


async def tell(store: Store, told: Settings, team: str, now: float) -> bool:
    """Tell a team's admins of the week, once; nothing where nothing was spent and nothing is up. True: it was told."""
    week = week_of(now)
    if not (told.admins or told.admin_channel) or await store.linked(team, told_of(week)):
        return False
    lines, before, up = await _read(store, team, week, now)
    change = Change(team).require_empty(told_of(week)).link(told_of(week), str(now), KEPT_SECONDS)
    if lines or up:
        text, blocks = digest_card(week.began, lines, before, up)
        change.once(*alerts.to_admins(told, team, told_of(week), text, now, blocks))
    return await store.commit(change) and bool(lines or up)


async def _read(
    store: Store, team: str, week: Week, now: float
) -> tuple[Sequence[Charge], Sequence[Charge], Sequence[Charge]]:
    """Read the lines of the week, of the week before, and what is up now."""
    models = await looking.models(store, team)
    lines: list[Charge] = []
    for month in sorted(
        {months.month_of(week.began - WEEK), months.month_of(week.began), months.month_of(week.ended - 1)}
    ):
        lines += await bills.lines_of(store, team, models, month, now)
    up = await bills.up_now(store, team, models, now)
    return costs.between(lines, week.began, week.ended), costs.between(lines, week.began - WEEK, week.began), up
