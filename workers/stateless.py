"""Sweeping with no Redis: tags and CloudWatch alone say what may go, so that a bill ends though the bot is dead."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from core.idle_times import UNTIL_KNOWN
from core.sweeping import DELETED_MOST, GRACE_SECONDS, IDLE, Finding, Thing, in_order, is_stuck, stands_on
from workers import things, usage
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
        stand = await things.stand(self.aws, self.deployment, lambda: asyncio.sleep(LIST_SECONDS))
        found: list[Finding] = []
        for thing in in_order(stand):
            if len(found) < DELETED_MOST and not stands_on(thing, stand) and await self._may_go(thing):
                found.append(await things.end(self.aws, thing, dry=self.dry))
        return found

    async def _may_go(self, thing: Thing) -> bool:
        if thing.kind == "training job" or thing.status == "Deleting":
            return False
        idle, age = allowed(thing), self.now() - thing.created
        if age <= idle:
            return is_stuck(thing, self.now())
        if thing.kind != "endpoint":
            return True
        called = await usage.last_invocation(self.aws, thing.name, thing.created, self.now())
        return self.now() - max(called, thing.created) > idle


def allowed(thing: Thing) -> float:
    """Give how long a thing may be of no use, in seconds: as its tag says, where that is a number."""
    told = thing.tags.get(IDLE, "")
    return (float(told) if told.isascii() and told.isdigit() else UNTIL_KNOWN) + GRACE_SECONDS
