"""The queue of runs: as many train at once as the settings allow, the others see their place."""

from dataclasses import replace

from core.change import Change
from core.outlook import verdict
from core.queue import QUEUE, follow
from core.records import Run
from workers.house import House
from workers.trouble import Trouble

_IN_LINE = {"queued", "preparing", "training", "stopping"}


async def queued(house: House, run: Run) -> None:
    """Take the run out of the queue when its turn has come, else say its place."""
    line = await _line(house, run)
    if run.id not in line:
        await _join(house, run)
        return
    place = max(0, line.index(run.id) + 1 - house.settings.runs_at_once)
    if place:
        later = replace(run, place=place, tries=0, due=house.now() + house.settings.poll_seconds)
        await house.store.commit(follow(later, house.now(), update=place != run.place))
        return
    if await _passes(house, run):
        now = house.now()
        await house.store.commit(follow(run.to("preparing", place=0, waits_until=0, reason="", due=now), now))


async def _line(house: House, run: Run) -> list[str]:
    """List the runs before and behind this one, and let go of those that are over or gone."""
    listed = await house.store.members(run.team, QUEUE)
    found = {one.id: one for one in await house.store.get_all(Run, run.team, listed)}
    waiting = [identity for identity in listed if identity in found and found[identity].state in _IN_LINE]
    stale = Change(run.team)
    for identity in set(listed) - set(waiting):
        stale.unindex(QUEUE, identity)
    if stale.operations:
        await house.store.commit(stale)
    return waiting


async def _join(house: House, run: Run) -> None:
    """Stand in line again, at its end: after AWS had no machine, for example."""
    now = house.now()
    again = replace(run, tries=0, due=now)
    await house.store.commit(Change(run.team).put(again).index(QUEUE, run.id, now, Run.ttl))


async def _passes(house: House, run: Run) -> bool:
    """Refuse what AWS is known to refuse, before anything is made. False: it is being asked again, so wait a little.

    Raises:
        Trouble: in words, with what to ask AWS for.
    """
    instance = run.instance or house.settings.training_instance
    fault = await verdict(house.store, run.team, house.now(), instance, spot=run.spot)
    if fault is None:
        later = replace(run, tries=0, due=house.now() + house.settings.poll_seconds)
        await house.store.commit(follow(later, house.now(), update=False))
        return False
    if fault:
        raise Trouble(fault, "hurdle")
    return True
