"""Cancelling a run, in whatever state it is: nothing goes on billing, and nothing is lost that was paid for."""

from dataclasses import replace

from core import outbox
from core.change import Change
from core.comparing import cancel as cancel_comparison
from core.queue import over
from core.records import Comparison, Message, Model, Run
from core.store import Store

AT_ONCE = {"collecting", "queued", "preparing"}
"""States in which nothing of the run bills yet."""


async def cancel(store: Store, run: Run, user: str, now: float) -> bool:
    """Cancel a run. False: it has gone on meanwhile, or there is nothing to cancel any more."""
    told = {"cancelled_by": user, "stopping_at": now}
    if run.state in AT_ONCE:
        return await store.commit(over(run.to("cancelled", **told, due=None), now))
    if run.state == "training":
        change = Change(run.team).put(run.to("stopping", **told, due=now))
        return await store.commit(change.redraw(Message, outbox.card_id(run.root_id), now))
    if run.state == "comparing":
        comparison = await store.get(Comparison, run.team, run.comparison)
        return comparison is not None and await cancel_comparison(store, comparison, now)
    return await _leave_asleep(store, run, now)


async def _leave_asleep(store: Store, run: Run, now: float) -> bool:
    """Take an endpoint down that is on its way up, or waits for a machine: what was learnt is kept.

    While a worker is at it, the teardown waits for the end of its claim: it may be creating the endpoint this moment.
    """
    model = await store.get(Model, run.team, run.model) if run.model else None
    if model and model.state == "asleep" and model.waits_until:
        rested = replace(model, waits=0, waits_until=0, reason="", due=None)
        return await store.commit(Change(run.team).put(rested).redraw(Message, outbox.card_id(run.root_id), now))
    if model is None or model.state != "deploying":
        return False
    free = max(now, model.due or now) if model.tries else now
    down = replace(model.to("draining"), stage="endpoint", then="asleep", reason="", due=free)
    return await store.commit(Change(run.team).put(down).redraw(Message, outbox.card_id(run.root_id), now))
