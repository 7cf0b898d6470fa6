"""The modal in which an admin sets the team's budgets."""

import re
from collections.abc import Mapping
from typing import Any

from core import actions, words
from core.cards.answered import View, stated
from core.cards.blocks import Block, context, modal
from core.cards.fields import channels, field, option, people, radios, typed
from core.readers import amount
from core.records import Rules
from core.rules import Bounds

Faults = dict[str, str]
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
"""An amount whose thousands stand apart; any other comma may be somebody's decimal point, and is asked about."""
KINDS = ("workspace", "channel", "person")
AT_BUDGET = "at_budget"
_OWN = {"channel": "channels", "person": "people"}
"""The field in which those are chosen that have another budget than the others of their kind."""


def budgets_modal(rules: Rules, bounds: Bounds) -> Block:
    """Draw the modal with what holds now."""
    chosen = rules.at_budget or bounds.at_budget
    options = [option(text, name) for name, text in words.budgets.AT_BUDGETS.items()]
    blocks = [
        context(words.budgets.HOW),
        *(_amount(kind, words.budgets.LABELS[kind], rules.budgets, bounds.budgets.get(kind, 0.0)) for kind in KINDS),
        field("channels", words.budgets.CHANNELS, channels("channels", _of(rules, "channel")), optional=True),
        _own_amount("channel", words.budgets.CHANNELS_DOLLARS, rules),
        field("people", words.budgets.PEOPLE, people("people", _of(rules, "person")), optional=True),
        _own_amount("person", words.budgets.PEOPLE_DOLLARS, rules),
        field(AT_BUDGET, words.budgets.AT_BUDGET, radios(AT_BUDGET, options, chosen)),
    ]
    return modal(actions.BUDGETS_MODAL, words.budgets.TITLE, words.budgets.SUBMIT, "", blocks)


def _amount(name: str, label: str, given: Mapping[str, float], told: float) -> Block:
    value = f"{given[name]:g}" if name in given else ""
    return field(name, label, typed("value", value), words.budgets.hint(told), optional=True)


def _own_amount(kind: str, label: str, rules: Rules) -> Block:
    own = [dollars for scope, dollars in rules.budgets.items() if scope.startswith(f"{kind}:")]
    return field(f"own_{kind}", label, typed("value", f"{own[0]:g}" if own else ""), optional=True)


def _of(rules: Rules, kind: str) -> list[str]:
    return [scope.partition(":")[2] for scope in rules.budgets if scope.startswith(f"{kind}:")]


def answers(view: View) -> tuple[dict[str, float], str, Faults]:
    """Read what an admin submitted: budgets by scope, what is done when one is used up, and what is wrong."""
    given, faults = stated(view), Faults()
    found = {name: _read(name, given[name], faults) for name in KINDS if given.get(name)}
    for kind in _OWN:
        chosen = _chosen(view, kind)
        if chosen and not given.get(f"own_{kind}"):
            faults[f"own_{kind}"] = words.budgets.NEEDS_DOLLARS
        elif chosen:
            dollars = _read(f"own_{kind}", given[f"own_{kind}"], faults)
            found |= {f"{kind}:{identity}": dollars for identity in chosen}
    return found, given.get(AT_BUDGET, ""), faults


def _chosen(view: View, kind: str) -> list[str]:
    state: Mapping[str, Any] = view["state"]["values"][_OWN[kind]][_OWN[kind]]
    return state.get("selected_conversations") or state.get("selected_users") or []


def _read(name: str, text: str, faults: Faults) -> float:
    plain = text.replace(" ", "").lstrip("$")
    try:
        return amount(plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain)
    except ValueError as fault:
        faults[name] = words.limits.must_be(str(fault))
        return 0.0
