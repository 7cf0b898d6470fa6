"""The word filter: what its file may say, what it lets through, and that no pattern keeps the bot waiting."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core import words
from core.bounded import TookTooLongError, within
from core.grammar import GrammarError, Learn
from core.word_filter import EVERYTHING, PROBE_LENGTH, SECONDS, Pattern, WordFilter, read

Written = Callable[[str], str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> str:
        path = tmp_path / "words.txt"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def refusal(told: WordFilter, prompt: str) -> str:
    """Give why a prompt is not let through; empty: it is."""
    try:
        told.check_prompt(prompt)
    except GrammarError as fault:
        return str(fault)
    return ""


def test_lines_are_patterns_with_a_reason_and_comments_are_none(written: Written) -> None:
    told = read(written("\ufeff# people\n\n  \\bboss(es)?\\b # we do not paint colleagues.\n#x\nc#|gore\n"))
    assert [(one.expression.pattern, one.reason) for one in told.patterns] == [
        (r"\bboss(es)?\b", "we do not paint colleagues"),
        ("c#|gore", words.limits.NO_REASON),
    ]


@pytest.mark.parametrize(
    ("prompt", "found"),
    [
        ("my BOSSES on the beach", True),
        ("an emboss of riobugger", False),
        ("ｍｙ　ｂｏｓｓ", True),
        ("a főnök", True),
        ("a fo\u030bno\u0308k", True),
        ("a photo of riobugger cat", False),
    ],
)
def test_words_are_found_whatever_their_capitals_and_shapes(written: Written, prompt: str, *, found: bool) -> None:
    told = read(written("\\bboss(es)?\\b # no colleagues\nfőnök # no colleagues"))
    assert refusal(told, prompt) == (words.limits.not_painted("no colleagues") if found else "")


def test_without_a_file_everything_is_let_through() -> None:
    assert read("") is EVERYTHING
    assert refusal(EVERYTHING, "anything") == ""


def test_reason_pings_nobody(written: Written) -> None:
    assert "&lt;!here&gt;" in refusal(read(written("boss # ask <!here>")), "boss")


@pytest.mark.parametrize(("learn", "field"), [(Learn("boss", "cat"), "subject"), (Learn("rio", "boss"), "noun")])
def test_name_that_is_not_learnt_is_told_under_its_field(written: Written, learn: Learn, field: str) -> None:
    with pytest.raises(GrammarError) as caught:
        read(written("boss # no colleagues")).check_subject(learn)
    assert (str(caught.value), caught.value.field) == (words.limits.not_learnt("no colleagues"), field)


def test_every_faulty_line_is_named_at_once(written: Written) -> None:
    with pytest.raises(ValueError, match="line 1 is no regular expression") as caught:
        read(written("(gore\nfine\nx* # finds everything\n(a+)+$\n" + "(" * 5_000 + ")" * 5_000))
    assert "line 3 is found in every text" in str(caught.value)
    assert "line 4 takes too long" in str(caught.value)
    assert "line 5 is no regular expression" in str(caught.value)
    assert "line 2" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_file_that_cannot_be_read_is_a_fault(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "words.txt"
    if content:
        path.write_bytes(content)
    with pytest.raises(ValueError, match="a text file"):
        read(str(path))


@pytest.mark.parametrize("slow", ["(a+)+$", "(a|a)*b", "(x+x+)+y", r"(\w+\s?)+!", "(.*a){12}b", r"^(([a-z])+.)+[A-Z]$"])
def test_pattern_that_can_take_for_ever_is_refused_at_the_start(written: Written, slow: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="line 1 takes too long"):
        read(written(slow))
    assert time.process_time() - began < 1


def test_pattern_that_no_probe_found_out_ends_in_time_and_lets_nothing_through(written: Written) -> None:
    good = read(written("boss"))

    told = WordFilter((*good.patterns, Pattern(re.compile("(q+)+r"), "slow")))
    began = time.process_time()
    assert refusal(told, "q" * PROBE_LENGTH) == words.limits.UNCHECKED
    assert time.process_time() - began < 5 * SECONDS


def test_thousand_ordinary_patterns_are_quick(written: Written) -> None:
    told = read(written("\n".join(rf"\bword{k}s?\b" for k in range(1_000))))
    began = time.process_time()
    assert refusal(told, "a photo of riobugger cat " * 16) == ""
    assert time.process_time() - began < SECONDS


def test_time_is_that_of_the_processor_and_what_ends_in_time_is_left_alone() -> None:
    with within(0.05):
        time.sleep(0.1)
    with pytest.raises(TookTooLongError), within(0.05):
        re.search("(q+)+r", "q" * PROBE_LENGTH)


def test_example_in_the_documents_is_sound() -> None:
    told = read(str(Path(__file__).parents[2] / "docs" / "word-filter.txt"))
    assert refusal(told, "riobugger, Naked") == words.limits.not_painted("this is a workplace")
    assert refusal(told, "a photo of riobugger cat on the beach") == ""
