"""What can go wrong outside, typed once: what to do about it, and the words for whoever can."""

from dataclasses import dataclass

from core import words


@dataclass
class Trouble(Exception):  # noqa: N818 - it is as often a wait as an error
    """An outside call did not do what was wanted.

    `reason` is for people. `code` is the other side's own. It is tried again `tries` times in all (0: never), after
    `after` seconds if the other side named a time, else after waits that double.
    """

    reason: str
    code: str = ""
    tries: int = 0
    after: float | None = None
    said: tuple[str, ...] = ()
    """What the other side said about single parts of what it was sent."""

    def __str__(self) -> str:
        """Give what a log needs."""
        return f"{self.code}: {self.reason}" if self.code else self.reason


PATIENT = 60
"""Tries while the other side is out of reach: at waits that double up to a minute, nearly an hour."""
SOME = 5
"""Tries where the fault may be ours as well."""


def unreachable(reason: str, code: str) -> Trouble:
    """The other side did not answer; nothing is known to be wrong with what was asked."""
    return Trouble(reason, code, tries=PATIENT)


def throttled(reason: str, code: str, after: float | None) -> Trouble:
    """The other side asked for patience."""
    return Trouble(reason, code, tries=PATIENT, after=after)


def wait(tries: int, first: float) -> float:
    """How long to wait after this many tries, in seconds: doubling from `first`, a minute at most."""
    return min(60.0, first * 2 ** min(tries - 1, 10))


def photo(reason: str, code: str) -> Trouble:
    """A file that is left out of the set for a reason."""
    return Trouble(reason, code)


def gone(what: str) -> Trouble:
    """A record that another one needs is not there any more."""
    return Trouble(words.trouble.unexpected(what), "gone")
