"""What people type, and what is understood."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import recipe, words
from core.grammar import (
    COUNT_MOST,
    PROMPT_MOST,
    SEED_MOST,
    SUBJECT_MOST,
    GrammarError,
    Imagine,
    Learn,
    imagine,
    learn,
    mentions,
    plain,
)
from tests.support.records import a_run

ODD = [
    "—",
    "–",
    "--",
    "“",
    "”",
    "’",
    "&amp;",
    "&lt;",
    "&gt;",
    "<@U1>",
    "<!channel>",
    "<#C1|pets>",
    "n",
    "seed",
    "=",
    "7",
]
typed = st.one_of(st.text(), st.lists(st.sampled_from([*ODD, " ", "\u202e", "\n", "cat"]), max_size=12).map("".join))
a_word = st.sampled_from(["a", "photo", "of", "riobugger", "cat", "n", "seed", "3", "well-known", "“tabby”", "it’s"])
a_dash = st.sampled_from(["--", "—", "–", "―"])
joins = st.sampled_from([" ", "=", "  "])


def outcome(text: str) -> tuple[Imagine | None, list[str]]:
    """Read a text as a prompt and as a wish to learn; gives the prompt, and the refusals."""
    understood, refusals = None, list[str]()
    try:
        understood = imagine(text)
    except GrammarError as fault:
        refusals.append(str(fault))
    try:
        learn(text)
    except GrammarError as fault:
        refusals.append(str(fault))
    return understood, refusals


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("a cat", Imagine("a cat")),
        ("a cat --n 4 --seed 7", Imagine("a cat", 4, 7)),
        ("--seed=0 a   cat\non the beach", Imagine("a cat on the beach", 1, 0)),
        ("a cat —n 2", Imagine("a cat", 2)),
        ("a cat --N 2 --SEED 4294967295", Imagine("a cat", 2, SEED_MOST)),
        ("“a cat” &amp; a dog", Imagine("“a cat” & a dog")),
        ("a cat — n as in north", Imagine("a cat — n as in north")),
        ("a cat--n 3", Imagine("a cat", 3)),
        ("a cat —N 3", Imagine("a cat", 3)),
        ("a well--known cat", Imagine("a well--known cat")),
        ("<@U1|mira> with a <https://cat.org|cat>", Imagine("mira with a cat")),
        ("<!channel> a cat", Imagine("a cat")),
        ("a cat --n 2 --n 3", Imagine("a cat", 3)),
    ],
)
def test_prompt_is_understood(text: str, understood: Imagine) -> None:
    assert imagine(text) == understood


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "What shall I paint"),
        ("--n 2", "What shall I paint"),
        ("a cat --n", "`--n` takes a whole number from 1 to 4"),
        ("a cat --n 0", "from 1 to 4"),
        ("a cat --n 5", "from 1 to 4"),
        ("a cat --n two", "from 1 to 4"),
        ("a cat --n ٣", "from 1 to 4"),
        ("a cat --seed -1", "`--seed` takes a whole number"),
        ("a cat --seed 4294967296", "`--seed` takes a whole number"),
        ("a cat --n --seed 1", "`--n` takes"),
        ("a cat --size 9", "I do not know `--size`"),
        ("a cat " * 80, "479 characters"),
    ],
)
def test_prompt_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(GrammarError, match=re.escape(said)):
        imagine(text)


@given(typed)
@example("--" + "9" * 5000)
def test_whatever_is_typed_is_understood_or_refused_in_words(text: str) -> None:
    understood, _ = outcome(text)
    if understood is None:
        return
    assert 0 < len(understood.prompt) <= PROMPT_MOST
    assert 1 <= understood.count <= COUNT_MOST
    assert understood.seed is None or 0 <= understood.seed <= SEED_MOST
    assert not re.search(r"(?:^|\s)--\w", understood.prompt)
    assert understood.prompt == " ".join(understood.prompt.split())
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", understood.prompt)


@given(
    st.lists(a_word, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), a_dash, st.sampled_from([("n", 4), ("seed", SEED_MOST)]), joins), max_size=3),
    st.data(),
)
def test_flags_anywhere_are_taken_and_do_not_stay_in_the_prompt(
    prompt: list[str], flags: list[tuple[int, str, tuple[str, int], str]], data: st.DataObject
) -> None:
    text, wanted = list(prompt), {"n": 1, "seed": None}
    for place, dash, (name, most), join in sorted(flags):
        value = data.draw(st.integers(1, most))
        text.insert(place + len(text) - len(prompt), f"{dash}{name}{join}{value}")
        wanted[name] = value
    assert imagine(" ".join(text)) == Imagine(" ".join(prompt), wanted["n"] or 1, wanted["seed"])


@given(typed)
def test_nothing_typed_can_ping_when_it_is_shown(text: str) -> None:
    for shown in (words.text.escape(text), words.text.escape(plain(text))):
        assert not set("<>`") & set(shown)
        assert not re.search(r"&(?!(?:amp|lt|gt);)", shown)


@given(typed)
def test_refusals_never_ping(text: str) -> None:
    _, refusals = outcome(text)
    assert all(not re.search(r"<[@#!]", refusal) for refusal in refusals)


@pytest.mark.parametrize(
    "mark", ["&lt;!channel&gt;", "&lt;@U0THEO&gt;", "&lt;#C1&gt;", "<!here>", "&amp;lt;!channel&amp;gt;"]
)
def test_caption_of_a_prompt_with_a_mark_pings_only_who_asked(mark: str) -> None:
    caption = words.asking.caption("U0MIRA", imagine(f"a cat {mark}").prompt, "riobugger", 7)
    assert re.findall(r"<[^>]*>", caption) == ["<@U0MIRA>"]


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
    assert imagine(prompt).prompt == prompt
    run = a_run(subject=understood.subject, noun=understood.noun, instance_prompt="", class_prompt="")
    assert isinstance(recipe.read(run, {"licence": "yes"}, recipe.Terms(photos=4)), recipe.Choice)


def test_subject_inside_another_word_is_not_named() -> None:
    assert mentions("rio", "a photo of Rio, at night")
    assert not mentions("rio", "a photo of riobugger")
