"""The modal behind Train: preset, prompts, steps, what to start from, and behind a button all the rest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core import actions, presets, recipe, words
from core.cards import advanced, recipe_fields
from core.cards.answered import block_ids, stated
from core.cards.blocks import Block, button, context, modal, section
from core.cards.blocks import actions as row
from core.cards.fields import field as ask
from core.cards.fields import typed
from core.hyperparameters import has_prior
from core.records import Run

KEPT_MOST = 2_500
"""Characters of answers that are kept while their fields are hidden; Slack carries 3,000 with a view."""


@dataclass(frozen=True)
class Asks:
    """What the modal is drawn from, beside the run.

    `cost` is the sentence with the estimate, `dollars` the amount in it; `given` holds the answers so far, by field,
    none at the beginning; `note` is a sentence under the button that shows and hides the advanced fields. With
    `changed`, the price is said once more near the end: somebody who has just pressed Start looks there.
    """

    terms: recipe.Terms
    cost: str
    advanced: bool = False
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    note: str = ""
    dollars: float | None = None
    changed: bool = False


@dataclass(frozen=True)
class Drawn:
    """What a view says of itself: how it was drawn, the price it shows, and the answers whose fields it does not."""

    run: str
    preset: str
    prior: bool
    advanced: bool
    kept: dict[str, str]
    dollars: float | None = None


def train_modal(run: Run, asks: Asks) -> Block:
    """Draw the modal; submitting it with what stands there and the licence ticked is a good training."""
    given = recipe.filled(run, asks.given, asks.terms)
    blocks = [
        context(words.recipe.set_and_cost(asks.terms.photos, asks.cost)),
        *_basics(given, asks.terms),
        row(_switch(run, shown=asks.advanced)),
        *([context(asks.note)] if asks.note else []),
        *(advanced.advanced(given, asks.terms) if asks.advanced else []),
        *recipe_fields.on_top_of(given, asks.terms),
        *([section(words.recipe.price_changed(asks.cost))] if asks.changed else []),
        *recipe_fields.licence(on=bool(given["licence"])),
    ]
    metadata = {
        "run": run.id,
        "preset": given["preset"],
        "prior": has_prior(given),
        "advanced": asks.advanced,
        "kept": _kept(run, asks, blocks),
        "dollars": asks.dollars and round(asks.dollars, 2),
    }
    title, told = words.recipe.title(run.subject), json.dumps(metadata, ensure_ascii=False)
    return modal(actions.TRAIN_MODAL, title, words.recipe.SUBMIT, told, blocks)


def _basics(given: Mapping[str, str], terms: recipe.Terms) -> list[Block]:
    prompt = typed("instance_prompt", given["instance_prompt"])
    return [
        *recipe_fields.preset(actions.TRAIN_PRESET, given),
        ask("instance_prompt", words.recipe.INSTANCE_PROMPT, prompt, words.recipe.INSTANCE_PROMPT_HINT),
        *recipe_fields.of_the_class(given, terms),
        advanced.hyperparameter("max_steps", given, words.recipe.STEPS),
        advanced.hyperparameter("learning_rate", given, words.recipe.LEARNING_RATE),
    ]


def _switch(run: Run, *, shown: bool) -> Block:
    label = words.recipe.ADVANCED_HIDE if shown else words.recipe.ADVANCED
    return button(label, actions.TRAIN_ADVANCED, run.id)


def _kept(run: Run, asks: Asks, blocks: list[Block]) -> dict[str, str]:
    """Give the answers whose fields are not shown, as far as they differ from what stood there by itself."""
    shown = block_ids({"blocks": blocks})
    usual = recipe.filled(run, {"preset": asks.given.get("preset", run.preset)}, asks.terms)
    kept = {
        name: value
        for name, value in asks.given.items()
        if name not in shown and name != "licence" and value != usual.get(name)
    }
    while len(json.dumps(kept, ensure_ascii=False)) > KEPT_MOST:
        del kept[max(kept, key=lambda name: len(kept[name]))]
    return kept


def drawn(view: Mapping[str, Any]) -> Drawn:
    """Read how a view was drawn."""
    return Drawn(**json.loads(view["private_metadata"]))


def answers(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what stands in a view, or is kept for it: field → text; what is not ticked is empty, or left out."""
    told = drawn(view)
    return recipe_fields.without_nobody(told.kept | {"preset": told.preset} | stated(view))


def carried(view: Mapping[str, Any]) -> dict[str, str]:
    """Give the answers that a new drawing begins with: without those that a change of preset or of prior refills."""
    told, given = drawn(view), answers(view)
    if given["preset"] != told.preset:
        return {name: text for name, text in given.items() if name not in presets.FIELDS}
    if _prior(given) != told.prior:
        given.pop("instance", None)
    return given


def is_behind(view: Mapping[str, Any]) -> bool:
    """Tell whether a view shows the fields of another preset than is chosen in it, or none for the class prompt."""
    told, given = drawn(view), answers(view)
    return given["preset"] != told.preset or _prior(given) != told.prior


def _prior(given: Mapping[str, str]) -> bool:
    return has_prior(presets.hyperparameters(given["preset"], 0) | dict(given))


def stays_open(run: Run, given: Mapping[str, str], terms: recipe.Terms) -> str:
    """Say which answers are at fault in the advanced fields, where they would be hidden; empty when none is."""
    found, usual = recipe.read(run, given, terms), recipe.filled(run, {"preset": given["preset"]}, terms)
    if isinstance(found, recipe.Choice):
        return ""
    wrong = [name for name in advanced.FIELDS if name in found and given.get(name) != usual[name]]
    return words.recipe.advanced_stays_open([words.recipe.hidden(name, found[name]) for name in wrong]) if wrong else ""
