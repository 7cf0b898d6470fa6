"""The fields of **Edit**: read by the readers that the flags of `/imagine` have, each fault by its field."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core import asking, imagine_grammar, outbox, words
from core.asking import Asked
from core.cards.asked import asked as asked_card
from core.catalogue import Catalogue
from core.flags import FLAGS
from core.grammar import GrammarError, plain
from core.imagine_grammar import Imagine
from core.limits import admit
from core.may import MayNotError
from core.records import Generation, Model
from core.rules import NO_BOUNDS, Bounds
from core.store import Store

Faults = dict[str, str]
"""A sentence for each field that is at fault, by the field's name."""
Reader = Callable[[str], dict[str, Any]]


def _prompt(typed: str) -> dict[str, Any]:
    if not plain(typed):
        raise GrammarError(words.answer.PROMPT_NEEDED)
    wish = imagine_grammar.read(typed)
    if wish != Imagine(wish.prompt):
        raise GrammarError(words.answer.NO_FLAGS_HERE)
    return {"prompt": wish.prompt}


def _negative(typed: str) -> dict[str, Any]:
    left_out = imagine_grammar.unquoted(plain(typed).replace("`", "'"))
    imagine_grammar.check_length(left_out)
    return FLAGS["no"].read(left_out) if left_out else {}


def _seed(typed: str) -> dict[str, Any]:
    return _numbers("seed")(typed) if typed.strip() else {}


def _numbers(flag: str) -> Reader:
    return lambda typed: FLAGS[flag].read(plain(typed).replace(" ", ""))


READERS: Mapping[str, Reader] = {
    "prompt": _prompt,
    "negative": _negative,
    "count": _numbers("n"),
    "seed": _seed,
    "steps": _numbers("steps"),
    "guidance": _numbers("cfg"),
    "size": _numbers("size"),
}


def read(answers: Mapping[str, str]) -> Imagine | Faults:
    """Read what was typed, by field: a wish, or what is wrong with it, all at once."""
    values, faults = dict[str, Any](), Faults()
    for field, reader in READERS.items():
        try:
            values |= reader(answers.get(field, ""))
        except GrammarError as fault:
            faults[field] = words.text.unmarked(str(fault))
    return faults or Imagine(**values)


async def ask(store: Store, asked: Asked, imagine: Imagine, model: str, now: float, bounds: Bounds = NO_BOUNDS) -> None:
    """Ask a model for this, once for each event, and tell the asker what happens next.

    Raises:
        MayNotError: when the model is not there for this person.
        GrammarError: when a word of the prompt is not wanted here, or it is one prompt too many.
    """
    found = await store.get(Model, asked.team, model)
    if found is None:
        raise MayNotError(words.asking.model_gone())
    generation = replace(asking.written_down(asked, imagine, now), noted=False)
    change = asking.line_up(generation, found, now)
    expected = await asking.answer(store, Catalogue(store), change, generation, found, bounds)
    text, blocks = asked_card(expected)
    change.once(outbox.ephemeral(asked, f"asked:{generation.id}", text, now, blocks))
    there = await admit(store, change, generation, bounds, now)
    if not there and await store.get(Generation, asked.team, generation.id) is None:
        raise MayNotError(words.asking.model_gone())


def filled(generation: Generation) -> dict[str, str]:
    """Give what stands in the fields at first, by field."""
    return {
        "prompt": generation.prompt,
        "negative": generation.negative,
        "count": str(generation.count),
        "seed": str(generation.seed),
        "steps": str(generation.steps),
        "guidance": f"{generation.guidance:g}",
        "size": f"{generation.width}x{generation.height}",
    }
