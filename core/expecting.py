"""What somebody who asks for pictures can expect: their place in line, and how long it takes."""

from dataclasses import dataclass

from core import pace, standing, words
from core.catalogue import Catalogue
from core.change import Change
from core.line import ticket
from core.records import Generation, Model
from core.standing import Standing
from core.store import Store

LOOK_MOST = words.line.PLACES_MOST
"""How many of those that wait are looked at; whoever stands behind all of them is told so."""
WAKES = (300.0, 600.0)
"""How long an endpoint takes to get up before a model's own wakes are known, in seconds: 5 to 10 minutes."""
SHARE = 0.3
"""How much the latest wake counts in a model's average."""


@dataclass(frozen=True)
class Wait:
    """What to expect: how many prompts come before this one, and in how many seconds it is painted if its model is up.

    `call` is what its own call takes of them. `up_in`: in how many seconds the model is up, at least and at most.
    """

    before: int
    seconds: float
    call: float
    up_in: tuple[float, float]


def look(change: Change, model: Model) -> Change:
    """Add to a change by which a prompt is asked for that its model's line is looked at."""
    return standing.look(change, model.id, LOOK_MOST)


async def read(
    store: Store, catalogue: Catalogue, change: Change, generation: Generation, model: Model, at_once: int
) -> Wait:
    """Say what a prompt can expect, by what its change has looked at, if it was carried out; else by another look.

    `at_once`: how many prompts an endpoint is given at once.
    """
    looked = bool(change.seen)
    stands = standing.seen(change, model.id) if looked else await standing.read(store, model.team, model.id, LOOK_MOST)
    known = (await catalogue.paces(model.team)).get(model.id, "")
    return wait(stands, generation, model, pace.pace(model, known), at_once)


def wait(stands: Standing, generation: Generation, model: Model, step_seconds: float, at_once: int) -> Wait:
    """Say what a prompt can expect that has been asked for just now; it need not stand in the line yet. Pure."""
    now, place = generation.asked_at, stands.place(generation.id)
    before = stands.waiting if place is None else stands.waiting[:place]
    own = ticket(generation).work * step_seconds
    up = up_in(model, now)
    if len(before) + len(stands.painting) < at_once:
        return Wait(0, own, own, up)
    begun = sum(max(0.0, one.work * step_seconds - (now - one.since)) for one in stands.painting)
    ahead = begun + sum(one.work for one in before) * step_seconds
    return Wait(len(before) + len(stands.painting), ahead / at_once + own, own, up)


def up_in(model: Model, now: float) -> tuple[float, float]:
    """Say in how many seconds, at the least and at the most, a model will be up that is asleep or getting up. Pure."""
    gone_by = max(0.0, now - model.up_since) if model.state == "deploying" and model.up_since else 0.0
    least, most = (model.wake_seconds, model.wake_seconds) if model.wake_seconds else WAKES
    return max(0.0, least - gone_by), max(0.0, most - gone_by)


def woken(model: Model, now: float) -> float:
    """Give a model's average time to get up, in seconds, now that it has got up once more. Pure."""
    if not model.up_since:
        return model.wake_seconds
    took = now - model.up_since
    return model.wake_seconds + SHARE * (took - model.wake_seconds) if model.wake_seconds else took
