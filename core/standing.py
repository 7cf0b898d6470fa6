"""How a model's line stands at one moment, and calling those whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.change import Change
from core.line import OVER, Ticket, painting_of, read_ticket, served_of, turns, waiting_of
from core.records import Generation
from core.store import Store

CALL_SECONDS = 75.0
"""How long a call can be under way whose prompt was cancelled: SageMaker allows 60 s, and our socket 70."""
SPARE = 8
"""How many more prompts are looked at than there is room for: some may be over, or not woken yet."""


@dataclass(frozen=True)
class Standing:
    """The tickets of a model's line: `waiting` in the order of their turns, `painting` at the endpoint."""

    team: str
    model: str
    waiting: tuple[Ticket, ...]
    painting: tuple[Ticket, ...]

    def place(self, identity: str) -> int | None:
        """Give how many wait before a prompt; None: it does not wait."""
        return next((place for place, one in enumerate(self.waiting) if one.id == identity), None)


def look(change: Change, model: str, most: int = 0) -> Change:
    """Add to a change that the line is looked at as it leaves it; `most`: so many of those that wait, 0: all."""
    return change.look(waiting_of(model), most).look(painting_of(model)).look(served_of(model))


def seen(change: Change, model: str) -> Standing:
    """Give what was seen, once the change has been carried out."""
    waiting = [read_ticket(*found) for found in change.seen[waiting_of(model)]]
    painting = [read_ticket(*found) for found in change.seen[painting_of(model)]]
    served = dict(change.seen[served_of(model)])
    return Standing(change.team, model, tuple(turns(waiting, served)), tuple(painting))


async def read(store: Store, team: str, model: str, most: int = 0) -> Standing:
    """Look at a line; `most` as in `look`."""
    change = look(Change(team), model, most)
    await store.commit(change)
    return seen(change, model)


async def heal(store: Store, standing: Standing, now: float) -> bool:
    """Let go of those at the endpoint and next in turn that are over, however they ended. False: there are none."""
    first = standing.waiting[:SPARE]
    found = await _records(store, standing, [*standing.painting, *first])
    change = Change(standing.team)
    for one in standing.painting:
        if not _paints(found.get(one.id), one, now):
            change.unindex(painting_of(standing.model), one.member)
    for one in first:
        if not _waits(found.get(one.id)):
            change.unindex(waiting_of(standing.model), one.member)
    return bool(change.operations) and await store.commit(change)


def _paints(generation: Generation | None, ticket: Ticket, now: float) -> bool:
    """Whether the endpoint may be at a prompt; the call for one that was cancelled cannot be called back."""
    if generation is None or generation.files:
        return False
    cancelled = generation.state == "cancelled" and now - ticket.since < CALL_SECONDS
    return cancelled or generation.state == "painting"


def _waits(generation: Generation | None) -> bool:
    return generation is not None and generation.state not in OVER


async def call_next(store: Store, standing: Standing, at_once: int, now: float) -> None:
    """Have those prompts stepped whose turn it is, as many as the endpoint has room for.

    One that a worker looks at already is not called. Who is called in vain waits on; who is not called looks by itself.
    """
    room = at_once - len(standing.painting)
    if room <= 0 or not standing.waiting:
        return
    first = standing.waiting[: room + SPARE]
    found = await _records(store, standing, first)
    queued = [found[one.id] for one in first if one.id in found and found[one.id].state == "queued"]
    for generation in queued[:room]:
        if generation.tries or (generation.due or 0.0) <= now:
            continue
        call = Change(standing.team).require(generation, state="queued")
        await store.commit(call.touch(Generation, generation.id, now))


async def _records(store: Store, standing: Standing, tickets: Sequence[Ticket]) -> dict[str, Generation]:
    found = await store.get_all(Generation, standing.team, [one.id for one in tickets])
    return {one.id: one for one in found}
