"""Sets money aside before anything is made that costs: what no budget has room for is not begun."""

from collections.abc import Mapping
from dataclasses import replace

from core import budgets, holds, idling, months, prices, rules, states, terms, words
from core.budgets import OverBudgetError
from core.change import Change
from core.holds import Payer, payer_of
from core.queue import follow
from core.records import Model, Run
from workers.house import House
from workers.trouble import Trouble

NOT_ALLOWED = "not_allowed"
"""Nothing has been made: a budget or a limit of the team's own has no room for it."""
UP = "up"
"""The index of models whose endpoint is up, or on its way."""


async def for_run(house: House, run: Run, ready: Run) -> None:
    """Go on with a run as it is `ready`, with what it will cost set aside.

    Raises:
        Trouble: when a budget has no room for it.
    """
    now = house.now()
    guess = await terms.expected(house.store, run, house.settings)
    seconds = guess.minutes * 60
    dollars = prices.reckoned(seconds, None) if guess.dollars is None else guess.dollars
    parts = months.split(now, now + seconds)
    held = {month: dollars * (end - start) / seconds for month, start, end in parts} or {months.month_of(now): dollars}
    change = holds.move(follow(replace(ready, held=held), now), payer_of(run), {}, held)
    await _admit(house, change, payer_of(run), held)


async def for_endpoint(house: House, model: Model) -> None:
    """Count a model among those that are up, and set aside what its wake and its first idle time will cost.

    Raises:
        Trouble: when a budget has no room for it, or as many endpoints are up as there may be.
    """
    now, most = house.now(), (await rules.limits(house.store, model.team, house.bounds))["endpoints_at_once"]
    held = await first_hours(house, model, now)
    change = Change(model.team).put(replace(model, held=held, tries=0, due=now))
    if most:
        change.require_fewer(UP, most)
    holds.move(change.index(UP, model.id, now), payer_of(model), {}, held)
    if await _admit(house, change, payer_of(model), held) == UP:
        tries = 2 if await _heal(house, model.team) else 0
        raise Trouble(words.limits.endpoints_reached(most), NOT_ALLOWED, tries, after=0)


async def has_place(house: House, team: str) -> bool:
    """Tell whether fewer endpoints are up than there may be; it can be over before one is begun."""
    most = (await rules.limits(house.store, team, house.bounds))["endpoints_at_once"]
    return not most or len(await house.store.members(team, UP)) < most


async def first_hours(house: House, model: Model, now: float) -> dict[str, float]:
    """Give what a wake and the first idle time of an endpoint cost, in dollars by month."""
    policy = await idling.policy_of(house.store, house.settings, model, now, now)
    until = now + (model.wake_seconds or idling.WAKE_SECONDS) + policy.idle_seconds
    return holds.of_time(now, until, await house.endpoint_dollars(model))


async def _admit(house: House, change: Change, payer: Payer, more: Mapping[str, float]) -> str | None:
    try:
        return await budgets.admit(house.store, house.bounds, change, payer, more, house.now())
    except OverBudgetError as fault:
        raise Trouble(str(fault), NOT_ALLOWED) from fault


async def _heal(house: House, team: str) -> bool:
    """Let go of models that are counted as up and are not. False: there are none."""
    counted = await house.store.members(team, UP)
    up = {model.id for model in await house.store.get_all(Model, team, counted) if model.state in states.UP}
    change = Change(team)
    for identity in counted:
        if identity not in up:
            change.unindex(UP, identity)
    return bool(change.operations) and await house.store.commit(change)


def free(change: Change, model: Model) -> Model:
    """Add to a change that a model has nothing up any more; gives it with nothing set aside."""
    holds.move(change.unindex(UP, model.id), payer_of(model), model.held, {})
    return replace(model, held={})
