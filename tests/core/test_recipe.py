"""What the modal takes, and what it answers to what it does not take."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import machines, names, recipe, words
from core.hyperparameters import DEFAULTS, RULES
from core.recipe import Choice, Terms
from core.records import Outlook
from tests.support.records import TEAM, a_run

RUN = a_run(instance_prompt="", class_prompt="")
TERMS = Terms(photos=5)
LICENSED = {"licence": "yes"}


def read(terms: Terms = TERMS, /, **answers: str) -> Choice:
    found = recipe.read(RUN, LICENSED | answers, terms)
    assert isinstance(found, Choice), found
    return found


def faults(terms: Terms = TERMS, /, **answers: str) -> dict[str, str]:
    found = recipe.read(RUN, LICENSED | answers, terms)
    assert isinstance(found, dict)
    return found


def an_outlook(**machines: dict[str, Any]) -> Outlook:
    named = {f"ml.{name.replace('_', '.')}": told for name, told in machines.items()}
    return Outlook(team=TEAM, id="outlook", state="known", machines=named)


def test_thing_is_trained_as_the_article_says() -> None:
    assert read() == Choice(
        preset="thing",
        instance_prompt="a photo of riobugger cat",
        class_prompt="a photo of a cat",
        hyperparameters=dict(DEFAULTS) | {"max_steps": "200"},
        max_steps=200,
        instance="ml.g4dn.2xlarge",
        spot=False,
        parent="",
    )


def test_face_is_trained_with_prior_preservation_on_a_machine_that_has_the_memory() -> None:
    chosen = read(preset="face")
    assert (chosen.max_steps, chosen.instance) == (800, "ml.g5.2xlarge")
    assert chosen.hyperparameters["with_prior_preservation"] == "True"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("instance_prompt", "", "write something"),
        ("instance_prompt", "a photo of a cat", "“riobugger”"),
        ("instance_prompt", "a photo of riobuggers", "“riobugger”"),
        ("instance_prompt", "a photo of rio\x00bugger", "“riobugger”"),
        ("instance_prompt", "riobugger " * 21, "under 200"),
        ("instance_prompt", "\u200b\ud800\n", "write something"),
        ("max_steps", "0", "from 1 to 5000"),
        ("max_steps", "5001", "from 1 to 5000"),
        ("max_steps", "20.5", "from 1 to 5000"),
        ("max_steps", "-7", "from 1 to 5000"),
        ("max_steps", "٢٠٠", "from 1 to 5000"),
        ("max_steps", "9" * 40_000, "from 1 to 5000"),
        ("learning_rate", "0", "to 1"),
        ("learning_rate", "fast", "2e-06 is usual"),
        ("lr_scheduler", "fast", "cosine"),
        ("preset", "dog", "presets"),
        ("instance", "ml.t3.medium", "cannot be trained on ml.t3.medium"),
        ("parent", "model9", "no longer there"),
        ("licence", "", "licence has to be accepted"),
    ],
)
def test_wrong_answer_is_answered_in_its_field(field: str, value: str, said: str) -> None:
    found = faults(**{field: value})
    assert found.keys() == {field}
    assert said in found[field]


def test_all_wrong_answers_are_answered_at_once() -> None:
    wrong = dict.fromkeys([*RULES, "instance_prompt", "class_prompt", "instance"], "…") | {"licence": ""}
    assert faults(**wrong).keys() == wrong.keys() - {"class_prompt"}


def test_class_prompt_is_asked_for_only_with_prior_preservation() -> None:
    assert read(class_prompt="").class_prompt == ""
    assert faults(preset="face", class_prompt=" ").keys() == {"class_prompt"}
    assert faults(with_prior_preservation="True", class_prompt=" ").keys() == {"class_prompt"}


@pytest.mark.parametrize("machine", ["ml.g4dn.2xlarge", "ml.p3.2xlarge"])
def test_machine_without_the_memory_for_prior_preservation_is_told_with_the_one_to_take(machine: str) -> None:
    said = faults(preset="face", instance=machine)["instance"]
    assert f"16 GB of {machine}" in said
    assert "Take ml.g5.2xlarge." in said
    assert read(instance=machine).instance == machine


def test_machine_of_which_the_account_may_have_none_is_told_with_what_to_ask_for() -> None:
    terms = replace(TERMS, outlook=an_outlook(g4dn_2xlarge={"quota": 0, "spot_quota": 1}))
    assert "ml.g4dn.2xlarge for training job usage" in faults(terms)["instance"]
    assert read(terms, spot="yes").spot
    assert read(terms, instance="ml.g5.2xlarge").instance == "ml.g5.2xlarge"


def test_machines_are_those_that_jumpstart_says_once_it_has_said() -> None:
    told = an_outlook(g4dn_2xlarge={"supported": False}, g6_2xlarge={"supported": True})
    terms = replace(TERMS, outlook=told)
    assert terms.offered == ("ml.g6.2xlarge",)
    assert read(terms).instance == read(terms, preset="face").instance == "ml.g6.2xlarge"
    assert replace(TERMS, default_instance="ml.p5.48xlarge").offered == ("ml.p5.48xlarge", *machines.MACHINES)


@pytest.mark.parametrize(
    ("answers", "class_photos", "steps"),
    [
        ({"epochs": "20"}, 0, 100),
        ({"epochs": "20", "batch_size": "2"}, 0, 60),
        ({"epochs": "3", "batch_size": "2", "gradient_accumulation_steps": "3"}, 0, 3),
        ({"epochs": "20", "with_prior_preservation": "True"}, 0, 2_000),
        ({"epochs": "2", "with_prior_preservation": "True", "num_class_images": "3"}, 0, 10),
        ({"epochs": "2", "with_prior_preservation": "True", "num_class_images": "3"}, 30, 60),
        ({"epochs": "2", "max_steps": "77"}, 0, 77),
    ],
)
def test_steps_are_those_of_the_epochs_where_none_are_written(
    answers: dict[str, str], class_photos: int, steps: int
) -> None:
    chosen = read(replace(TERMS, class_photos=class_photos), **({"max_steps": ""} | answers))
    assert chosen.max_steps == steps
    assert chosen.hyperparameters["max_steps"] == str(steps)


def test_epochs_that_come_to_too_many_steps_are_told_under_steps() -> None:
    found = faults(max_steps="", epochs="1000", num_class_images="1000", preset="face")
    assert found == {"max_steps": words.recipe.steps_of_epochs(1_000, 1_000, 1_000_000, recipe.STEPS_MOST)}


def test_recipe_that_would_train_for_days_is_told() -> None:
    found = faults(max_steps="5000", batch_size="64", gradient_accumulation_steps="64")
    assert found == {"max_steps": words.recipe.pictures_seen(5_000 * 64 * 64, recipe.PICTURES_MOST)}


def test_prompt_loses_what_cannot_be_seen() -> None:
    assert read(instance_prompt=" a\tphoto of\u200b riobugger\n🐈 ").instance_prompt == "a photo of riobugger 🐈"


def test_answers_of_the_run_are_those_that_nobody_gave() -> None:
    asked = a_run(instance_prompt="riobugger asleep", class_prompt="a cat", preset="face", parent="m1")
    given = recipe.filled(asked, {}, replace(TERMS, parents={"m1": "rio"}))
    assert (given["instance_prompt"], given["class_prompt"]) == ("riobugger asleep", "a cat")
    assert (given["preset"], given["parent"]) == ("face", "m1")
    assert recipe.filled(asked, {}, TERMS)["parent"] == ""


def test_estimate_is_made_of_what_is_right_in_answers_that_are_not() -> None:
    sketch = recipe.sketch(RUN, {"max_steps": "many", "epochs": "0", "spot": "yes", "seed": "7"}, TERMS)
    assert (sketch.max_steps, sketch.spot, sketch.hyperparameters["seed"]) == (200, True, "7")


@given(st.dictionaries(st.sampled_from([*RULES, "preset", "instance_prompt", "class_prompt", "instance"]), st.text()))
def test_whatever_is_typed_is_taken_or_answered(typed: dict[str, str]) -> None:
    found = recipe.read(RUN, LICENSED | typed, TERMS)
    if isinstance(found, Choice):
        assert 1 <= found.max_steps <= recipe.STEPS_MOST
        assert found.hyperparameters.keys() == DEFAULTS.keys()
    else:
        assert all(found.values())
        assert found.keys() <= typed.keys() | {"max_steps", "class_prompt"}
    assert recipe.sketch(RUN, typed, TERMS).instance in TERMS.offered


@given(st.text(max_size=30), st.integers(1, 10_000))
def test_name_of_a_resource_is_one_that_sagemaker_takes(subject: str, attempt: int) -> None:
    identity = names.record_id("run", subject)
    name = names.resource("a-deployment-of-20ch", subject, identity, attempt)
    assert re.fullmatch(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", name)
    assert identity in name
    assert name.endswith(f"-a{attempt}")


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_id_comes_out_the_same_for_the_same_origin_alone(one: list[str], other: list[str]) -> None:
    same = "\0".join(one) == "\0".join(other)
    assert (names.record_id(*one) == names.record_id(*other)) == same
    assert re.fullmatch(r"[a-z2-7]{16}", names.record_id(*one))
