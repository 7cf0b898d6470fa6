"""Asking for pictures: which model is meant, and whether it can paint at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import choose, words
from core.catalogue import Catalogue
from core.change import Change
from core.grammar import SEED_MOST, Imagine
from core.names import record_id
from core.records import Generation, Model
from core.store import Store

OVER = frozenset({"posted", "failed", "cancelled"})
"""States of a prompt with which nothing more happens."""
QUESTION_SECONDS = 3_600.0
"""How long the question which model is meant can be answered."""

_ANSWERS = {"in_service": words.asking.painting, "deploying": words.asking.starting_up}


@dataclass(frozen=True)
class Asked:
    """Where a prompt comes from; `key` names the event, so that its second delivery asks nothing new."""

    team: str
    user: str
    channel: str
    thread_ts: str
    key: str


@dataclass(frozen=True)
class Answer:
    """What to tell the asker at once: a model that will paint, or those there are to choose from."""

    generation: Generation
    model: Model | None
    candidates: Sequence[Model]

    @property
    def text(self) -> str:
        """The sentence for the asker."""
        if self.model is None:
            return words.asking.WHICH_MODEL if self.candidates else words.asking.NO_MODELS
        return _ANSWERS.get(self.model.state, words.asking.waking)(self.generation.count, self.model.subject)


async def ask(store: Store, asked: Asked, imagine: Imagine, now: float, catalogue: Catalogue | None = None) -> Answer:
    """Write a prompt down for the model that it names, or with no model until the asker has chosen one."""
    named, models = await _meant(catalogue or Catalogue(store), asked.team, imagine.prompt)
    identity = record_id("generation", asked.team, asked.key)
    generation = Generation(
        team=asked.team,
        id=identity,
        state="parked",
        user=asked.user,
        channel=asked.channel,
        thread_ts=asked.thread_ts,
        prompt=imagine.prompt,
        count=imagine.count,
        seed=seed_of(identity) if imagine.seed is None else imagine.seed,
        noted=bool(asked.thread_ts),
        due=now + QUESTION_SECONDS,
    )
    if len(named) == 1:
        await store.commit(line_up(generation, named[0], now))
        return Answer(generation, named[0], named)
    if models:
        await store.commit(Change(asked.team).put(generation))
    return Answer(generation, None, sorted(named or models, key=lambda model: -model.trained_at))


async def _meant(catalogue: Catalogue, team: str, prompt: str) -> tuple[list[Model], list[Model]]:
    """Give the models that a prompt names, and all there are; looked at anew before none is said to be named."""
    models = await catalogue.models(team)
    named = choose.named(prompt, models)
    if not named:
        models = await catalogue.fresh(team)
        named = choose.named(prompt, models)
    return named, models


async def choose_model(store: Store, generation: Generation, model: Model, now: float) -> bool:
    """Take the asker's choice. False: it has been made already."""
    return await store.commit(line_up(generation, model, now))


def line_up(generation: Generation, model: Model, now: float) -> Change:
    """Put a prompt into a model's line: to be painted if it is in service, else parked while it is woken."""
    ready = model.state == "in_service"
    lined_up = replace(generation.to("queued") if ready else generation, model=model.id, due=now if ready else None)
    change = Change(generation.team).put(lined_up).index(line_of(model.id), generation.id, now)
    return change if ready else change.touch(Model, model.id, now)


def line_of(model: str) -> str:
    """Name the index of the prompts that a model has not finished."""
    return f"line:{model}"


def seed_of(identity: str) -> int:
    """Draw a seed that the same prompt, delivered again, draws again."""
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=4).digest()) % (SEED_MOST + 1)
