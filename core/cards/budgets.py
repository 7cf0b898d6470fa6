"""Budgets as people see them: how they stand, and that one is used up."""

import re
from collections.abc import Sequence

from core import actions, words
from core.cards.blocks import Block, button, context, section
from core.cards.blocks import actions as row
from core.holds import Level


def used_up(level: Level, month: str, key: str) -> tuple[str, list[Block]]:
    """Tell the admins that a budget is used up, with a button for more; `key`: what is answered by it."""
    text = words.budgets.used_up(level.scope, level.most, level.used)
    value = f"{month}|{level.more:g}|{level.scope}|{key}"
    approve = button(words.budgets.approve(level.more), actions.APPROVE_BUDGET, value, "primary")
    return text, [section(text), row(approve)]


def read_approval(value: str) -> tuple[str, float, str, str] | None:
    """Read the button's value: month, dollars, scope, key; None: it is not one of ours."""
    found = re.fullmatch(r"(\d{4}-\d\d)\|([0-9.]+)\|([^|]+)\|(.+)", value)
    return (found[1], float(found[2]), found[3], found[4]) if found else None


def budgets_card(levels: Sequence[Level], *, changes: bool) -> list[Block]:
    """Draw how budgets stand; `changes`: for somebody who can change them."""
    told = "\n".join(words.budgets.level(level.scope, level.most, level.used) for level in levels)
    return [
        section(told or words.budgets.NONE),
        *([context(words.budgets.HOW)] if levels else []),
        *([row(button(words.budgets.CHANGE, actions.BUDGETS, "budgets"))] if changes else []),
    ]
