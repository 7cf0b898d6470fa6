"""Cancelling a run, in whatever state it is: nothing goes on billing, and a model that is trained already is kept."""

from dataclasses import replace

from core import outbox
from core.change import Change
from core.comparing import cancel as cancel_comparison
from core.idling import to_sleep
from core.queue import over
from core.records import Comparison, Message, Model, Run
from core.store import Store

AT_ONCE = {"collecting", "queued", "preparing"}
"""States in which nothing of the run bills yet."""
CREATING_SECONDS = 60.0
"""How long a call that creates something at AWS may still be under way when the claim of its worker has ended."""
_TRIES = 5
"""How often a cancel is tried: a run that is followed changes every few seconds, perhaps at this very moment."""
_CREATES = {"model", "config", "endpoint"}
"""Stages of an endpoint on its way up in which a worker creates something."""


async def cancel(store: Store, run: Run, user: str, now: float) -> bool:
    """Cancel a run, in whatever state it is by now. False: there is nothing to cancel any more."""
    current: Run | None = run
    for _ in range(_TRIES):
        if current is None:
            return False
        if await _cancel(store, current, user, now):
            return True
        current = await store.get(Run, run.team, run.id)
    return False


async def _cancel(store: Store, run: Run, user: str, now: float) -> bool:
    told = {"cancelled_by": user, "stopping_at": now}
    if run.state in AT_ONCE:
        return await store.commit(over(run.to("cancelled", **told, due=now + CREATING_SECONDS), now))
    if run.state == "training":
        change = Change(run.team).put(run.to("stopping", **told, due=now))
        return await store.commit(change.redraw(Message, outbox.card_id(run.root_id), now))
    if run.state == "comparing":
        comparison = await store.get(Comparison, run.team, run.comparison)
        return comparison is not None and await cancel_comparison(store, comparison, now)
    return await _leave_asleep(store, run, now)


def rested(model: Model) -> Model:
    """Give a model whose endpoint waits for a machine no more."""
    return replace(model, waits=0, waits_until=0, reason="")


async def _leave_asleep(store: Store, run: Run, now: float) -> bool:
    """Take an endpoint down that is on its way up, or let go of one that waits for a machine: what was learnt is kept.

    While a worker creates something of it, the teardown waits until that cannot come any more.
    """
    model = await store.get(Model, run.team, run.model) if run.model else None
    if model and model.waits_until and model.state in {"draining", "asleep"}:
        return await store.commit(Change(run.team).put(rested(model)).redraw(Message, outbox.card_id(run.root_id), now))
    if model is None or model.state != "deploying":
        return False
    creates = model.tries > 0 and model.stage in _CREATES
    free = max(now, model.due or now) + CREATING_SECONDS if creates else now
    return await store.commit(
        Change(run.team).put(to_sleep(model, free)).redraw(Message, outbox.card_id(run.root_id), now)
    )
