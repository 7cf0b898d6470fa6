"""App Homes that somebody looks at: who has opened theirs lately, and is shown what changes there."""

from dataclasses import replace

from core import outbox
from core.change import Change
from core.names import DAY
from core.records import HOMES, Message
from core.store import Store

LATELY_SECONDS = DAY
"""How long after it was opened a Home is kept up to date."""
KEPT_MOST = 100
"""Homes that are kept up to date, those opened last: Slack takes about 100 a minute. The others are when opened."""


async def opened(store: Store, team: str, user: str, now: float, *, blank: bool) -> None:
    """Have a person's Home drawn, now and whenever it changes; `blank`: Slack shows nothing yet, whatever we sent."""
    for said_so in (blank, blank, False):  # without, nobody can be in its way
        home = await store.get(Message, team, outbox.home_id(user)) if said_so else None
        change = Change(team).index(HOMES, user, now, LATELY_SECONDS).once(outbox.homes(team))
        if home:
            change.put(replace(home.to("pending"), since=now, tries=0, due=now))
        else:
            change.once(outbox.home(team, user, now)).redraw(Message, outbox.home_id(user), now)
        if await store.commit(change):
            return


async def looked_at(store: Store, team: str, now: float) -> list[str]:
    """List who has opened their Home lately, the latest first; lets go of those who have not."""
    await store.commit(Change(team).trim(HOMES, now - LATELY_SECONDS))
    return await store.latest(team, KEPT_MOST, HOMES)
