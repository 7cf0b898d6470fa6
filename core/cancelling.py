"""Cancelling a run, in whatever state it is: nothing goes on billing, and a model that is trained already is kept."""

from dataclasses import replace

from core import audit, outbox
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
        change = over(run.to("cancelled", **told, due=now + CREATING_SECONDS), now)
        return await store.commit(_noted(change, run, user, now))
    if run.state == "training":
        change = Change(run.team).put(run.to("stopping", **told, due=now))
        change.redraw(Message, outbox.card_id(run.root_id), now)
        return await store.commit(_noted(change, run, user, now))
    if run.state == "comparing":
        comparison = await store.get(Comparison, run.team, run.comparison)
        return comparison is not None and await cancel_comparison(store, comparison, user, now)
    return await _leave_asleep(store, run, user, now)


def _noted(change: Change, run: Run, user: str, now: float) -> Change:
    """Note who cancels; the trainings of a step sheet are cancelled with it, and not each for itself."""
    return change if run.root else audit.note(change, now, user, "cancelled", run)


def rested(model: Model) -> Model:
    """Give a model whose endpoint waits for a machine no more."""
    return replace(model, waits=0, waits_until=0, reason="")


def lain_down(model: Model, now: float) -> Model | None:
    """Give a model as its endpoint is taken down, or waits for a machine no more. None: neither is to be done.

    While a worker creates something of it, the teardown waits until that cannot come any more.
    """
    if model.waits_until and model.state in {"draining", "asleep"}:
        return rested(model)
    if model.state not in {"deploying", "in_service"}:
        return None
    creates = model.state == "deploying" and model.tries > 0 and model.stage in _CREATES
    return to_sleep(model, max(now, model.due or now) + CREATING_SECONDS if creates else now)


async def _leave_asleep(store: Store, run: Run, user: str, now: float) -> bool:
    """Take an endpoint down that is on its way up, or let go of one that waits for a machine: what was learnt is kept.

    One that has come into service is put to sleep by other means.
    """
    model = await store.get(Model, run.team, run.model) if run.model else None
    down = lain_down(model, now) if model and model.state != "in_service" else None
    if down is None:
        return False
    change = Change(run.team).put(down).redraw(Message, outbox.card_id(run.root_id), now)
    return await store.commit(audit.note(change, now, user, "slept", model))
