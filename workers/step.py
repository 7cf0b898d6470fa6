"""One step of one record: claim it, let its handler do one thing, and see to what goes wrong."""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from core import words
from core.change import Change
from core.records import Record
from core.store import StoreAwayError
from workers.closing import end
from workers.house import Handler, House, Onward
from workers.trouble import PATIENT, SOME, Trouble, wait

log = logging.getLogger(__name__)

NEAR = 0.5
"""A record that is due this soon is waited for, in seconds: the clocks of machines differ a little."""
MOMENT = 1.0
"""How long a step goes on with a record that is due again and again, in seconds."""
LIVES = PATIENT + 10
"""How often a record is taken up without getting on before it is given up, crashes of the worker included."""


class GivesUp(Protocol):
    """What a kind of record does when it is given up: fail, in words, with nothing left running."""

    async def __call__(self, house: House, record: Any, fault: Trouble, /) -> None:  # noqa: ANN401 - its own kind
        """Give the record up because of this trouble."""


class Steps:
    """The handlers of every kind and state, and what each kind does when it is given up; `stop`: the worker ends."""

    def __init__(
        self,
        house: House,
        handlers: Mapping[tuple[str, str], Handler],
        gives_up: Mapping[str, GivesUp],
        stop: asyncio.Event | None = None,
    ) -> None:
        self._house = house
        self._handlers = handlers
        self._gives_up = gives_up
        self._stop = stop or asyncio.Event()

    async def step(self, team: str, member: str) -> None:
        """Look at a record, and go on with it while it is due again at once, for a moment.

        What is due after that has a wake-up of its own. A step must end: docket waits for those under way before it
        takes up new ones after a lost connection, and a worker that is told to end does so too.
        """
        clock = asyncio.get_running_loop().time
        ends = clock() + MOMENT
        while (record := await self._take(team, member)) is not None:
            if record.tries > LIVES:
                worn_out = words.trouble.gave_up(LIVES, words.trouble.unexpected(record.id))
                await self._gives_up[record.kind](self._house, record, Trouble(worn_out, "lives"))
                return
            ended = await self._go_through(record)
            if ended or self._stop.is_set() or clock() >= ends:
                return

    async def _go_through(self, record: Record) -> bool:
        """Do a record's step, and those behind it as long as each keeps the record; tells whether all is done."""
        going: Onward | bool = Onward(record, self._handlers[record.kind, record.state])
        while isinstance(going, Onward):
            if going.record is not record and self._stop.is_set():
                await postpone(self._house, going.record, 0, tries=0)
                return True
            going = await self._attempt(going.record, going.handler) or False
        return going

    async def _take(self, team: str, member: str) -> Record | None:
        """Take a record up, its try counted before anything is done. None: it is not due, or somebody else has it."""
        now, lease = self._house.now(), self._house.settings.lease_seconds
        found = await self._house.store.take(team, member, now, now + lease)
        if isinstance(found, float) and found <= now + NEAR:
            await asyncio.sleep(found - now)
            found = await self._house.store.take(team, member, found, found + lease)
        return found if isinstance(found, Record) else None

    async def _attempt(self, record: Record, handler: Handler) -> Onward | bool | None:
        try:
            async with renewing(self._house, record):
                return await handler(self._house, record)
        except Trouble as fault:
            await self._setback(record, fault)
        except StoreAwayError:
            log.warning("the store was away while %s was stepped; its claim lapses", record.member)
        except Exception:
            identity = uuid.uuid4().hex[:8]
            log.exception("unexpected fault %s in %s (%s, try %d)", identity, record.member, record.state, record.tries)
            await self._setback(record, Trouble(words.trouble.unexpected(identity), identity, tries=SOME))
        return None

    async def _setback(self, record: Record, fault: Trouble) -> None:
        """Try again later, or give the record up."""
        if record.tries >= fault.tries:
            log.warning("%s is given up in %s after %d tries: %s", record.member, record.state, record.tries, fault)
            await self._gives_up[record.kind](self._house, record, fault)
            return
        first = min(2.0, self._house.settings.poll_seconds)
        after = wait(record.tries, first) if fault.after is None else fault.after
        log.info("%s waits %.1f s in %s: %s", record.member, after, record.state, fault)
        await postpone(self._house, record, after)


@contextlib.asynccontextmanager
async def renewing(house: House, record: Record) -> AsyncGenerator[None]:
    """Keep a claim alive as long as this process lives; when it dies, the claim ends after the lease.

    Most steps end before their claim has to be renewed, and need no task for it.
    """
    begun: list[asyncio.Task[None]] = []
    first = house.settings.lease_seconds / 3
    begins = asyncio.get_running_loop().call_later(
        first, lambda: begun.append(asyncio.create_task(_renew(house, record)))
    )
    try:
        yield
    finally:
        begins.cancel()
        for renewal in begun:
            await end(renewal)  # a cancel that is lost would renew the claim for ever, and the step would never end


async def _renew(house: House, record: Record) -> None:
    lease = house.settings.lease_seconds
    while True:
        with contextlib.suppress(StoreAwayError):
            if not await house.store.commit(Change(record.team).renew(record, house.now() + lease)):
                return
        await asyncio.sleep(lease / 3)


async def postpone(house: House, record: Record, seconds: float, tries: int | None = None) -> None:
    """Have a claimed record looked at again after a while, with so many tries (None: as they are).

    A redraw that was asked for meanwhile left us the claim: it is ours to let go, or it would last its whole lease.
    """
    now = house.now()
    later: Record | None = record
    while later and not await save(
        house, replace(later, due=now + seconds, tries=record.tries if tries is None else tries)
    ):
        later = await house.store.get(type(record), record.team, record.id)
        if later and ((later.state, later.tries) != (record.state, record.tries) or (later.due or 0.0) <= now):
            return


async def go_on(house: House, record: Record, handler: Handler, change: Change | None = None) -> Onward | None:
    """Write a step's result, with the rest of a change, and keep the record for what is done next: its try is counted.

    None: somebody has changed the record meanwhile, or another condition did not hold, and ours is thrown away.
    """
    kept = replace(record, due=house.now() + house.settings.lease_seconds, tries=1)
    if not await house.store.commit((change or Change(record.team)).claim(kept)):
        return None
    return Onward(replace(kept, version=kept.version + 1), handler)


async def save(house: House, record: Record, *others: Record) -> bool:
    """Write a step's result. False: somebody has changed the record meanwhile, and ours is thrown away."""
    return await house.store.commit(Change(record.team).put(record, *others))
