"""Looks after a model that is up, asleep or broken: prompts that wait for it, and the idle time of its endpoint."""

from dataclasses import replace

from core import budgets, holds, idling, leaps, outbox, standing, words
from core.cards import notices
from core.change import Change
from core.holds import NOBODY, Payer
from core.idling import verdict
from core.line import LOOK_SECONDS, OVER, enter, leave, line_of
from core.records import Generation, Message, Model
from workers import ahead, idle_tag, in_hours, usage
from workers.endpoints import resource_name
from workers.house import House
from workers.step import save

RESTS_SECONDS = 600.0
"""How often an endpoint is looked at that rests: others may have used up its budget meanwhile."""


async def in_service(house: House, model: Model) -> None:
    """Let parked prompts go on; then see whether the endpoint has idled long enough."""
    await _unpark(house, model)
    now = house.now()
    model = leaps.by_this_clock(model, house.settings.keep_seconds, now)
    last_use = await usage.ours(house, model)
    policy = await idling.policy_of(house.store, house.settings, model, last_use, now)
    model, policy = await in_hours.afforded(house, model, last_use, policy)
    due_for, look_again = verdict(model, last_use, policy, now)
    if due_for != "rest" and (used := await usage.by_others(house, model, last_use)):
        change = idling.used(Change(model.team), model, used)
        await house.store.commit(change.put(replace(model, tries=0, due=now)))
    elif due_for == "sleep":
        await _drain(house, model)
    elif await budgets.puts_to_sleep(house.store, house.bounds, model, now):
        await _drain(house, model, words.budgets.SLEEPS)
    else:
        held = holds.of_endpoint(model, idling.ends_at(model, last_use, policy))
        warn = due_for == "warn" and not model.comparison
        tagged = await idle_tag.renew(house, model, resource_name(house, model), policy)
        await _rest(house, tagged, look_again, held, warn=warn)


async def _rest(house: House, model: Model, look_again: float, held: dict[str, float], *, warn: bool) -> None:
    """Leave it up until then; where people are to be warned, that is when it goes. What it will cost is set aside."""
    now = house.now()
    rested = replace(model, held=held, tries=0, due=min(look_again, now + RESTS_SECONDS))
    change = holds.move(Change(model.team), holds.payer_of(model), model.held, held)
    if warn:
        rested = replace(rested, warned_for=look_again)
        keeping = idling.Keeping(house.settings.keep_seconds, await house.endpoint_dollars(model))
        text, blocks = notices.idle_warning(model, look_again - now, keeping)
        where = (model.channel, model.thread_ts)
        change.once(outbox.post(model.team, f"warn:{model.id}:{look_again}", where, text, now, blocks))
    if await house.store.commit(change.put(rested)) and held != model.held:
        await budgets.warn(house.store, house.bounds, model.team, holds.payer_of(model), now)


async def _drain(house: House, model: Model, reason: str = "") -> None:
    """Take an idle endpoint down, unless a prompt has come in at this very moment."""
    now = house.now()
    change = Change(model.team).require_empty(line_of(model.id)).put(idling.to_sleep(model, now, reason))
    if not await house.store.commit(change.redraw(Message, outbox.card_id(model.run), now)):
        await save(house, replace(model, tries=0, due=now + house.settings.poll_seconds))


async def _unpark(house: House, model: Model) -> None:
    """Queue the parked prompts of a model in service; those whose turn it is are woken, and they call the others."""
    parked = {one.id: one for one in await line(house, model) if one.state == "parked"}
    if not parked:
        return
    now, stands = house.now(), await standing.read(house.store, model.team, model.id)
    in_turn = [parked.pop(one.id) for one in stands.waiting if one.id in parked]
    for place, generation in enumerate([*in_turn, *parked.values()]):
        ready = generation.to("queued")
        change = enter(Change(model.team), ready, now)
        if place < house.settings.in_flight:
            change.put(replace(ready, due=now))
        else:
            change.claim(replace(ready, due=now + LOOK_SECONDS + place))
        await house.store.commit(change)


async def line(house: House, model: Model) -> list[Generation]:
    """List the unfinished prompts of a model, and let go of those that are over or gone."""
    waiting = await house.store.members(model.team, line_of(model.id))
    found = {one.id: one for one in await house.store.get_all(Generation, model.team, waiting)}
    stale = Change(model.team)
    for identity in waiting:
        if identity not in found:
            stale.unindex(line_of(model.id), identity)
        elif found[identity].state in OVER:
            leave(stale, found[identity])
    if stale.operations:
        await house.store.commit(stale)
    return [one for one in found.values() if one.state not in OVER]


async def at_rest(house: House, model: Model) -> None:
    """Wake a model that is asleep, or broken, when somebody waits for it; samples that nobody asked for can wait.

    A model that waits for a machine is woken when its time has come, whoever asks; so is one that is to be awake in
    working hours.
    """
    now = house.now()
    if model.waits_until > now:
        await save(house, replace(model, tries=0, due=model.waits_until))
        return
    waits = [Payer(one.user, one.channel) for one in await line(house, model) if not one.sample]
    if model.waits_until or waits:
        await house.store.commit(idling.deploy(Change(model.team), model, now, waits[0] if waits else NOBODY))
    else:
        await ahead.rest(house, model)
