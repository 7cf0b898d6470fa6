"""Which model a prompt means: by `--model`, the names in it, the channel's default, or because it is the only one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choose import Wish, is_named, meant
from core.may import MayNotError, check_use, may_use
from core.records import Model
from tests.support.records import CHANNEL, MIRA, a_model

RIO = a_model(id="rio", subject="rio", trained_at=1.0)
EILEEN = a_model(id="eileen", subject="eileen", trained_at=2.0)
SECOND_RIO = a_model(id="second", subject="rio", trained_at=3.0)
RENAMED = a_model(id="renamed", subject="sks", name="Whiskers", trained_at=4.0)
MODELS = [RIO, EILEEN, SECOND_RIO, RENAMED]
ALL = ["renamed", "second", "eileen", "rio"]


@pytest.mark.parametrize(
    ("wish", "means"),
    [
        (Wish("a photo of Eileen"), ["eileen"]),
        (Wish("a photo of rio"), ["second", "rio"]),
        (Wish("rio and eileen"), ["second", "eileen", "rio"]),
        (Wish("a photo of riobugger"), ALL),
        (Wish("a photo of whiskers"), ["renamed"]),
        (Wish("a photo of sks"), ["renamed"]),
        (Wish("a cat", given="WHISKERS"), ["renamed"]),
        (Wish("a cat", given="rio"), ["second", "rio"]),
        (Wish("a photo of rio", given="eileen"), ["eileen"]),
        (Wish("a photo of eileen", default="rio"), ["eileen"]),
        (Wish("a cat", default="rio"), ["rio"]),
        (Wish("a photo of rio", default="rio"), ["rio"]),
        (Wish("a cat", given="eileen", default="rio"), ["eileen"]),
        (Wish("a cat", default="gone"), ALL),
        (Wish("a photo of rio", default="eileen"), ["second", "rio"]),
    ],
)
def test_wish_means(wish: Wish, means: list[str]) -> None:
    assert [model.id for model in meant(wish, MODELS)] == means


def test_only_model_is_meant_by_any_prompt() -> None:
    assert meant(Wish("a cat"), [RIO]) == [RIO]
    assert not is_named(Wish("a cat"), [RIO])


def test_prompt_that_names_a_model_does_not_excuse_a_flag_that_names_none() -> None:
    assert not is_named(Wish("a photo of rio", given="nobody"), MODELS)


@given(
    st.builds(Wish, st.sampled_from(["a cat", "rio", "eileen", "sks"]), st.sampled_from(["", "rio"]), st.text()),
    st.lists(st.sampled_from(MODELS), unique_by=lambda model: model.id),
)
def test_there_is_always_something_to_choose_from_if_there_is_a_model(wish: Wish, models: list[Model]) -> None:
    found = meant(wish, models)
    assert bool(found) == bool(models)
    assert all(model in models for model in found)


@pytest.mark.parametrize(
    ("allowed", "user", "channel", "may"),
    [
        ((), "U0THEO", CHANNEL, True),
        (("U0THEO",), "U0THEO", "C0OTHER", True),
        ((CHANNEL,), "U0THEO", CHANNEL, True),
        (("U0JON", "C0OTHER"), "U0THEO", CHANNEL, False),
        (("U0JON",), MIRA, CHANNEL, True),
    ],
)
def test_private_model_is_for_its_owner_and_whom_it_was_opened_to(
    allowed: tuple[str, ...], user: str, channel: str, *, may: bool
) -> None:
    model = a_model(allowed=allowed)
    assert may_use(model, user, channel) == may
    if may:
        check_use(model, user, channel)
        return
    with pytest.raises(MayNotError, match="is private"):
        check_use(model, user, channel)


def test_model_that_is_being_deleted_is_not_there_for_anybody() -> None:
    with pytest.raises(MayNotError, match="not there any more"):
        check_use(a_model(deleted_by="U0THEO"), MIRA, CHANNEL)
