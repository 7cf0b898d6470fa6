"""What every modal that trains asks of a recipe: the preset, what others of its kind are, and what to start from."""

from collections.abc import Mapping

from core import presets, words
from core.cards.blocks import Block, context
from core.cards.fields import field as ask
from core.cards.fields import option, radios, select, tick, typed
from core.hyperparameters import has_prior
from core.recipe import Terms

NO_PARENT = "none"
"""Slack's options have no empty value; models' ids have 16 characters."""


def preset(action: str, given: Mapping[str, str]) -> list[Block]:
    """Ask what kind of subject it is, with the reason of what is chosen; the answer is told at once, as `action`."""
    titles, lines = words.recipe.PRESET_TITLES, words.recipe.PRESET_LINES
    offered = [option(titles[name], name, lines[name]) for name in presets.PRESETS]
    chosen = radios(action, offered, given["preset"])
    return [
        ask("preset", words.recipe.PRESET, chosen, dispatch=True),
        context(words.recipe.PRESET_REASONS[given["preset"]]),
    ]


def of_the_class(given: Mapping[str, str], terms: Terms) -> list[Block]:
    """Ask with prior preservation what others of its kind are called, and say where their pictures come from.

    Without it, class photos that were dropped all the same are said to be of no use.
    """
    if not has_prior(given):
        dropped = terms.class_photos
        return [context(words.recipe.class_pictures_unused(dropped))] if dropped else []
    prompt = typed("class_prompt", given["class_prompt"])
    return [
        ask("class_prompt", words.recipe.CLASS_PROMPT, prompt, words.recipe.CLASS_PROMPT_HINT),
        context(words.recipe.class_pictures(terms.class_photos)),
    ]


def on_top_of(given: Mapping[str, str], terms: Terms) -> list[Block]:
    """Offer the models to start from, if there are any."""
    if not terms.parents:
        return []
    itself = option(words.recipe.STABLE_DIFFUSION, NO_PARENT)
    offered = [itself, *(option(label, identity) for identity, label in terms.parents.items())]
    chosen = select("parent", offered, given["parent"] or NO_PARENT)
    return [ask("parent", words.recipe.ON_TOP_OF, chosen), context(words.recipe.ON_TOP_OF_FINDING)]


def licence(*, on: bool) -> list[Block]:
    """Ask whether the model's licence is accepted; `on`: it has been, a moment ago."""
    ticked = tick("licence", option(words.recipe.LICENCE, "yes"), on=on)
    return [ask("licence", words.recipe.LICENCE_LABEL, ticked), context(words.recipe.LICENCE_LINK)]


def without_nobody(given: dict[str, str]) -> dict[str, str]:
    """Give the answers with no parent where Stable Diffusion itself is chosen."""
    return given | ({"parent": ""} if given.get("parent") == NO_PARENT else {})
