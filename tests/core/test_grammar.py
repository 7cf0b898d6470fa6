"""What people type, and what is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import imagine_grammar, recipe
from core.grammar import SUBJECT_MOST, GrammarError, Learn, learn, mentions
from tests.core.typed import typed
from tests.support.records import a_run


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("riobugger cat", Learn("riobugger", "cat")),
        ("Riobugger the Cat", Learn("riobugger", "cat")),
        ("riobugger, a black cat", Learn("riobugger", "black cat")),
        ("  r2-d2   an old   robot ", Learn("r2-d2", "old robot")),
        ("мурка кошка", Learn("мурка", "кошка")),
        ("the cat", Learn("the", "cat")),
    ],
)
def test_wish_to_learn_is_understood(text: str, understood: Learn) -> None:
    assert learn(text) == understood


@pytest.mark.parametrize(
    "text", ["", "riobugger", "riobugger the", "a" * 31 + " cat", "rio " + "c" * 31, "_ cat", "r <@U1>"]
)
def test_wish_that_cannot_be_learnt_is_answered_with_an_example(text: str) -> None:
    with pytest.raises(GrammarError, match="/train riobugger cat"):
        learn(text)


@given(st.one_of(typed, st.tuples(typed, typed).map(" ".join), st.text(st.characters(categories=["L", "N", "Zs"]))))
def test_whatever_is_taught_fits_its_own_first_prompt(text: str) -> None:
    try:
        understood = learn(text)
    except GrammarError:
        return
    prompt = recipe.instance_prompt(understood.subject, understood.noun)
    assert 0 < len(understood.subject) <= SUBJECT_MOST
    assert 0 < len(understood.noun) <= SUBJECT_MOST
    assert mentions(understood.subject, prompt)
    assert imagine_grammar.read(prompt).prompt == prompt
    run = a_run(subject=understood.subject, noun=understood.noun, instance_prompt="", class_prompt="")
    assert isinstance(recipe.read(run, {"licence": "yes"}, recipe.Terms(photos=4)), recipe.Choice)


def test_subject_inside_another_word_is_not_named() -> None:
    assert mentions("rio", "a photo of Rio, at night")
    assert not mentions("rio", "a photo of riobugger")
