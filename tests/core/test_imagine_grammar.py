"""What people type behind `/imagine`, what is understood, and the command that asks for the same again."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import words
from core.grammar import GrammarError, learn, plain
from core.imagine_grammar import PROMPT_MOST, Imagine, again, read, written
from core.parameters import COUNT_MOST, GUIDANCE_MOST, SEED_MOST, STEPS_MOST, fits
from tests.core.typed import typed
from tests.support.records import a_generation

a_word = st.sampled_from(["a", "photo", "of", "riobugger", "n", "seed", "3", "well-known", "“tabby”", "it’s", "macska"])
a_dash = st.sampled_from(["--", "—", "–", "―"])
joins = st.sampled_from([" ", "=", "  "])
a_text = st.lists(a_word, min_size=1, max_size=8).map(" ".join)
some_words = st.text(st.characters(exclude_characters='"“”„‟«»`', categories=["L", "N", "P", "S"]), min_size=1)
a_side = st.integers(32, 128).map(lambda eighths: eighths * 8)
a_size = st.tuples(a_side, a_side).filter(lambda size: fits(*size))
names = ["", "riobugger", "r2-d2", "o'neil", "huggingface-txt2img-x", "мурка", "two words", "-x."]


@st.composite
def wishes(draw: st.DrawFn) -> Imagine:
    """Any wish that can be typed."""
    width, height = draw(a_size)
    return Imagine(
        prompt=draw(a_text),
        count=draw(st.integers(1, COUNT_MOST)),
        seed=draw(st.none() | st.integers(0, SEED_MOST)),
        model=draw(st.sampled_from(names)),
        steps=draw(st.integers(1, STEPS_MOST)),
        guidance=draw(st.integers(0, GUIDANCE_MOST * 100)) / 100,
        negative=draw(st.just("") | st.lists(some_words, max_size=4).map(" ".join)),
        width=width,
        height=height,
    )


def outcome(text: str) -> tuple[Imagine | None, list[str]]:
    """Read a text as a prompt and as a wish to learn; gives the prompt, and the refusals."""
    understood, refusals = None, list[str]()
    try:
        understood = read(text)
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
        ("a cat—no, a dog", Imagine("a cat—no, a dog")),
        ("<@U1|mira> with a <https://cat.org|cat>", Imagine("mira with a cat")),
        ("<!channel> a cat", Imagine("a cat")),
        ("a cat --n 2 --n 3", Imagine("a cat", 3)),
        ("egy macska a Balatonnál, naplementében 🐈", Imagine("egy macska a Balatonnál, naplementében 🐈")),
        ("a cat\x00\x07 at\u202e night", Imagine("a cat at night")),
        ("help me", Imagine("help me")),
        ("a cat --steps 150 --cfg 0", Imagine("a cat", steps=150, guidance=0)),
        ("—cfg 7,25 a cat", Imagine("a cat", guidance=7.25)),
        ("--cfg: 9, a cat --n 2.", Imagine("a cat", 2, guidance=9)),
        ("--model Riobugger a cat", Imagine("a cat", model="riobugger")),
        ("a cat —model “riobugger”", Imagine("a cat", model="riobugger")),
        ("--no “people, —n 3 text” a cat", Imagine("a cat", negative="people, —n 3 text")),
        ("--no 'kids' toys a cat", Imagine("toys a cat", negative="kids")),
        ("--no blur a cat", Imagine("a cat", negative="blur")),
        ("--no blur, text a cat", Imagine("a cat", negative="blur, text")),
        ("a cat --no extra fingers, text --n 2", Imagine("a cat", 2, negative="extra fingers, text")),
        ("--no blur, --n 2 a cat", Imagine("a cat", 2, negative="blur")),
        ("a cat –no &lt;text&gt; &amp; frames", Imagine("a cat", negative="<text> & frames")),
        ("a cat --size 768X512", Imagine("a cat", width=768, height=512)),
        ("a cat --size 1024×768", Imagine("a cat", width=1024, height=768)),
        ("a cat --ar 3:2", Imagine("a cat", width=624, height=416)),
        ("a cat --ar 16:9", Imagine("a cat", width=680, height=384)),
        ("a cat --ar 1:4", Imagine("a cat", width=256, height=1024)),
        ("a cat --size 768x512 --ar 1:1", Imagine("a cat")),
    ],
)
def test_prompt_is_understood(text: str, understood: Imagine) -> None:
    assert read(text) == understood


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "What shall I paint"),
        ("--n 2", "What shall I paint"),
        ("help", "--seed 7`"),
        ("Help --n 2", "--seed 7`"),
        ("a cat --n", "`--n` takes a whole number from 1 to 4"),
        ("a cat --n 0", "from 1 to 4"),
        ("a cat --n 5", "from 1 to 4"),
        ("a cat --n two", "from 1 to 4"),
        ("a cat --n ٣", "from 1 to 4"),
        ("a cat --seed -1", "`--seed` takes a whole number"),
        ("a cat --seed 4294967296", "`--seed` takes a whole number"),
        ("a cat --n --seed 1", "`--n` takes"),
        ("a cat --steps 151", "from 1 to 150"),
        ("a cat --steps", "from 1 to 150"),
        ("a cat --cfg 20.5", "from 0 to 20"),
        ("a cat --cfg nan", "from 0 to 20"),
        ("a cat --model", "the name of one of your models"),
        (f"a cat --model {'x' * 101}", "the name of one of your models"),
        ("a cat --no", "in quotes"),
        ('a cat --no ""', "in quotes"),
        ("a cat --ar 5:1", "one side is at most 4 times the other"),
        ("a cat --ar 0:0", "such as `1:1`"),
        ("a cat --ar wide", "such as `1:1`"),
        ("a cat --size 9", "For example: `--size 768x512`"),
        ("a cat --size 500x700", "The nearest is `--size 496x704`"),
        ("a cat --size 99999x1", "The nearest is `--size 1024x256`"),
        ("a cat --size 1024x1024", "The nearest is `--size 888x888`"),
        ("a cat --sede 9", "I do not know `--sede`. Did you mean `--seed`?"),
        ("a cat --aspect 3:2", "Did you mean `--ar`?"),
        ("a cat --cfg-scale 3", "Did you mean `--cfg`?"),
        ("a cat —steeps 20", "Did you mean `--steps`?"),
        ("a cat --weird", "There are `--model`, `--n`"),
        ("a cat " * 80, "479 characters"),
        (f"a cat --no {'x' * 401}", "401 characters"),
        ("a cat " * 7_000, "42000 characters"),
    ],
)
def test_prompt_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(GrammarError, match=re.escape(said)):
        read(text)


@given(typed)
@example("--" + "9" * 5000)
@example("<@" * 20_000)
@example("a\ud800cat")
def test_whatever_is_typed_is_understood_or_refused_in_words(text: str) -> None:
    understood, _ = outcome(text)
    if understood is None:
        return
    assert 0 < len(understood.prompt) <= PROMPT_MOST
    assert 1 <= understood.count <= COUNT_MOST
    assert understood.seed is None or 0 <= understood.seed <= SEED_MOST
    assert fits(understood.width, understood.height)
    assert not re.search(r"(?:^|\s)--\w", understood.prompt)
    assert understood.prompt == " ".join(understood.prompt.split())
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", understood.prompt)


@given(wishes())
def test_command_that_is_written_asks_for_the_same(wish: Imagine) -> None:
    assert read(written(wish)) == wish


@given(typed)
@example("a cat --no x--n 2 --foo")
@example('a --no "x"--n 2')
@example("cat--n 1 --seed 5 3 dogs")
def test_whatever_is_understood_can_be_written_and_is_understood_as_the_same(text: str) -> None:
    understood, _ = outcome(text)
    if understood is not None:
        assert read(written(understood)) == understood


def test_command_for_a_picture_names_its_model_and_seed() -> None:
    generation = a_generation(prompt="a cat & a dog", count=2, steps=30, guidance=9.0, negative="text", width=768)
    command = 'a cat &amp; a dog --model riobugger --n 2 --seed 7 --steps 30 --cfg 9 --no "text" --size 768x512'
    assert written(again(generation, "riobugger")) == command


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
    assert read(" ".join(text)) == Imagine(" ".join(prompt), wanted["n"] or 1, wanted["seed"])


@pytest.mark.parametrize(
    "text", ["<@" * 20_000, f"<@{'a' * 40_000}", "--no x, " * 990, "— “ " * 1_990, "--no '" * 1_300]
)
def test_hostile_text_is_read_in_a_blink(text: str) -> None:
    began = time.process_time()
    assert outcome(text)[0] is None
    assert time.process_time() - began < 1


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
    wish = read(f'a cat {mark} --no "{mark} x"')
    caption = words.answer.caption("U0MIRA", wish.prompt, ["riobugger", words.answer.without(wish.negative)])
    assert re.findall(r"<[^>]*>", caption) == ["<@U0MIRA>"]
