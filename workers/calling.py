"""Calls those whose turn it is at a model, once its endpoint has room."""

from core import line, standing
from core.change import Change
from core.records import Generation
from workers.house import House


async def call_next(house: House, generation: Generation, change: Change) -> bool:
    """Carry a change out by which the endpoint has room, and call those whose turn it is by then."""
    done = await house.store.commit(standing.look(change, generation.model))
    await call(house, change, generation.model)
    return done


async def call(house: House, change: Change, model: str) -> None:
    """Call those whose turn it is, if a change has been carried out that looked at the line, and anybody waits."""
    if change.seen.get(line.waiting_of(model)):
        stands = standing.seen(change, model)
        await standing.call_next(house.store, stands, house.settings.in_flight, house.now())
