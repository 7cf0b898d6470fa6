"""Asking for pictures: which model is meant, and whether it can paint at once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from core import choose, expecting, may, parameters, words
from core.catalogue import Catalogue
from core.change import Change
from core.choose import Wish
from core.defaults import default_of
from core.expecting import Wait
from core.grammar import GrammarError
from core.imagine_grammar import Imagine
from core.limits import admit
from core.line import enter
from core.names import record_id
from core.pace import CALL_MOST
from core.records import Generation, Model
from core.rules import NO_BOUNDS, Bounds
from core.store import Store

QUESTION_SECONDS = 3_600.0
"""How long the question which model is meant can be answered."""
NAMES_MOST = 30
"""Names listed to whoever asked for one that is not there."""


@dataclass(frozen=True)
class Asked:
    """Where a prompt comes from; `key` names the event, so that its second delivery asks nothing new.

    `noted`: a note stands there for all to see until the pictures come, in place of an answer to the asker alone.
    """

    team: str
    user: str
    channel: str
    thread_ts: str
    key: str
    noted: bool = False


@dataclass(frozen=True)
class Answer:
    """What to tell the asker at once: what to expect of the model that will paint, or those to choose from."""

    generation: Generation
    model: Model | None
    candidates: Sequence[Model]
    expected: Wait | None = None

    @property
    def text(self) -> str:
        """The sentence for the asker."""
        if self.model is None or self.expected is None:
            return words.asking.WHICH_MODEL if self.candidates else words.asking.NO_MODELS
        said = _what_comes(self.generation, self.model, self.expected)
        return " ".join([said, *_warnings(self.generation, self.expected)])


def _what_comes(generation: Generation, model: Model, expected: Wait) -> str:
    asked = (generation.count, model.title, expected.before)
    if model.state == "in_service":
        return words.line.painting(*asked, expected.seconds)
    if model.waits_until > generation.asked_at:
        return words.line.no_machine(*asked, model.waits_until)
    return (words.line.starting_up if model.state == "deploying" else words.line.waking)(*asked, expected.up_in)


def _warnings(generation: Generation, expected: Wait) -> list[str]:
    """Say what may come of the parameters, before anything is painted."""
    warned = {
        words.asking.MAY_BE_BLACK: (generation.width, generation.height) != (parameters.SIDE, parameters.SIDE),
        words.asking.NOT_GUIDED: bool(generation.negative) and generation.guidance <= parameters.GUIDANCE_IGNORED,
        words.line.MAY_TAKE_TOO_LONG: expected.call > CALL_MOST,
    }
    return [said for said, applies in warned.items() if applies]


async def ask(
    store: Store,
    asked: Asked,
    imagine: Imagine,
    now: float,
    catalogue: Catalogue | None = None,
    bounds: Bounds = NO_BOUNDS,
) -> Answer:
    """Write a prompt down for the model that it means, or with no model until the asker has chosen one.

    Raises:
        GrammarError: when the model behind `--model` does not exist for this person, or is gone this very moment; when
            a word of the prompt is not wanted here, or it is one prompt too many.
    """
    catalogue = catalogue or Catalogue(store)
    found = await _meant(store, catalogue, asked, imagine)
    generation = written_down(asked, imagine, now)
    if len(found) == 1:
        change = line_up(generation, found[0], now)
        there = await admit(store, change, generation, bounds, now)
        if not there and not await _is_there(store, generation):
            raise GrammarError(words.asking.model_gone())
        return await answer(store, catalogue, change, generation, found[0], bounds)
    if found:
        await admit(store, Change(asked.team).put(generation), generation, bounds, now, counts=False)
    return Answer(generation, None, found)


async def _is_there(store: Store, generation: Generation) -> bool:
    return await store.get(Generation, generation.team, generation.id) is not None


async def answer(
    store: Store, catalogue: Catalogue, change: Change, generation: Generation, model: Model, bounds: Bounds
) -> Answer:
    """Say what a prompt can expect of the model that it is lined up for by this change, carried out or not."""
    expected = await expecting.read(store, catalogue, change, generation, model, bounds.at_once)
    return Answer(generation, model, [model], expected)


def those_called(name: str, models: Sequence[Model]) -> list[Model]:
    """Give the models that answer to this name.

    Raises:
        GrammarError: when there is none, with the name that was probably meant.
    """
    if not models:
        raise GrammarError(words.asking.NO_MODELS)
    found = choose.called(name, models)
    if not found:
        raise _no_such_model(name, models)
    return found


def _no_such_model(name: str, models: Sequence[Model]) -> GrammarError:
    subjects = sorted({model.title for model in models})
    meant = get_close_matches(name, subjects, 1)
    return GrammarError(words.asking.no_such_model(name, subjects[:NAMES_MOST], meant[0] if meant else ""))


def written_down(asked: Asked, imagine: Imagine, now: float) -> Generation:
    """Give a prompt's record, for which no model is chosen yet; the same each time for the same event."""
    identity = record_id("generation", asked.team, asked.key)
    return Generation(
        team=asked.team,
        id=identity,
        state="parked",
        user=asked.user,
        channel=asked.channel,
        thread_ts=asked.thread_ts,
        prompt=imagine.prompt,
        count=imagine.count,
        seed=seed_of(identity) if imagine.seed is None else imagine.seed,
        steps=imagine.steps,
        guidance=imagine.guidance,
        negative=imagine.negative,
        width=imagine.width,
        height=imagine.height,
        noted=asked.noted,
        asked_at=now,
        due=now + QUESTION_SECONDS,
    )


async def _meant(store: Store, catalogue: Catalogue, asked: Asked, imagine: Imagine) -> list[Model]:
    """Give the models that a wish may mean, of those the asker may use; all are looked at anew before none is named."""
    wish = Wish(imagine.prompt, imagine.model)
    there = usable(await catalogue.models(asked.team), asked)
    found = choose.meant(wish, there)
    if len(found) == 1 and choose.is_named(wish, there):
        return found
    there = usable(await catalogue.fresh(asked.team), asked)
    if wish.given and there and not choose.is_named(wish, there):
        raise _no_such_model(wish.given, there)
    return choose.meant(replace(wish, default=await default_of(store, asked.team, asked.channel)), there)


def usable(models: Iterable[Model], asked: Asked) -> list[Model]:
    """Give the models that may be asked from where this comes from."""
    return [model for model in models if not model.deleted_by and may.may_use(model, asked.user, asked.channel)]


async def choose_model(
    store: Store, generation: Generation, model: Model, now: float, bounds: Bounds = NO_BOUNDS
) -> Answer | None:
    """Take the asker's choice. None: it has been made already, or the model is gone this very moment.

    Raises:
        GrammarError: when the model is not there for the asker, or it is one prompt too many; the question stays.
    """
    change, asked = line_up(generation, model, now), replace(generation, asked_at=now)
    taken = await admit(store, change, generation, bounds, now)
    return await answer(store, Catalogue(store), change, asked, model, bounds) if taken else None


def line_up(generation: Generation, model: Model, now: float) -> Change:
    """Put a prompt into a model's line, which is looked at: to be painted if it is in service, else parked.

    Raises:
        GrammarError: when the model is not there for the asker: it is private, or being deleted.
    """
    may.check_use(model, generation.user, generation.channel)
    ready = model.state == "in_service"
    lined_up = replace(generation.to("queued") if ready else generation, model=model.id, due=now if ready else None)
    change = enter(Change(generation.team).require_there(model).put(lined_up), lined_up, now)
    expecting.look(change, model)
    return change if ready else change.touch(Model, model.id, now)


def seed_of(identity: str) -> int:
    """Draw a seed that the same prompt, delivered again, draws again."""
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=4).digest()) % (parameters.SEED_MOST + 1)
