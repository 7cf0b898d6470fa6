"""Cancelling a prompt: by its asker, as long as its pictures are not on their way into the channel."""

from dataclasses import dataclass, replace

from core import line, outbox, standing, words
from core.change import Change
from core.records import Generation, Model
from core.store import Store

_TRIES = 5
"""How often it is tried: a worker may be at the prompt this very moment."""
_TOO_LATE = {
    "posted": words.line.PAINTED_ALREADY,
    "deleted": words.line.PAINTED_ALREADY,
    "failed": words.line.FAILED_ALREADY,
    "cancelled": words.line.CANCELLED_ALREADY,
}


@dataclass(frozen=True)
class Withdrawn:
    """What came of it: the sentence for who pressed, and whether the prompt is cancelled by it."""

    text: str
    done: bool = False


async def withdraw(store: Store, team: str, identity: str, user: str, at_once: int, now: float) -> Withdrawn:
    """Cancel a prompt for its asker, and call who comes next; `at_once`: how many an endpoint is given at once."""
    for _ in range(_TRIES):
        asked = await store.get(Generation, team, identity)
        if refusal := _refusal(asked, user):
            return Withdrawn(refusal)
        if asked and await _cancel(store, asked, at_once, now):
            model = await store.get(Model, team, asked.model)
            wakes = model is not None and model.state == "deploying"
            return Withdrawn(words.line.cancelled(model.title if model else "", wakes=wakes), done=True)
    return Withdrawn(words.line.PAINTED_ALREADY)


def _refusal(asked: Generation | None, user: str) -> str:
    """Say why a prompt is not cancelled; empty when it can be."""
    if asked is None:
        return words.line.TOO_OLD
    if asked.user != user:
        return words.line.only_asker(asked.user)
    return words.line.PAINTED_ALREADY if asked.files else _TOO_LATE.get(asked.state, "")


async def _cancel(store: Store, asked: Generation, at_once: int, now: float) -> bool:
    """What the endpoint paints already is thrown away when it comes; until then it takes up its room there."""
    change = Change(asked.team).put(replace(asked.to("cancelled"), due=None))
    line.leave(change, asked, called=asked.state == "painting")
    if asked.noted:
        change.once(outbox.erase_note(asked, now))
    if not await store.commit(standing.look(change, asked.model)):
        return False
    await standing.call_next(store, standing.seen(change, asked.model), at_once, now)
    return True
