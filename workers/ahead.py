"""Wakes models ahead of working hours in which an admin wants them awake, if anybody has used them of late."""

from dataclasses import replace

from core import budgets, hours, idling, months, outbox
from core.budgets import OverBudgetError
from core.change import Change
from core.holds import Payer, payer_of
from core.hours import Hours
from core.names import DAY
from core.records import Message, Model
from workers import setting_aside
from workers.house import House


async def rest(house: House, model: Model) -> None:
    """Wake a sleeping model if its time has come, else let it sleep until then, or until somebody asks."""
    now, found = house.now(), hours.kept(await idling.hours_of(house.store, model))
    sleeps = model.state == "asleep" and not model.comparison
    if not (sleeps and found and await _used_of_late(house, model, found.days_unused)):
        await _sleep_until(house, model, None)
        return
    lead = min(model.wake_seconds or idling.WAKE_SECONDS, hours.WAKES_WITHIN)
    then = max(now, found.next_after(now) - lead)
    if _has_come(model, found, lead, now):
        payer = Payer("", payer_of(model).channel)
        if await _has_room(house, model, payer):
            await house.store.commit(idling.deploy(Change(model.team), model, now, payer))
            return
        # For the hours after these: it is not tried again and again until they begin.
        then = found.next_after(now + lead) - lead
    await _sleep_until(house, model, then)


async def _sleep_until(house: House, model: Model, then: float | None) -> None:
    """Let a model sleep until it is woken for its hours, and its card say so; None: until somebody asks for it."""
    change = Change(model.team).put(replace(model, wakes_at=then or 0.0, tries=0, due=then))
    if (then or 0.0) != model.wakes_at:
        change.redraw(Message, outbox.card_id(model.run), house.now())
    await house.store.commit(change)


def _has_come(model: Model, found: Hours, lead: float, now: float) -> bool:
    """Tell whether the time has come for which it sleeps; who looks late wakes it as long as the hours are not over."""
    return 0 < model.wakes_at <= now < found.end_of(model.wakes_at + lead)


async def _used_of_late(house: House, model: Model, days: int) -> bool:
    """Tell whether somebody has used it; that it came into service is no use."""
    last = await house.store.newest(model.team, idling.uses_of(model.id), 1)
    return last is not None and house.now() - last < days * DAY


async def _has_room(house: House, model: Model, payer: Payer) -> bool:
    """Tell whether there is room for one more endpoint, and in the budgets for its first hours.

    Where budgets have none, the admins are asked for more.
    """
    now, woken = house.now(), replace(model, woken_by=payer.user, woken_in=payer.channel)
    if not await setting_aside.has_place(house, model.team):
        return False
    dollars = (await setting_aside.first_hours(house, woken, now))[months.month_of(now)]
    try:
        await budgets.check(house.store, house.bounds, model.team, payer_of(woken), dollars, now)
    except OverBudgetError:
        return False
    return True
