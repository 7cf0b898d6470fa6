"""The sweeper: finds what carries our tags and no record wants, and ends it; it trusts nobody, itself included."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core import sightings, swept
from core.records import KINDS, Record
from core.settings import Settings
from core.store import Store
from core.sweeping import DELETED_MOST, Bill, Finding, Thing, in_order, is_stuck, is_wanted, stands_on, verdict
from workers import adoption, bills, things
from workers.aws import Aws
from workers.schedule import on_schedule
from workers.trouble import Trouble
from workers.watching import turn

log = logging.getLogger(__name__)

SEEN = "orphans"
"""The note of things that nobody wants, by when they were seen first."""
PASS_SECONDS = sightings.STEP_SECONDS
"""How often one of the workers sweeps."""


@dataclass(frozen=True)
class Sweeper:
    """Goes by the records. `dry`: says what it would do, and does nothing."""

    aws: Aws
    store: Store
    told: Settings
    now: Callable[[], float]
    dry: bool = False

    async def sweep(self) -> list[Finding]:
        """Look at everything once, have the admins told; gives what is not as it should be.

        Raises:
            Trouble: when AWS does not say what there is; nothing is ended then.
        """
        stand = await things.stand(self.aws, things.Look(self.told.deployment, self._turn, self.now))
        owners = {thing.key: await self._owner(thing) for thing in stand}
        unwanted = [thing for thing in in_order(stand) if owners[thing.key] is None]
        found = await self._end(unwanted, stand)
        stuck = [thing for thing in stand if owners[thing.key] and is_stuck(thing, self.now())]
        found += [Finding(thing, "stuck", bill=await self._bill(thing)) for thing in stuck]
        adopting = adoption.Adoption(self.aws, self.store, self.told.deployment, self.now, self.dry)
        await adopting.look_after([owner for owner in owners.values() if owner])
        found += await adopting.gone({thing.name for thing in stand if thing.kind == "endpoint"})
        if not self.dry:
            await swept.tell(self.store, self.told, found, self.now())
        return found

    async def _owner(self, thing: Thing) -> Record | None:
        """Give the record that wants a thing: the one of its tags, or, for tags get edited, the one of its name."""
        kind, identity = thing.named
        named = [(team, kind, identity) for team in await self.store.teams()]
        for team, kind, identity in dict.fromkeys([thing.owner, *named]):
            record = await self.store.get(KINDS[kind], team, identity) if kind in KINDS and team else None
            if record and is_wanted(thing, record, self.told.deployment):
                return record
        return None

    async def _end(self, unwanted: Sequence[Thing], stand: Sequence[Thing]) -> list[Finding]:
        """End what may go, with what costs most first, and so many at the most."""
        seen = await self._seen(unwanted, stand)
        # What stands when the memory begins is older than it, whatever our clock says.
        since = await self.store.remembers_since(max([self.now(), *(thing.created + 1 for thing in stand)]))
        found: list[Finding] = []
        for thing in unwanted:
            ended = sum(one.verdict == "deleted" for one in found)
            said = verdict(thing, seen.get(thing.key), since, self.now())
            if said == "go" and ended < DELETED_MOST and not stands_on(thing, stand):
                found += await self._try(thing)
            else:
                found.append(Finding(thing, "older" if said == "older" else "seen", bill=await self._bill(thing)))
        return found

    async def _seen(self, unwanted: Sequence[Thing], stand: Sequence[Thing]) -> dict[str, float]:
        """Give when each was seen first; write down those that are new, forget those that are wanted again."""
        now = self.now()
        known = sightings.carried(await self.store.notes(SEEN), now)
        if not self.dry:
            noted = sightings.after(known, [thing.key for thing in unwanted], {thing.key for thing in stand}, now)
            await self.store.note(SEEN, noted, sightings.KEPT_SECONDS)
        return known

    async def _try(self, thing: Thing) -> list[Finding]:
        """End a thing that still nobody wants, unless AWS is at it already and not late."""
        stuck = is_stuck(thing, self.now())
        if (thing.status == "Deleting" and not stuck) or await self._owner(thing):
            return []
        bill = await self._bill(thing)
        found = replace(await things.end(self.aws, thing, dry=self.dry), bill=bill)
        return [replace(found, verdict="stuck") if stuck and found.verdict == "refused" else found]

    async def _bill(self, thing: Thing) -> Bill | None:
        return await bills.of(self.aws, self.store, thing, self.now())

    async def _turn(self) -> None:
        await turn(self.store)


async def sweep_forever(sweeper: Sweeper) -> None:
    """Sweep on a schedule, one worker of all at a time, until cancelled; what is found stands in the log."""
    every = max(10.0, min(PASS_SECONDS, PASS_SECONDS * sweeper.told.poll_seconds / 15))

    async def sweep() -> None:
        try:
            for finding in await sweeper.sweep():
                _log(finding)
        except Trouble as fault:
            log.warning("the sweeper could not look: %s", fault)

    await on_schedule(sweeper.store, "sweep", every, sweep, "the sweeper could not look; it will look again")


def _log(finding: Finding) -> None:
    level = logging.ERROR if finding.verdict in {"older", "stuck", "refused"} else logging.WARNING
    log.log(level, "swept: %s is %s %s %s", finding.thing.key, finding.verdict, finding.note, swept.cost(finding.bill))
