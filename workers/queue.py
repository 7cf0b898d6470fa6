"""The queue of runs: as many train at once as the settings allow, the others see their place."""

from dataclasses import replace

from core.change import Change
from core.outlook import verdict
from core.queue import QUEUE, follow
from core.records import Run
from workers import setting_aside
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
        ready = run.to("preparing", place=0, waits_until=0, reason="", due=now)
        if run.held:
            await house.store.commit(follow(ready, now))
        else:
            await setting_aside.for_run(house, run, ready)


async def _line(house: House, run: Run) -> list[str]:
    """List the runs before and behind this one; let go of those at its head that are over or gone.

    Only the head is looked at: it says whose turn it is, and what stands behind gets there in time.
    """
    listed = await house.store.members(run.team, QUEUE)
    head = listed[: house.settings.runs_at_once]
    found = {one.id: one for one in await house.store.get_all(Run, run.team, head)}
    stale = [identity for identity in head if identity not in found or found[identity].state not in _IN_LINE]
    change = Change(run.team)
    for identity in stale:
        change.unindex(QUEUE, identity)
    if stale:
        await house.store.commit(change)
    return [identity for identity in listed if identity not in stale]


async def _join(house: House, run: Run) -> None:
    """Stand in line again, at its end: after AWS had no machine, for example."""
    now = house.now()
    again = replace(run, waits_until=0, tries=0, due=now)
    await house.store.commit(follow(again, now).index(QUEUE, run.id, now, Run.ttl))


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
