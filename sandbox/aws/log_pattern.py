"""CloudWatch's filter patterns for plain text."""

import re
from dataclasses import dataclass

_TERM = re.compile(r'\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\w+))(?=\s|$)')


@dataclass(frozen=True)
class Pattern:
    """Parts of a message, by letter and case: all `needed`, none `unwanted`, and one of `either` if none is needed."""

    needed: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    def fits(self, message: str) -> bool:
        """Whether a message is found by it."""
        if any(part in message for part in self.unwanted):
            return False
        if self.needed or not self.either:
            return all(part in message for part in self.needed)
        return any(part in message for part in self.either)


def parse(source: str) -> Pattern:
    """Read `word "a phrase" -without ?either ?or`.

    Raises:
        ValueError: a term with other signs than letters, digits and _ that is not quoted, or a pattern for JSON or
            columns, which the sandbox does not play.
    """
    found: dict[str, list[str]] = {"": [], "-": [], "?": []}
    at = 0
    rest = source.strip()
    while at < len(rest):
        term = _TERM.match(rest, at)
        if term is None:
            raise ValueError(f"Invalid filter pattern: {source}")
        found[term[1]].append(term[3] or re.sub(r"\\(.)", r"\1", term[2]))
        at = term.end()
    return Pattern(tuple(found[""]), tuple(found["-"]), tuple(found["?"]))
