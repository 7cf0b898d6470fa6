"""What the modal takes, and what it answers to what it does not take."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import names, prices, recipe
from core.choose import named
from tests.support.records import a_model, a_run

GOOD = {
    "instance_prompt": "a photo of riobugger cat",
    "class_prompt": "a photo of a cat",
    "max_steps": "200",
    "learning_rate": "2e-06",
    "licence": "yes",
}


def test_what_stands_in_the_modal_is_fine() -> None:
    assert recipe.faults("riobugger", GOOD) == {}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("instance_prompt", "", "write something"),
        ("instance_prompt", "a photo of a cat", "“riobugger”"),
        ("instance_prompt", "a photo of riobuggers", "“riobugger”"),
        ("instance_prompt", "riobugger " * 21, "under 200"),
        ("class_prompt", " ", "write something"),
        ("max_steps", "0", "from 1 to 5000"),
        ("max_steps", "5001", "from 1 to 5000"),
        ("max_steps", "20.5", "from 1 to 5000"),
        ("max_steps", "-7", "from 1 to 5000"),
        ("max_steps", "٢٠٠", "from 1 to 5000"),
        ("max_steps", "9" * 3_000, "from 1 to 5000"),
        ("learning_rate", "0", "above 0"),
        ("learning_rate", "nan", "above 0"),
        ("learning_rate", "inf", "above 0"),
        ("learning_rate", "1.1", "at most 1"),
        ("learning_rate", "fast", "2e-06 is a good one"),
        ("licence", "", "licence has to be accepted"),
    ],
)
def test_wrong_answer_is_answered_in_its_field(field: str, value: str, said: str) -> None:
    found = recipe.faults("riobugger", GOOD | {field: value})
    assert found.keys() == {field}
    assert said in found[field]


def test_all_wrong_answers_are_answered_at_once() -> None:
    assert recipe.faults("riobugger", dict.fromkeys(GOOD, "")).keys() == GOOD.keys()


@given(st.dictionaries(st.sampled_from(list(GOOD)), st.text()))
def test_whatever_is_typed_is_taken_or_answered(typed: dict[str, str]) -> None:
    found = recipe.faults("riobugger", GOOD | typed)
    assert found.keys() <= typed.keys()
    assert all(found.values())


def test_only_what_a_person_chose_is_sent_on_top_of_jumpstart() -> None:
    assert recipe.hyperparameters(a_run(max_steps=300, learning_rate="1e-06")) == {
        "max_steps": "300",
        "learning_rate": "1e-06",
    }


def test_price_of_a_training_is_told_where_it_is_known() -> None:
    assert prices.training("ml.g4dn.2xlarge") == pytest.approx(0.3133, abs=1e-3)
    assert prices.training("ml.p4d.24xlarge") is None


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


MODELS = [a_model(id=one, subject=subject) for one, subject in (("m1", "rio"), ("m2", "eileen"), ("m3", "rio"))]


@pytest.mark.parametrize(
    ("prompt", "meant"),
    [
        ("a photo of Eileen", ["m2"]),
        ("a photo of rio", ["m1", "m3"]),
        ("rio and eileen", ["m1", "m2", "m3"]),
        ("a photo of riobugger", []),
        ("", []),
    ],
)
def test_prompt_means_the_models_whose_subject_it_names(prompt: str, meant: list[str]) -> None:
    assert [model.id for model in named(prompt, MODELS)] == meant
