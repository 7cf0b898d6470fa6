"""Hyperparameters are read as the real script reads them, and refused by name."""

import json

import pytest

from sandbox.container.hyperparameters import RULES, HyperparameterError, parse


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", "0"),
        ("epochs", "2.5"),
        ("max_steps", "-4"),
        ("batch_size", "none"),
        ("learning_rate", "0"),
        ("learning_rate", "nan"),
        ("seed", "-1"),
        ("lr_scheduler", "sometimes"),
        ("center_crop", "true"),
        ("adam_beta1", "1.5"),
        ("max_grad_norm", "inf"),
    ],
)
def test_hyperparameter_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(HyperparameterError, match=name):
        parse({name: value})


def test_values_are_read_with_and_without_json_quotes() -> None:
    defaults = {name: rule.default for name, rule in RULES.items()}
    assert parse({name: json.dumps(value) for name, value in defaults.items()}) == parse(defaults) == parse({})


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        ({}, 160),
        ({"epochs": "3", "batch_size": "3"}, 9),
        ({"epochs": "3", "max_steps": "7"}, 7),
        ({"epochs": "2", "gradient_accumulation_steps": "4"}, 4),
    ],
)
def test_epochs_come_to_steps_unless_max_steps_says_otherwise(given: dict[str, str], steps: int) -> None:
    assert parse(given).steps(photos=8) == steps
