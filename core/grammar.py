"""What people type: `/train SUBJECT NOUN`, `@Darkroom learn … the …`, `/imagine PROMPT [--n N] [--seed N]`."""

import re
from dataclasses import dataclass, replace

from core import words

PROMPT_MOST = 400
"""Stable Diffusion reads 77 tokens, about 300 characters; the rest would be cut off unseen."""
COUNT_MOST = 4
SEED_MOST = 2**32 - 1
SUBJECT_MOST = 30

_FLAG = re.compile(
    r"(?:(?:(?<=\s)|^)--|(?:--|[\u2012-\u2015])(?=(?i:n|seed)\b))(\w+)(?:[=\s]+([^\s\u2012-\u2015-]\S*))?"
)
"""A flag: two dashes behind a space and any word; the flags there are, also without the space or behind a long dash."""
_SLACK_MARK = re.compile(r"<(?:[@#!][^>|]*\|?|(?:https?|mailto|tel):[^>|]*\|?)([^>]*)>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class GrammarError(Exception):
    """What was typed cannot be understood; the text is a sentence for the person who typed it.

    `field` names the part that is at fault, where there are several.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Imagine:
    """A prompt with its flags: pictures 1 to 4, seed 0 to 2³²-1 (None: any)."""

    prompt: str
    count: int = 1
    seed: int | None = None


@dataclass(frozen=True)
class Learn:
    """A subject's name (one word, lower case, as it will stand in prompts) and what kind of thing it is.

    `parent` is the subject of the model to train on top of; empty for Stable Diffusion itself.
    """

    subject: str
    noun: str
    parent: str = ""


def plain(text: str) -> str:
    """Undo what Slack does to typed text: marks become their labels, entities their characters, spaces single."""
    text = _SLACK_MARK.sub(lambda mark: mark[1], text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(_CONTROL.sub(" ", text).split())


def imagine(text: str) -> Imagine:
    """Read a prompt and its flags, wherever the flags stand.

    Raises:
        GrammarError: on an empty or overlong prompt, an unknown flag, a flag without a number or out of range.
    """
    text = plain(text)
    numbers = {"n": 1, "seed": None} | dict(_flag(name, value) for name, value in _FLAG.findall(text))
    prompt = " ".join(_FLAG.sub(" ", text).split())
    if not prompt:
        raise GrammarError(words.asking.PROMPT_EMPTY)
    if len(prompt) > PROMPT_MOST:
        raise GrammarError(words.asking.prompt_too_long(len(prompt), PROMPT_MOST))
    return Imagine(prompt, numbers["n"] or 1, numbers["seed"])


_RANGES = {"n": (1, COUNT_MOST), "seed": (0, SEED_MOST)}


def _flag(name: str, value: str) -> tuple[str, int]:
    name = name.lower()
    if name not in _RANGES:
        raise GrammarError(words.asking.unknown_flag(name))
    least, most = _RANGES[name]
    if not re.fullmatch(r"[0-9]{1,10}", value) or not least <= int(value) <= most:
        raise GrammarError(words.asking.flag_range(name, least, most))
    return name, int(value)


def learn(text: str) -> Learn:
    """Read 'riobugger cat', 'riobugger the cat', 'riobugger, a black cat' or 'doppler dog on riobugger'.

    Raises:
        GrammarError: when the subject or the noun is missing, too long, or not plain letters and digits.
    """
    parts = plain(text).lower().replace(",", " ").split()
    subject, rest = (parts[0], parts[1:]) if parts else ("", [])
    noun = " ".join(rest[1:] if rest[:1] and rest[0] in {"the", "a", "an"} else rest)
    noun, _, parent = noun.partition(" on ")
    if parent.startswith("top of "):
        parent = parent.removeprefix("top of ")
    if not subject or not noun:
        raise GrammarError(words.asking.LEARN_HELP)
    return replace(named(subject, noun), parent=parent.strip())


def named(subject: str, noun: str) -> Learn:
    """Take a subject's name and its noun as they were typed into fields of their own.

    Raises:
        GrammarError: when one of them cannot stand in a prompt; `field` says which.
    """
    subject, noun = plain(subject).lower(), plain(noun).lower()
    if len(subject) > SUBJECT_MOST or not re.fullmatch(r"[^\W_]+(?:[-'][^\W_]+)*", subject):
        raise GrammarError(words.asking.subject_unusable(SUBJECT_MOST), "subject")
    if len(noun) > SUBJECT_MOST or not re.fullmatch(r"[^\W_]+(?:[ '-][^\W_]+)*", noun):
        raise GrammarError(words.asking.noun_unusable(SUBJECT_MOST), "noun")
    return Learn(subject, noun)


def mentions(subject: str, prompt: str) -> bool:
    """Tell whether a prompt names this subject, as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", prompt.lower()) is not None
