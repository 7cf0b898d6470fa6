"""The limits of a team: shown to everybody, with a button for those who can change them."""

from collections.abc import Mapping, Sequence

from core import actions, words
from core.cards.blocks import Block, button, context, section
from core.cards.blocks import actions as row
from core.records import Rules
from core.rules import Bounds


def limits_card(most: Mapping[str, int], rules: Rules | None, bounds: Bounds, *, changes: bool) -> list[Block]:
    """Draw them; `most` by name, `changes`: for somebody who can change them."""
    told = "\n".join(words.limits.line(name, most[name]) for name in most)
    return [
        section(told),
        context(" ".join(_small_print(rules, bounds.admins))),
        *([row(button(words.limits.CHANGE, actions.LIMITS, "limits"))] if changes else []),
    ]


def _small_print(rules: Rules | None, admins: Sequence[str]) -> list[str]:
    changed = [words.limits.changed(rules.changed_by, rules.changed_at)] if rules else []
    return [words.limits.WHAT_COUNTS, words.limits.who_can_change(admins), *changed]
