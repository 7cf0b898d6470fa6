"""JumpStart's hyperparameters of the model: names, ranges and defaults, and how JumpStart writes their values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core import words

Kind = Literal["whole", "number", "switch", "choice"]

_DIGITS = re.compile(r"[0-9]{1,10}")
_NUMBER = re.compile(r"(?=\.?[0-9])[0-9]{0,20}(?:\.[0-9]{0,20})?(?:[eE][+-]?[0-9]{1,3})?")
"""No sign: none of them may be below zero."""

NOTHING = "None"
"""How JumpStart writes that a value is left to others."""
TRUE, FALSE = "True", "False"


@dataclass(frozen=True)
class Rule:
    """What a hyperparameter may be. `default` is JumpStart's, as it writes it."""

    kind: Kind
    default: str
    least: float = 0
    most: float = 0
    below: bool = False
    """True when `most` itself is too much."""
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False

    @property
    def bounds(self) -> str:
        """Give the range as a phrase for a sentence."""
        end = f"below {_short(self.most)}" if self.below else f"to {_short(self.most)}"
        return f"from {_short(self.least)} {end}"

    def holds(self, value: float) -> bool:
        """Tell whether a number is in the range; not-a-number is in none."""
        return self.least <= value <= self.most and not (self.below and value == self.most)


def _switch(default: str) -> Rule:
    return Rule("switch", default, choices=(TRUE, FALSE))


SCHEDULERS = ("constant", "constant_with_warmup", "cosine", "cosine_with_restarts", "linear", "polynomial")

RULES: Mapping[str, Rule] = {
    "epochs": Rule("whole", "20", 1, 1_000),
    "max_steps": Rule("whole", NOTHING, 1, 5_000, may_be_empty=True),
    "batch_size": Rule("whole", "1", 1, 64),
    "gradient_accumulation_steps": Rule("whole", "1", 1, 64),
    "with_prior_preservation": _switch(FALSE),
    "num_class_images": Rule("whole", "100", 1, 1_000),
    "prior_loss_weight": Rule("number", "1.0", 1e-16, 100),
    "learning_rate": Rule("number", "2e-06", 1e-16, 1),
    "lr_scheduler": Rule("choice", "constant", choices=SCHEDULERS),
    "center_crop": _switch(FALSE),
    "adam_beta1": Rule("number", "0.9", 0, 1, below=True),
    "adam_beta2": Rule("number", "0.999", 0, 1, below=True),
    "adam_weight_decay": Rule("number", "0.01", 0, 1),
    "adam_epsilon": Rule("number", "1e-08", 1e-16, 0.1),
    "max_grad_norm": Rule("number", "1.0", 1e-16, 1_000),
    "seed": Rule("whole", "0", 0, 2**32 - 1),
}
"""The ranges are JumpStart's, narrowed where training would break, learn nothing, or cost without end: an epsilon or a
largest norm of 0, a beta of 1, and upper ends where JumpStart has none (words/recipe.py gives each reason)."""

SENT_AS_IT_IS: Mapping[str, str] = {"compute_fid": FALSE}
"""What JumpStart's own jobs send too. FID compares thousands of pictures; over a set of 20 it says nothing."""

DEFAULTS: Mapping[str, str] = {name: rule.default for name, rule in RULES.items()} | SENT_AS_IT_IS


def has_prior(told: Mapping[str, str]) -> bool:
    """Tell whether a training keeps pictures of the class beside the subject's (prior preservation)."""
    return told.get("with_prior_preservation", DEFAULTS["with_prior_preservation"]) == TRUE


def fault(name: str, text: str) -> str:
    """Say what is wrong with a value as it was typed; empty when it can be sent."""
    rule = RULES[name]
    if rule.may_be_empty and text in {"", NOTHING}:
        return ""
    if not text.strip():
        return words.training.FIELD_EMPTY
    if rule.choices:
        return "" if text in rule.choices else words.recipe.one_of(name, rule.choices)
    pattern = _DIGITS if rule.kind == "whole" else _NUMBER
    return "" if pattern.fullmatch(text) and rule.holds(float(text)) else _range_fault(name, rule)


def written(name: str, text: str) -> str:
    """Write a value as JumpStart does: 2e-06, True, None. Only for values without fault."""
    rule = RULES[name]
    if rule.may_be_empty and text in {"", NOTHING}:
        return NOTHING
    if rule.kind == "whole":
        return str(int(text))
    return str(float(text)) if rule.kind == "number" else text


def _range_fault(name: str, rule: Rule) -> str:
    if rule.may_be_empty:
        return words.recipe.whole_or_nothing(name, rule.bounds)
    kind = "whole number" if rule.kind == "whole" else "number"
    return words.recipe.number_range(name, kind, rule.bounds, rule.default)


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"
