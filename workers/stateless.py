"""Sweeping with no Redis: tags and CloudWatch alone say what may go, so that a bill ends though the bot is dead."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.sweeping import DELETED_MOST, Finding, Thing, in_order, is_stuck, stands_on
from workers import bills, things, usage
from workers.aws import Aws
from workers.watching import LIST_SECONDS


@dataclass(frozen=True)
class Stateless:
    """Ends endpoints that nobody has called for as long as their tag says, and what they stood on.

    `dry`: says what it would do, and does nothing. Training jobs end by themselves: they are left alone.
    """

    aws: Aws
    deployment: str
    now: Callable[[], float]
    dry: bool = False

    async def sweep(self) -> list[Finding]:
        """Look at everything once; gives what was ended, and what could not be.

        Raises:
            Trouble: when AWS does not say what there is, or CloudWatch not what was called.
        """
        stand = await things.stand(
            self.aws, things.Look(self.deployment, lambda: asyncio.sleep(LIST_SECONDS), self.now)
        )
        found: list[Finding] = []
        for thing in in_order(stand):
            if len(found) < DELETED_MOST and not stands_on(thing, stand) and await self._may_go(thing):
                found.append(await self._end(thing))
        return found

    async def _end(self, thing: Thing) -> Finding:
        bill = await bills.of(self.aws, None, thing, self.now())
        found = replace(await things.end(self.aws, thing, dry=self.dry), bill=bill)
        stuck = is_stuck(thing, self.now()) and found.verdict == "refused"
        return replace(found, verdict="stuck") if stuck else found

    async def _may_go(self, thing: Thing) -> bool:
        now = self.now()
        if is_stuck(thing, now):
            return True
        if thing.kind == "training job" or thing.status == "Deleting" or now - thing.created <= thing.allowed:
            return False
        if thing.kind != "endpoint":
            return True
        since = max(thing.created, now - thing.allowed)
        called = await usage.last_invocation(self.aws, thing.name, since, now)
        return now - max(called, thing.created) > thing.allowed
