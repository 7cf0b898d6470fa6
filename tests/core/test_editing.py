"""What is typed into the fields of Edit: what stands there paints the same again, every fault is under its field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.cards.answer import answer
from core.cards.edit_modal import answers, edit_modal
from core.editing import filled, read
from core.grammar import GrammarError
from core.imagine_grammar import Imagine, again
from core.imagine_grammar import read as read_command
from core.records import Generation
from sandbox.slack.blocks import check_blocks
from sandbox.slack.view_shapes import check_view
from tests.bot.person import filled_in
from tests.support.records import CHANNEL, THREAD, a_generation, a_model

PARAMETERS = ("prompt", "count", "steps", "guidance", "negative", "width", "height")
STANDS = filled(a_generation(negative="text", steps=30))
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=450)
typed = st.one_of(
    letters,
    letters.map(lambda text: f"riobugger {text}"),
    st.sampled_from(
        ["", " ", "0", "1", "4", "5", "７", "150", "151", "7,5", "20", "20.1", "-1", "512x512", "768 × 512"]
    ),
    st.sampled_from(["8x8", "513x512", "a cat --n 2", "a cat —seed 7", "a cat --wat", "help", "<!channel>", "x" * 500]),
)


def painted(wish: Imagine) -> Generation:
    """Pictures of this wish."""
    seed = 7 if wish.seed is None else wish.seed
    wanted: Any = {name: getattr(wish, name) for name in PARAMETERS}
    return a_generation(**wanted, seed=seed)


@given(typed)
def test_whatever_command_was_understood_stands_in_the_fields_as_it_was(text: str) -> None:
    try:
        generation = painted(read_command(text))
    except GrammarError:
        return
    view = edit_modal(generation, [a_model()])
    assert check_view(view, "modal", bool) == []
    edited = answers(filled_in(view, {}))
    assert read(edited.typed) == again(generation, "")
    assert edited.model == "model1"


@given(st.dictionaries(st.sampled_from(sorted(STANDS)), typed))
def test_whatever_is_typed_is_a_wish_or_a_fault_under_its_field(changed: dict[str, str]) -> None:
    found = read(STANDS | changed)
    if isinstance(found, Imagine):
        generation = painted(found)
        assert read(filled(generation)) == again(generation, "")
    else:
        assert found.keys() <= changed.keys()
        assert all(said and "`" not in said for said in found.values())


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("prompt", " ", words.answer.PROMPT_NEEDED),
        ("prompt", "a cat --n 2", words.answer.NO_FLAGS_HERE),
        ("prompt", "a cat --steps", "--steps takes a whole number from 1 to 150."),
        ("prompt", "x" * 401, words.asking.prompt_too_long(401, 400)),
        ("negative", "x" * 401, words.asking.prompt_too_long(401, 400)),
        ("seed", "-1", "--seed takes a whole number from 0 to 4294967295."),
        ("steps", "", "--steps takes a whole number from 1 to 150."),
        ("guidance", "21", words.asking.guidance_range(20).replace("`", "")),
        ("size", "100x100", words.asking.size_range(256, 1024, (256, 256)).replace("`", "")),
    ],
)
def test_fault_is_told_in_the_words_of_the_command(field: str, text: str, said: str) -> None:
    assert read(STANDS | {field: text}) == {field: said}


def test_every_fault_is_told_at_once() -> None:
    found = read({"prompt": "", "seed": "x", "steps": "0", "guidance": "a", "size": "1x1", "count": "9"})
    assert isinstance(found, dict)
    assert found.keys() == {"prompt", "seed", "steps", "guidance", "size", "count"}


def test_seed_that_is_left_empty_is_drawn_anew() -> None:
    wish = read(STANDS | {"seed": " "})
    assert isinstance(wish, Imagine)
    assert wish.seed is None


def test_quotes_and_marks_of_what_is_left_out_are_as_in_the_command() -> None:
    wish = read(STANDS | {"negative": '“people”, `text`\n"signs"'})
    assert isinstance(wish, Imagine)
    assert wish.negative == "people, 'text' signs"


def test_model_is_chosen_among_the_newest_hundred_with_the_one_that_painted() -> None:
    models = [a_model(id=f"model{number}", trained_at=float(number)) for number in range(150)]
    view = edit_modal(a_generation(model="model3", channel=CHANNEL, thread_ts=THREAD), models)
    assert check_view(view, "modal", bool) == []
    edited = answers(filled_in(view, {}))
    assert (edited.model, edited.channel, edited.thread_ts) == ("model3", CHANNEL, THREAD)
    assert answers(filled_in(edit_modal(a_generation(model="gone"), models), {})).model == ""


@given(prompt=letters.filter(bool), negative=letters, user=st.sampled_from(["U0MIRA", ""]))
def test_card_of_pictures_is_taken_by_slack_whatever_was_typed(prompt: str, negative: str, user: str) -> None:
    generation = a_generation(prompt=prompt[:400], negative=negative[:400], user=user, seconds=12.3, dollars=0.04)
    blocks = answer(generation, a_model())
    assert check_blocks(blocks, "message", bool) == []
    caption: str = blocks[0]["text"]["text"]
    assert blocks[0]["text"]["verbatim"] is True
    assert caption.endswith(" · 12 s · 4.0¢")
    assert caption.count("<") == bool(user)


@pytest.mark.parametrize(
    ("dollars", "said"),
    [(0.0004, "less than 0.1¢"), (0.00123, "0.1¢"), (0.123, "12¢"), (1.5, "$1.50"), (0.0, "less than 0.1¢")],
)
def test_money_is_told_to_the_tenth_of_a_cent(dollars: float, said: str) -> None:
    assert words.answer.cents(dollars) == said
