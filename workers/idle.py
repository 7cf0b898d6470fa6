"""Looks after a model that is up, asleep or broken: prompts that wait for it, and the idle time of its endpoint."""

from dataclasses import replace

from core import idling, outbox, standing
from core.cards import notices
from core.change import Change
from core.idling import USED, verdict
from core.line import LOOK_SECONDS, OVER, enter, leave, line_of
from core.records import Generation, Message, Model
from workers.house import House
from workers.step import save


async def in_service(house: House, model: Model) -> None:
    """Let parked prompts go on; then see whether the endpoint has idled long enough."""
    await _unpark(house, model)
    now = house.now()
    used = await house.store.score(model.team, USED, model.id)
    last_use = max(used or 0.0, model.in_service_at)
    due_for, look_again = verdict(model, last_use, house.policy, now)
    if due_for == "sleep":
        await _drain(house, model)
        return
    rested = replace(model, tries=0, due=look_again)
    change = Change(model.team)
    if due_for == "warn" and not model.comparison:
        rested = replace(rested, warned_for=last_use)
        text, blocks = notices.idle_warning(model, look_again - now, await house.endpoint_dollars(model))
        where = (model.channel, model.thread_ts)
        change.once(outbox.post(model.team, f"warn:{model.id}:{last_use}", where, text, now, blocks))
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
