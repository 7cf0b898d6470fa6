"""The list behind `/darkroom audit`: one line for each deed, the newest first."""

from collections.abc import Sequence

from core import words
from core.audit import Dated
from core.cards.blocks import SECTION_MOST, Block, context, header, section

SHOWN_MOST = 20


def audit_card(found: Sequence[Dated]) -> list[Block]:
    """Draw the newest of them, as many as there is room for, and say how many more there are."""
    lines = _fitting([_line(dated) for dated in found[:SHOWN_MOST]])
    said = [section("\n".join(lines)), context(words.audit.shown(len(lines), len(found)))]
    return [header(words.audit.TITLE), *(said if lines else [section(words.audit.NOTHING)])]


def _line(dated: Dated) -> str:
    at, entry = dated
    return words.audit.line(at, entry.who, entry.what, entry.about, entry.channel, entry.detail)


def _fitting(lines: Sequence[str]) -> list[str]:
    """Leave out the last that have no room in one paragraph; a single one is cut."""
    kept: list[str] = []
    for line in lines:
        if kept and sum(map(len, kept)) + len(kept) + len(line) > SECTION_MOST:
            break
        kept.append(line)
    return kept
