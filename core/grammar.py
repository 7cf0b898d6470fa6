"""What people type: `/train SUBJECT NOUN`, `@Darkroom learn … the …`; for `/imagine` see `core/imagine_grammar.py`."""

import re
from dataclasses import dataclass, replace

from core import words

SUBJECT_MOST = 30

_SLACK_MARK = re.compile(r"<(?:[@#!]|(?:https?|mailto|tel):)[^<>|]*+\|?+([^<>]*+)>")
"""Nothing in it is gone back on, so 40 kB of opened marks are read as fast as any text."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


class GrammarError(Exception):
    """What was typed cannot be understood; the text is a sentence for the person who typed it.

    `field` names the part that is at fault, where there are several.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


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
