"""The modal in which an admin changes the team's limits."""

from collections.abc import Mapping

from core import actions, words
from core.cards.answered import View, stated
from core.cards.blocks import Block, context, modal, notice
from core.cards.fields import field, typed
from core.readers import limit
from core.settings import LIMITS

Faults = dict[str, str]
"""A sentence for each field that is at fault, by the field's name."""


def limits_modal(changed: Mapping[str, int], told: Mapping[str, int]) -> Block:
    """Draw the modal; `changed` are the team's own limits, `told` those of the settings."""
    fields = [
        field(
            name,
            words.limits.LABELS[name],
            typed("value", str(changed[name]) if name in changed else ""),
            words.limits.hint(told[name]),
            optional=True,
        )
        for name in LIMITS
    ]
    blocks = [context(words.limits.WHAT_COUNTS), *fields]
    return modal(actions.LIMITS_MODAL, words.limits.TITLE, words.limits.SUBMIT, "", blocks)


def shown_only(blocks: list[Block]) -> Block:
    """Draw a modal that says how things are, with nothing to fill in."""
    return notice(words.limits.TITLE, words.limits.CLOSE, blocks)


def answers(view: View) -> tuple[dict[str, int], Faults]:
    """Read what an admin submitted: the team's own limits by name, and what is wrong."""
    found, faults = dict[str, int](), Faults()
    for name, text in stated(view).items():
        try:
            found |= {name: limit(text.replace(",", "").replace(" ", ""))} if text else {}
        except ValueError as fault:
            faults[name] = words.limits.must_be(str(fault))
    return found, faults
