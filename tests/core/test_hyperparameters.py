"""JumpStart's hyperparameters: the table against JumpStart's own file, and what people type into them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import hyperparameters, machines, presets, words
from core.hyperparameters import DEFAULTS, RULES, fault, written

SPECS: dict[str, Any] = json.loads(
    next((Path("sandbox") / "aws" / "jumpstart").rglob("specs_v1.1.3.json")).read_text("utf-8")
)
OF_JUMPSTART = {one["name"]: one for one in SPECS["hyperparameters"] if one["scope"] == "algorithm"}


def test_table_is_jumpstarts_with_its_defaults() -> None:
    assert {name: str(one["default"]) for name, one in OF_JUMPSTART.items()} == DEFAULTS


@pytest.mark.parametrize("name", RULES)
def test_range_is_inside_jumpstarts(name: str) -> None:
    rule, spec = RULES[name], OF_JUMPSTART[name]
    assert set(rule.choices) <= set(spec.get("options", rule.choices))
    assert rule.choices or rule.least >= spec.get("min", 0)
    assert rule.most <= spec.get("max", float("inf"))


@pytest.mark.parametrize("name", RULES)
def test_default_has_no_fault_and_is_written_as_jumpstart_writes_it(name: str) -> None:
    assert fault(name, DEFAULTS[name]) == ""
    assert written(name, DEFAULTS[name]) == DEFAULTS[name]
    assert words.recipe.HINTS[name]


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if not rule.choices])
@pytest.mark.parametrize(
    "text",
    ["nan", "inf", "-inf", "1e999", "-1", "+1", "１２", "٣", "1_0", "1,5", "0x1", "1 2", " ", "one", "1" * 40_000, "²"],
)
def test_what_is_no_number_is_refused(name: str, text: str) -> None:
    assert fault(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("epochs", "0"),
        ("epochs", "1001"),
        ("epochs", "2.5"),
        ("epochs", ""),
        ("max_steps", "0"),
        ("max_steps", "5001"),
        ("batch_size", "65"),
        ("num_class_images", "1001"),
        ("learning_rate", "0"),
        ("learning_rate", "1e-17"),
        ("learning_rate", "1.0001"),
        ("learning_rate", "."),
        ("learning_rate", "e5"),
        ("adam_beta1", "1"),
        ("adam_epsilon", "0"),
        ("max_grad_norm", "0"),
        ("seed", "4294967296"),
        ("lr_scheduler", "Cosine"),
        ("center_crop", "true"),
        ("with_prior_preservation", ""),
    ],
)
def test_value_out_of_range_is_answered_with_the_range(name: str, text: str) -> None:
    said = fault(name, text)
    assert said == words.training.FIELD_EMPTY if not text else name in said


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("learning_rate", "0.0000020", "2e-06"),
        ("learning_rate", ".5", "0.5"),
        ("learning_rate", "1", "1.0"),
        ("prior_loss_weight", "2", "2.0"),
        ("adam_beta1", "0", "0.0"),
        ("epochs", "007", "7"),
        ("max_steps", "", "None"),
        ("max_steps", "None", "None"),
        ("max_steps", "400", "400"),
        ("center_crop", "True", "True"),
        ("seed", "4294967295", "4294967295"),
    ],
)
def test_value_is_written_as_jumpstart_writes_it(name: str, text: str, value: str) -> None:
    assert fault(name, text) == ""
    assert written(name, text) == value


@given(st.sampled_from(list(RULES)), st.one_of(st.text(), st.floats().map(str), st.integers().map(str)))
def test_whatever_is_typed_is_refused_or_written_inside_jumpstarts_range(name: str, text: str) -> None:
    if fault(name, text):
        return
    value, spec = written(name, text), OF_JUMPSTART[name]
    assert fault(name, value) == ""
    if "options" in spec:
        assert value in spec["options"]
    elif value != hyperparameters.NOTHING:
        number = int(value) if spec["type"] in {"int", "text"} else float(value)
        assert spec.get("min", 1) <= number <= spec.get("max", float("inf"))


def test_every_upper_end_has_its_reason() -> None:
    assert {name for name, rule in RULES.items() if not rule.choices} == words.recipe.LIMITS.keys()


@pytest.mark.parametrize(("preset", "photos", "steps"), [("thing", 7, "200"), ("thing", 8, "400"), ("face", 4, "800")])
def test_preset_takes_the_articles_steps(preset: str, photos: int, steps: str) -> None:
    assert presets.hyperparameters(preset, photos)["max_steps"] == steps


def test_preset_of_faces_preserves_others_and_says_why() -> None:
    chosen = presets.hyperparameters("face", 4)
    assert {name for name, value in chosen.items() if value != DEFAULTS[name]} == {
        "max_steps",
        "with_prior_preservation",
    }
    for texts in (words.recipe.PRESET_TITLES, words.recipe.PRESET_LINES, words.recipe.PRESET_REASONS):
        assert texts.keys() == presets.PRESETS.keys()


def test_machines_are_the_ones_that_jumpstart_trains_on() -> None:
    assert set(machines.MACHINES) == set(SPECS["supported_training_instance_types"])
    assert all((machines.gpu_gb(machine) or 0) >= 16 for machine in machines.MACHINES)


@pytest.mark.parametrize(
    ("default", "supported", "prior", "usual"),
    [
        ("ml.g4dn.2xlarge", (), False, "ml.g4dn.2xlarge"),
        ("ml.g4dn.2xlarge", (), True, "ml.g5.2xlarge"),
        ("ml.g5.12xlarge", (), True, "ml.g5.12xlarge"),
        ("ml.x9.large", (), False, "ml.x9.large"),
        ("ml.x9.large", (), True, "ml.g5.2xlarge"),
        ("ml.g4dn.2xlarge", ("ml.g6.2xlarge", "ml.p3.2xlarge"), True, "ml.g6.2xlarge"),
        ("ml.g4dn.2xlarge", ("ml.p3.2xlarge",), False, "ml.p3.2xlarge"),
        ("ml.g4dn.2xlarge", ("ml.p3.2xlarge",), True, "ml.g5.2xlarge"),
    ],
)
def test_machine_that_nobody_chose_has_the_memory(
    *, default: str, supported: tuple[str, ...], prior: bool, usual: str
) -> None:
    assert machines.usual(default, machines.offered(default, supported), prior=prior) == usual
