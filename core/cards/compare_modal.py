"""The modal behind Compare steps: what it will cost, before anything else; recipe, step counts, licence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import actions, presets, recipe, words
from core.cards import recipe_fields
from core.cards.answered import stated
from core.cards.blocks import Block, context, modal, section
from core.cards.fields import field as ask
from core.cards.fields import typed
from core.records import Run


@dataclass(frozen=True)
class Asks:
    """What the modal is drawn from, beside the run.

    `cost` is the sentence about these steps of this recipe; `given` holds the answers so far, by field, none at the
    beginning. With `changed`, the price is said once more near the end: somebody who has just pressed Start looks
    there.
    """

    terms: recipe.Terms
    steps: Sequence[int]
    cost: str
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    changed: bool = False


@dataclass(frozen=True)
class Answers:
    """What stands in the modal: the step counts as they were typed, and all of it by field.

    The price was shown for the steps `priced` of the preset `shown`.
    """

    run: str
    priced: tuple[int, ...]
    shown: str
    steps: str
    given: Mapping[str, str]

    @property
    def licence(self) -> bool:
        """The licence is accepted."""
        return bool(self.given.get("licence"))

    def has_price_of(self, steps: Sequence[int]) -> bool:
        """Tell whether the price that was shown is that of these steps; what to start from does not change it."""
        return self.given["preset"] == self.shown and tuple(steps) == self.priced


def compare_modal(run: Run, asks: Asks) -> Block:
    """Draw the modal; submitting it with what stands there and the licence ticked is a good comparison."""
    given = recipe.filled(run, asks.given, asks.terms)
    counts = typed("steps", words.comparing.listed(asks.steps))
    blocks = [
        section(asks.cost),
        context(words.comparing.WHAT_IT_DOES),
        *recipe_fields.preset(actions.COMPARE_PRESET, given),
        *recipe_fields.of_the_class(given, asks.terms),
        ask("steps", words.comparing.STEPS_LABEL, counts, words.comparing.STEPS_HINT),
        *recipe_fields.on_top_of(given, asks.terms),
        *([section(words.comparing.price_changed(asks.cost))] if asks.changed else []),
        *recipe_fields.licence(on=bool(given["licence"])),
    ]
    told = json.dumps({"run": run.id, "steps": list(asks.steps), "preset": given["preset"]})
    return modal(actions.COMPARE_MODAL, words.comparing.MODAL_TITLE, words.comparing.START, told, blocks)


def answers(view: Mapping[str, Any]) -> Answers:
    """Read what stands in the modal."""
    told = json.loads(view["private_metadata"])
    shown = told.get("preset", presets.THING)
    given = recipe_fields.without_nobody({"preset": shown} | stated(view))
    return Answers(run=told["run"], priced=tuple(told["steps"]), shown=shown, steps=given.pop("steps", ""), given=given)
