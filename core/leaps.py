"""What a clock wrote down that had leapt ahead, and goes right again: by it an endpoint would stay up for as long."""

from dataclasses import replace

from core.change import Change
from core.idling import USED, uses_of
from core.records import Model
from core.store import Store

AHEAD_SECONDS = 300.0
"""How far the clocks of two machines may be apart; what lies further ahead was written by one that had leapt."""


def by_this_clock(model: Model, keep_seconds: float, now: float) -> Model:
    """Give a model as it can be by now: it was in service before, and is kept awake for so long at the most. Pure."""
    awake_until = min(model.awake_until, now + max(keep_seconds, AHEAD_SECONDS))
    return replace(model, in_service_at=min(model.in_service_at, now), awake_until=awake_until)


async def last_use(store: Store, model: Model, now: float) -> float:
    """Give when a model was last used, in Unix seconds, 0: never; uses that are still to come are forgotten."""
    last = await store.score(model.team, USED, model.id) or 0.0
    if last <= now + AHEAD_SECONDS:
        return last
    uses = uses_of(model.id)
    change = Change(model.team).unindex(USED, model.id).index(USED, model.id, now)
    for minute, at in (await store.scores(model.team, uses)).items():
        if at > now:
            change.unindex(uses, minute)
    await store.commit(change)
    return now
