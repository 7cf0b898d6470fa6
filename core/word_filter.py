"""The team's word filter: a file of patterns, and what is not painted because of them.

A line is a regular expression, looked for anywhere and whatever the capitals, with a reason behind ` # ` if one is
wanted. Python's expressions can take for ever on a text that nearly fits. No rule tells beforehand which do, so every
search is given so much processor time and no more; the start of the bot tries each pattern on texts made for it.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core import words
from core.bounded import TookTooLongError, within
from core.grammar import GrammarError, Learn

SECONDS = 0.1
"""Processor time that a prompt's check may take in all, in seconds."""
PROBE_SECONDS = 0.05
"""Processor time that one pattern may take for all its probes, in seconds."""
PROBE_LENGTH = 400
"""Characters of a probe: as long as a prompt may be."""
_REASON = re.compile(r"\s#(?:\s|$)")
_LITERAL = re.compile(r"[^\W_]")


class UnwantedError(GrammarError):
    """What was typed is understood, and not wanted here."""


@dataclass(frozen=True)
class Pattern:
    """One line of the file."""

    expression: re.Pattern[str]
    reason: str


@dataclass(frozen=True)
class WordFilter:
    """All patterns; none: everything is let through."""

    patterns: tuple[Pattern, ...] = ()

    def check_prompt(self, prompt: str) -> None:
        """Let a prompt through.

        Raises:
            UnwantedError: with the reason, when a pattern is found in it.
        """
        reason = self._reason(prompt)
        if reason:
            raise UnwantedError(words.limits.not_painted(reason))

    def check_subject(self, learn: Learn) -> None:
        """Let a subject's name and what it is through.

        Raises:
            UnwantedError: as above; `field` says which of them it is.
        """
        for name, said in (("subject", learn.subject), ("noun", learn.noun)):
            reason = self._reason(said)
            if reason:
                raise UnwantedError(words.limits.not_learnt(reason), name)

    def _reason(self, text: str) -> str:
        """Say why a text is not let through; empty: it is."""
        if not self.patterns:
            return ""
        try:
            with within(SECONDS):
                seen = _normal(text)
                return next((one.reason for one in self.patterns if one.expression.search(seen)), "")
        except TookTooLongError:
            raise UnwantedError(words.limits.UNCHECKED) from None


EVERYTHING = WordFilter()
"""The filter that lets everything through."""


def _normal(text: str) -> str:
    """Write letters that only look different in one way: full width, ligatures, accents of their own."""
    return unicodedata.normalize("NFKC", text)


def read(path: str) -> WordFilter:
    """Read the file; without a path there is no filter.

    Raises:
        ValueError: with every line that is wrong, or why the file cannot be read; completes 'must be …'.
    """
    if not path:
        return EVERYTHING
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"a text file (UTF-8) that I can read: {type(error).__name__}") from None
    patterns, faults = list[Pattern](), list[str]()
    for number, line in enumerate(lines, 1):
        try:
            patterns.extend(_patterns(line))
        except ValueError as fault:
            faults.append(f"line {number} {fault}")
    if faults:
        raise ValueError(f"a file of patterns: {'; '.join(faults)}")
    return WordFilter(tuple(patterns))


def _patterns(line: str) -> Iterator[Pattern]:
    """Give a line's pattern; blank lines and those that begin with # have none."""
    line = line.strip()
    if not line or line.startswith("#"):
        return
    written, *reason = _REASON.split(line, maxsplit=1)
    try:
        expression = re.compile(unicodedata.normalize("NFC", written.rstrip()), re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression ({error})") from None
    if expression.search(""):
        raise ValueError("is found in every text, the empty one included")
    _probe(expression)
    said = reason[0].strip().rstrip(".") if reason else ""
    yield Pattern(expression, said or words.limits.NO_REASON)


def _probe(expression: re.Pattern[str]) -> None:
    """Try a pattern on long texts of its own letters, alone and in pairs, that end in something else."""
    letters = "".join(dict.fromkeys(_LITERAL.findall(expression.pattern.lower())))[:12] + " a1"
    pairs = [one + other for one, other in itertools.pairwise(letters)]
    try:
        with within(PROBE_SECONDS):
            for repeated in [*letters, *pairs]:
                text = (repeated * PROBE_LENGTH)[: PROBE_LENGTH - 1]
                expression.search(f"{text}\x00")
    except TookTooLongError:
        raise ValueError("takes too long on some texts; repeat nothing that is itself a repetition") from None
