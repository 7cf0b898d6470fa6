"""The modal behind **Edit**: all that pictures were painted with, to be changed and asked for anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import actions, parameters, words
from core.cards.blocks import Block, context, modal
from core.cards.fields import field as ask
from core.cards.fields import option, select, typed
from core.cards.which_model import options
from core.editing import filled
from core.imagine_grammar import PROMPT_MOST
from core.records import Generation, Model


@dataclass(frozen=True)
class Edited:
    """What a person submitted: where it is to be painted, by which model, and what was typed, by field."""

    channel: str
    thread_ts: str
    model: str
    typed: dict[str, str]


def edit_modal(generation: Generation, models: Sequence[Model]) -> Block:
    """Draw the modal; submitting it with what stands there paints the same again."""
    stands = filled(generation)
    blocks = [
        ask("prompt", words.answer.PROMPT, typed("prompt", stands["prompt"]) | _SEVERAL_LINES),
        ask("negative", words.answer.NEGATIVE, typed("negative", stands["negative"]), optional=True),
        ask("model", words.answer.MODEL, _models(generation, models)),
        ask("count", words.answer.COUNT, _counts(stands["count"])),
        ask("seed", words.answer.SEED, typed("seed", stands["seed"]), words.answer.SEED_HINT, optional=True),
        ask("steps", words.answer.STEPS, typed("steps", stands["steps"]), words.answer.STEPS_HINT),
        ask("guidance", words.answer.GUIDANCE, typed("guidance", stands["guidance"]), words.answer.GUIDANCE_HINT),
        ask("size", words.answer.SIZE, typed("size", stands["size"]), words.asking.MAY_BE_BLACK),
        *([context(words.answer.cost(generation.seconds, generation.dollars))] if generation.seconds else []),
    ]
    told = json.dumps({"channel": generation.channel, "thread_ts": generation.thread_ts})
    return modal(actions.EDIT_MODAL, words.answer.EDIT_TITLE, words.answer.EDIT_SUBMIT, told, blocks)


_SEVERAL_LINES = {"multiline": True, "max_length": PROMPT_MOST}


def _models(generation: Generation, models: Sequence[Model]) -> Block:
    ordered = sorted(models, key=lambda model: (model.id != generation.model, -model.trained_at))
    return select("model", options(ordered), generation.model, words.answer.MODEL_NEEDED)


def _counts(chosen: str) -> Block:
    offered = [option(words.text.pictures(count), str(count)) for count in range(1, parameters.COUNT_MOST + 1)]
    return select("count", offered, chosen)


def answers(view: Mapping[str, Any]) -> Edited:
    """Read a submitted modal."""
    found = {block: _value(one) for block, each in view["state"]["values"].items() for one in each.values()}
    return Edited(**json.loads(view["private_metadata"]), model=found.pop("model", ""), typed=found)


def _value(element: Mapping[str, Any]) -> str:
    chosen: Mapping[str, Any] | None = element.get("selected_option")
    return str(chosen["value"]) if chosen else str(element.get("value") or "")
