"""What becomes of pictures once they are shown: painted anew, varied, described, deleted."""

from dataclasses import replace

from core import asking, gallery, words
from core.asking import Answer, Asked
from core.cards.answer import took
from core.catalogue import Catalogue
from core.change import Change
from core.imagine_grammar import Imagine, again, typed, written
from core.limits import admit
from core.line import OVER
from core.may import is_admin
from core.parameters import SEED_MOST
from core.records import Generation, Model
from core.rules import NO_BOUNDS, Bounds
from core.settings import Settings
from core.store import Store

_TRIES = 5
"""How often a press is written down: somebody else may press, or a worker look, this very moment."""


def description(generation: Generation, model: Model, place: int) -> str:
    """Say in a picture's own metadata how it was painted; `place` is its own among the pictures, from 1."""
    command = typed(again(generation, model.title))
    return words.answer.description(command, _painted_with(generation, model), place, generation.count)


def _painted_with(generation: Generation, model: Model | None) -> list[str]:
    """List all that pictures were painted with, the usual as well; the model, unless it is gone."""
    made_of = [words.answer.model(model.title, model.jumpstart_id, model.jumpstart_version)] if model else []
    return [
        *made_of,
        words.answer.seed(generation.seed),
        words.answer.steps(generation.steps),
        words.answer.guidance(generation.guidance),
        words.answer.size(generation.width, generation.height),
    ]


async def standing(store: Store, team: str, identity: str) -> Generation | str:
    """Give pictures that stand in Slack; or the sentence why their buttons do nothing."""
    shown = await store.get(Generation, team, identity)
    if shown is None:
        return words.answer.TOO_OLD
    if shown.state == "deleted":
        return words.answer.DELETED_ALREADY
    return shown if shown.state == "posted" else words.answer.NOT_YET


async def details(store: Store, team: str, identity: str) -> str:
    """Say all that pictures were painted with, to be copied; or why their button does nothing."""
    shown = await standing(store, team, identity)
    if isinstance(shown, str):
        return shown
    model = await store.get(Model, team, shown.model)
    command = written(again(shown, model.title if model else ""))
    return words.answer.details(command, [*_painted_with(shown, model), *took(shown)])


async def paint_again(
    store: Store, pressed: Asked, identity: str, now: float, bounds: Bounds = NO_BOUNDS, *, near: bool = False
) -> Answer | str:
    """Ask for the same with another seed, `near`: with the next one; give what comes, or why nothing does.

    One at a time: the prompt that is asked for is written into the one that it comes from, in the same commit. The key
    of `pressed` names the press, so that its second delivery asks nothing new.

    Raises:
        GrammarError: when this person may not ask for it, or not for any more.
    """
    for _ in range(_TRIES):
        shown = await standing(store, pressed.team, identity)
        if isinstance(shown, str):
            return shown
        place = replace(pressed, channel=shown.channel, thread_ts=shown.thread_ts)
        asked = replace(asking.written_down(place, _wish(shown, near=near), now), noted=False)
        if refusal := await _refusal(store, shown, asked):
            return refusal
        model = await store.get(Model, pressed.team, shown.model)
        if model is None:
            return words.asking.model_gone()
        parent = replace(shown, again=asked.id, varied=shown.varied + near)
        change = asking.line_up(asked, model, now).put(parent)
        if await admit(store, change, asked, bounds, now):
            return await asking.answer(store, Catalogue(store), change, asked, model, bounds)
    return words.answer.MANY_AT_ONCE


def _wish(shown: Generation, *, near: bool) -> Imagine:
    seed = (shown.seed + shown.varied + 1) % (SEED_MOST + 1) if near else None
    return replace(again(shown, ""), seed=seed)


async def _refusal(store: Store, shown: Generation, asked: Generation) -> str:
    """Say why a prompt that was made of another is not asked for; empty when it can be."""
    known = await store.get_all(Generation, shown.team, list(filter(None, (asked.id, shown.again))))
    if any(one.id == asked.id for one in known):
        return words.answer.PRESSED_TWICE
    return next((words.answer.painting_already(one.user) for one in known if one.state not in OVER), "")


async def delete(store: Store, told: Settings, pressed: Asked, identity: str, now: float) -> str:
    """Have pictures deleted for their asker or an admin; give a sentence for who pressed when they are not."""
    for _ in range(_TRIES):
        shown = await standing(store, pressed.team, identity)
        if isinstance(shown, str):
            return shown
        if not (is_admin(told, pressed.user) or pressed.user == await _asker(store, shown)):
            return words.answer.only_asker_deletes(shown.user)
        change = Change(shown.team).put(shown.to("deleted", due=now))
        if await store.commit(gallery.take_down(change, shown)):
            return ""
    return words.answer.MANY_AT_ONCE


async def _asker(store: Store, shown: Generation) -> str:
    """Give who asked for pictures; for a sample that nobody asked for, who taught its model."""
    if shown.user:
        return shown.user
    model = await store.get(Model, shown.team, shown.model)
    return model.owner if model else ""
