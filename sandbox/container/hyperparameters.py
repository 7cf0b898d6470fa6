"""The hyperparameters of JumpStart's txt2img script: names, defaults, and what it accepts.

SageMaker passes every value as a string; the SDK also JSON-quotes it. Both forms are read.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import ceil, isfinite

from sandbox.container.refusal import Refusal


class HyperparameterError(Refusal):
    """A value that the training script refuses, with the reason as its text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a hyperparameter may be: `read` gives its value or raises ValueError; `must` says it in words."""

    default: str
    must: str
    read: Callable[[str], object]


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _count_or_none(text: str) -> int | None:
    return None if text == "None" else _count(text)


def _seed(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not (isfinite(value) and value > 0):
        raise ValueError(text)
    return value


def _not_negative(text: str) -> float:
    value = float(text)
    if not (isfinite(value) and value >= 0):
        raise ValueError(text)
    return value


def _share(text: str) -> float:
    value = _not_negative(text)
    if value > 1:
        raise ValueError(text)
    return value


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


_SCHEDULERS = ("linear", "cosine", "cosine_with_restarts", "polynomial", "constant", "constant_with_warmup")
_COUNT, _POSITIVE, _NOT_NEGATIVE = "a whole number above 0", "a number above 0", "a number of 0 or more"
_SHARE, _TRUTH = "a number from 0 to 1", "True or False"


def _truth(text: str) -> bool:
    return _one_of("True", "False")(text) == "True"


RULES: Mapping[str, Rule] = {
    "epochs": Rule("20", _COUNT, _count),
    "max_steps": Rule("None", f"{_COUNT} or None", _count_or_none),
    "batch_size": Rule("1", _COUNT, _count),
    "with_prior_preservation": Rule("False", _TRUTH, _truth),
    "num_class_images": Rule("100", _COUNT, _count),
    "learning_rate": Rule("2e-06", _POSITIVE, _positive),
    "prior_loss_weight": Rule("1.0", _POSITIVE, _positive),
    "center_crop": Rule("False", _TRUTH, _truth),
    "lr_scheduler": Rule("constant", "one of " + ", ".join(_SCHEDULERS), _one_of(*_SCHEDULERS)),
    "adam_weight_decay": Rule("0.01", _NOT_NEGATIVE, _not_negative),
    "adam_beta1": Rule("0.9", _SHARE, _share),
    "adam_beta2": Rule("0.999", _SHARE, _share),
    "adam_epsilon": Rule("1e-08", _NOT_NEGATIVE, _not_negative),
    "gradient_accumulation_steps": Rule("1", _COUNT, _count),
    "max_grad_norm": Rule("1.0", _NOT_NEGATIVE, _not_negative),
    "seed": Rule("0", "a whole number of 0 or more", _seed),
    "compute_fid": Rule("False", _TRUTH, _truth),
}
"""Ranges are those of the model's published spec and of AWS's article about it."""


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """The ones that the painter acts on. The others are checked and then have no effect."""

    epochs: int
    max_steps: int | None
    batch_size: int
    gradient_accumulation_steps: int
    learning_rate: float
    seed: int
    with_prior_preservation: bool
    num_class_images: int
    prior_loss_weight: float
    center_crop: bool
    lr_scheduler: str
    adam_beta1: float
    adam_beta2: float
    adam_epsilon: float
    adam_weight_decay: float

    def steps(self, photos: int) -> int:
        """Give the number of steps: `max_steps`, or else what the epochs come to."""
        if self.max_steps is not None:
            return self.max_steps
        batches = ceil(photos / self.batch_size)
        return self.epochs * ceil(batches / self.gradient_accumulation_steps)


def parse(given: Mapping[str, str]) -> Hyperparameters:
    """Read the hyperparameters of a job; names the script does not know are passed over, as there.

    Raises:
        HyperparameterError: a value is out of range.
    """
    values = {name: _read(name, rule, given) for name, rule in RULES.items()}
    acted_on = {one.name: values[one.name] for one in fields(Hyperparameters)}
    return Hyperparameters(**acted_on)  # type: ignore[arg-type]  # each rule reads the type of its field


def unquoted(value: str) -> str:
    """Take the JSON quotes off a value, if it has them."""
    try:
        inner = json.loads(value)
    except ValueError:
        return value
    return inner if isinstance(inner, str) else value


def _read(name: str, rule: Rule, given: Mapping[str, str]) -> object:
    text = unquoted(given.get(name, rule.default))
    try:
        return rule.read(text)
    except ValueError as error:
        raise HyperparameterError(f"hyperparameter {name} must be {rule.must}, got {text!r}") from error
