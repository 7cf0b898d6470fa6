"""The sweeper: finds what carries our tags and no record wants, and ends it; it trusts nobody, itself included."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from core.records import KINDS, Record
from core.settings import Settings
from core.store import Store
from core.sweeping import DELETED_MOST, Finding, Thing, in_order, is_stuck, is_wanted, stands_on, verdict
from workers import things
from workers.aws import Aws
from workers.trouble import Trouble
from workers.watching import EVERYWHERE, turn

log = logging.getLogger(__name__)

SEEN = "orphans"
"""The note of things that nobody wants, by when they were seen first."""
SEEN_SECONDS = 86_400
"""How long that is known: a sweeper that did not run for a day begins with a first sighting."""
PASS_SECONDS = 600.0
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
        """Look at everything once; gives what is not as it should be.

        Raises:
            Trouble: when AWS does not say what there is; nothing is ended then.
        """
        stand = await things.stand(self.aws, self.told.deployment, self._turn)
        unwanted = [thing for thing in stand if not is_wanted(thing, await self._record(thing), self.told.deployment)]
        seen = await self._seen(unwanted)
        since = await self.store.remembers_since(self.now())
        found: list[Finding] = []
        for thing in in_order(unwanted):
            ended = sum(one.verdict == "deleted" for one in found)
            may_go = ended < DELETED_MOST and not stands_on(thing, stand)
            found.append(await self._judge(thing, seen.get(thing.key), since, may_go=may_go))
        stuck = [thing for thing in stand if thing not in unwanted and is_stuck(thing, self.now())]
        return found + [Finding(thing, "stuck") for thing in stuck]

    async def _record(self, thing: Thing) -> Record | None:
        team, kind, identity = thing.owner
        return await self.store.get(KINDS[kind], team, identity) if kind in KINDS and team else None

    async def _seen(self, unwanted: list[Thing]) -> dict[str, float]:
        """Give when each was seen first; write down those that are new, forget those that are wanted again or gone."""
        known = await self.store.notes(SEEN)
        if not self.dry:
            noted = {thing.key: known.get(thing.key, self.now()) for thing in unwanted}
            await self.store.note(SEEN, noted, SEEN_SECONDS)
        return known

    async def _judge(self, thing: Thing, first_seen: float | None, since: float, *, may_go: bool) -> Finding:
        said = verdict(thing, first_seen, since, self.now())
        if said != "go":
            return Finding(thing, said)
        return await things.end(self.aws, thing, dry=self.dry) if may_go else Finding(thing, "seen")

    async def _turn(self) -> None:
        await turn(self.store)


async def sweep_forever(sweeper: Sweeper) -> None:
    """Sweep on a schedule, one worker of all at a time, until cancelled; what is found stands in the log."""
    every = max(10.0, min(PASS_SECONDS, PASS_SECONDS * sweeper.told.poll_seconds / 15))
    while True:
        await asyncio.sleep(every)
        try:
            if not await sweeper.store.pace(EVERYWHERE, "sweep", every):
                for finding in await sweeper.sweep():
                    _log(finding)
        except Trouble as fault:
            log.warning("the sweeper could not look: %s", fault)
        except Exception:
            log.warning("the sweeper could not look; it will look again", exc_info=True)


def _log(finding: Finding) -> None:
    level = logging.ERROR if finding.verdict in {"older", "stuck", "refused"} else logging.WARNING
    log.log(level, "swept: %s is %s %s", finding.thing.key, finding.verdict, finding.note)
