"""Looks after a model that is up, asleep or broken: prompts that wait for it, and the idle time of its endpoint."""

from dataclasses import replace

from core import idling, outbox, standing
from core.cards import notices
from core.change import Change
from core.idling import verdict
from core.line import LOOK_SECONDS, OVER, enter, leave, line_of
from core.records import Generation, Message, Model
from workers import usage
from workers.house import House
from workers.step import save


async def in_service(house: House, model: Model) -> None:
    """Let parked prompts go on; then see whether the endpoint has idled long enough."""
    await _unpark(house, model)
    now = house.now()
    last_use = await usage.ours(house, model)
    policy = await idling.policy_of(house.store, house.settings, model, last_use)
    due_for, look_again = verdict(model, last_use, policy, now)
    if due_for != "rest" and (used := await usage.by_others(house, model, last_use)):
        change = idling.used(Change(model.team), model, used)
        await house.store.commit(change.put(replace(model, tries=0, due=now)))
    elif due_for == "sleep":
        await _drain(house, model)
    else:
        await _rest(house, model, look_again, warn=due_for == "warn" and not model.comparison)


async def _rest(house: House, model: Model, look_again: float, *, warn: bool) -> None:
    """Leave it up until then; where people are to be warned, that is when it goes."""
    rested = replace(model, tries=0, due=look_again)
    change = Change(model.team)
    if warn:
        now = house.now()
        rested = replace(rested, warned_for=look_again)
        keeping = idling.Keeping(house.settings.keep_seconds, await house.endpoint_dollars(model))
        text, blocks = notices.idle_warning(model, look_again - now, keeping)
        where = (model.channel, model.thread_ts)
        change.once(outbox.post(model.team, f"warn:{model.id}:{look_again}", where, text, now, blocks))
    await house.store.commit(change.put(rested))


async def _drain(house: House, model: Model) -> None:
    """Take an idle endpoint down, unless a prompt has come in at this very moment."""
    now = house.now()
    change = Change(model.team).require_empty(line_of(model.id)).put(idling.to_sleep(model, now))
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

    A model that waits for a machine is woken when its time has come, whoever asks.
    """
    now = house.now()
    if model.waits_until > now:
        await save(house, replace(model, tries=0, due=model.waits_until))
    elif model.waits_until or any(not waiting.sample for waiting in await line(house, model)):
        await house.store.commit(idling.deploy(Change(model.team), model, now))
    else:
        await save(house, replace(model, tries=0, due=None))
