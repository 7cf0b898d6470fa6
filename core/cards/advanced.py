"""The advanced part of the modal behind Train: every hyperparameter by JumpStart's own name, machine, spot."""

from collections.abc import Mapping

from core import actions, prices, words
from core.cards.blocks import Block
from core.cards.fields import field, option, select, tick, typed
from core.hyperparameters import RULES, has_prior
from core.presets import THING
from core.recipe import Terms

OUTSIDE = ("max_steps", "learning_rate")
"""Hyperparameters that everybody is asked for."""
HYPERPARAMETERS = tuple(name for name in RULES if name not in OUTSIDE)
FIELDS = (*HYPERPARAMETERS, "instance", "spot")
OF_THE_PRESET = ("max_steps", "with_prior_preservation")


def block_id(name: str, given: Mapping[str, str]) -> str:
    """Name a field's block, by which answers come back and faults are shown.

    Slack keeps what stands in a block as long as its id stays. A field that a preset or prior preservation refills
    has therefore an id for each of them: `max_steps`, `max_steps.face`; `instance`, `instance.prior`.
    """
    if name in OF_THE_PRESET and given["preset"] != THING:
        return f"{name}.{given['preset']}"
    return "instance.prior" if name == "instance" and has_prior(given) else name


def advanced(given: Mapping[str, str], terms: Terms) -> list[Block]:
    """Draw the fields, with what is given in them."""
    return [*(hyperparameter(name, given) for name in HYPERPARAMETERS), _instance(given, terms), _spot(given)]


def hyperparameter(name: str, given: Mapping[str, str], label: str = "") -> Block:
    """Draw the field of a hyperparameter."""
    rule, value = RULES[name], given[name]
    choices = [option(choice, choice) for choice in rule.choices]
    return field(
        block_id(name, given),
        label or name,
        select(name, choices, value) if choices else typed(name, value),
        words.recipe.HINTS[name],
        optional=rule.may_be_empty,
        dispatch=name in {actions.TRAIN_PRIOR, actions.TRAIN_STEPS},
    )


def _instance(given: Mapping[str, str], terms: Terms) -> Block:
    options = [option(words.recipe.machine(name, prices.an_hour(name, terms.outlook)), name) for name in terms.offered]
    asked = select(actions.TRAIN_INSTANCE, options, given["instance"])
    return field(block_id("instance", given), words.recipe.INSTANCE, asked, words.recipe.INSTANCE_HINT, dispatch=True)


def _spot(given: Mapping[str, str]) -> Block:
    taken = option(words.recipe.SPOT_TICK, "yes", words.recipe.SPOT_LINE)
    ticked = tick(actions.TRAIN_SPOT, taken, on=bool(given["spot"]))
    return field("spot", words.recipe.SPOT, ticked, optional=True, dispatch=True)
