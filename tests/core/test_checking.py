"""The fixed pictures: the article's four prompts, the same ones for a child as for its parent."""

import pytest

from core import checking
from tests.support.records import a_model


def test_fixed_prompts_are_those_of_the_article() -> None:
    assert checking.prompts("a photo of riobugger cat", "cat") == (
        "a photo of riobugger cat",
        "a photo of riobugger cat on the beach",
        "a photo of a cat",
        "a photo of a dog",
    )


@pytest.mark.parametrize(("noun", "other"), [("dog", "cat"), ("sheep Dog", "cat"), ("hot dog stand", "dog")])
def test_other_class_is_never_the_one_that_was_learnt(noun: str, other: str) -> None:
    assert checking.prompts("a photo of x", noun)[-1] == f"a photo of a {other}"


def test_child_paints_the_prompts_of_its_parent_under_keys_of_its_own() -> None:
    parent = a_model()
    child = a_model(id="model2", run="run2", subject="doppler", noun="dog", instance_prompt="a photo of doppler dog")
    own, remembered = checking.own("darkroom", parent), checking.remembered("darkroom", child, parent)
    assert [one.prompt for one in own] == [one.prompt for one in remembered]
    keys = [one.key for one in own + remembered + checking.own("darkroom", child)]
    assert len(set(keys)) == 12
    assert all(one.key.startswith(checking.folder_of("darkroom", child)) for one in remembered)
    assert len({one.id for one in own + remembered}) == 8
