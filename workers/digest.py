"""Tells the admins of each week that is over: one of the workers looks now and then whether that has been done."""

import logging
from collections.abc import Callable

from core import digest
from core.settings import Settings
from core.store import Store
from workers.schedule import on_schedule

log = logging.getLogger(__name__)

LOOK_SECONDS = 600.0


async def digest_forever(store: Store, told: Settings, now: Callable[[], float]) -> None:
    """Look on a schedule, one worker of all at a time, until cancelled: who was down on Monday tells it later."""
    fault = "the digests could not be written; they will be"
    await on_schedule(store, "digest", LOOK_SECONDS, lambda: tell_all(store, told, now), fault)


async def tell_all(store: Store, told: Settings, now: Callable[[], float]) -> None:
    """Tell the admins of every team, where that is to be done; one team's trouble is not another's."""
    for team in await store.teams():
        try:
            await digest.tell(store, told, team, now())
        except Exception:
            log.warning("the digest of %s could not be written; it will be", team, exc_info=True)
