"""The modal behind Compare steps: what it will cost, before anything else; the step counts; the licence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import actions, words
from core.cards.blocks import Block, context, modal, section
from core.cards.fields import field as ask
from core.cards.fields import option, tick, typed
from core.records import Run


@dataclass(frozen=True)
class Answers:
    """What a person submitted: the step counts as they were typed, and those that the price was shown for."""

    run: str
    priced: tuple[int, ...]
    steps: str
    licence: bool


def compare_modal(run: Run, steps: Sequence[int], cost: str, *, licence: bool = False, note: str = "") -> Block:
    """Draw the modal; `cost` is the sentence about these steps, `note` why it is shown again."""
    blocks = [
        section(cost),
        *([section(note)] if note else []),
        context(words.comparing.WHAT_IT_DOES),
        ask(
            "steps",
            words.comparing.STEPS_LABEL,
            typed("steps", words.comparing.listed(steps)),
            words.comparing.STEPS_HINT,
        ),
        ask("licence", words.recipe.LICENCE_LABEL, tick("licence", option(words.recipe.LICENCE, "yes"), on=licence)),
        context(words.recipe.LICENCE_LINK),
    ]
    told = json.dumps({"run": run.id, "steps": list(steps)})
    return modal(actions.COMPARE_MODAL, words.comparing.MODAL_TITLE, words.comparing.START, told, blocks)


def answers(view: Mapping[str, Any]) -> Answers:
    """Read a submitted modal."""
    told, values = json.loads(view["private_metadata"]), view["state"]["values"]
    return Answers(
        run=told["run"],
        priced=tuple(told["steps"]),
        steps=str(values["steps"]["steps"].get("value") or ""),
        licence=bool(values["licence"]["licence"].get("selected_options")),
    )
