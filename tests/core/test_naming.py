"""What a model is called: it answers to its new name and to the word that it has learnt, and paints by the latter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.naming import as_learnt, mentioned
from tests.support.records import a_model

RENAMED = a_model(subject="sks", name="whiskers")


@pytest.mark.parametrize(
    ("prompt", "painted"),
    [
        ("a photo of whiskers on the beach", "a photo of sks on the beach"),
        ("Whiskers, whiskers and WHISKERS", "sks, sks and sks"),
        ("a photo of sks with whiskers", "a photo of sks with whiskers"),
        ("a cat with whiskersong", "a cat with whiskersong"),
        ("a cat", "a cat"),
    ],
)
def test_prompt_is_painted_in_the_word_that_was_learnt(prompt: str, painted: str) -> None:
    assert as_learnt(prompt, RENAMED) == painted


@given(st.text())
def test_prompt_of_a_model_that_was_never_renamed_is_left_alone(prompt: str) -> None:
    assert as_learnt(prompt, a_model()) == prompt


@given(st.text())
def test_prompt_that_names_a_renamed_model_has_its_word_when_it_is_painted(prompt: str) -> None:
    asked = f"{prompt} whiskers"
    assert mentioned(RENAMED, asked)
    assert mentioned(a_model(subject="sks"), as_learnt(asked, RENAMED))
