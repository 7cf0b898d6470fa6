"""What stands behind `/darkroom costs`: a month, and a model, a channel or a person; or `csv` and a month. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from core import holds, months, words
from core.grammar import GrammarError, plain

Scope = Literal["", "model", "channel", "person"]

_MONTH = r"this month|last month|[0-9]{4}-[0-9]{2}"
_IN_FRONT = re.compile(rf"(?P<month>{_MONTH})(?: (?P<what>.+))?", re.IGNORECASE)
_BEHIND = re.compile(rf"(?P<what>.+?) (?P<month>{_MONTH})", re.IGNORECASE)
_CHANNEL = re.compile(r"<#([CDG][A-Z0-9]+)(?:\|[^<>]*)?>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_HERE, _ME, _CSV = {"channel", "here"}, {"me"}, "csv"


@dataclass(frozen=True)
class Wanted:
    """Whose costs, of which month (2026-10). `named`: a model's name as it was typed, or Slack's id; empty: all."""

    month: str
    scope: Scope = ""
    named: str = ""
    csv: bool = False


def read(text: str, channel: str, user: str, now: float) -> Wanted:
    """Read `last month`, `riobugger`, `<#C0PETS>`, `channel`, `<@U0MIRA> 2026-10`, `csv 2026-10` or nothing.

    `channel` and `user`: where and by whom it was typed.

    Raises:
        GrammarError: when a month is none, or not on the books; when Slack does not say who or where is meant.
    """
    first, _, rest = " ".join(text.split()).partition(" ")
    csv = first.lower() == _CSV
    month, what = _month(rest if csv else f"{first} {rest}".strip(), now)
    if csv and what:
        raise GrammarError(words.costs.CSV_TAKES)
    scope, named = _scope(what, channel, user)
    return Wanted(month, scope, named, csv)


def _month(text: str, now: float) -> tuple[str, str]:
    """Give the month, and what else was typed."""
    found = _IN_FRONT.fullmatch(text) or _BEHIND.fullmatch(text)
    said, what = (found["month"].lower(), found["what"] or "") if found else ("this month", text)
    this = months.month_of(now)
    month = {"this month": this, "last month": before(this)}.get(said, said)
    try:
        begins = months.named(month).timestamp()
    except ValueError:
        raise GrammarError(words.costs.no_month(month)) from None
    if begins > now:
        raise GrammarError(words.costs.not_begun(begins))
    if begins < now - holds.KEPT_SECONDS:
        raise GrammarError(words.costs.not_kept(begins))
    return month, what


def before(month: str) -> str:
    """Name the month before."""
    return months.month_of(months.named(month).timestamp() - 1)


def _scope(what: str, channel: str, user: str) -> tuple[Scope, str]:
    if found := _CHANNEL.fullmatch(what):
        return "channel", found[1]
    if found := _PERSON.fullmatch(what):
        return "person", found[1]
    name = plain(what)
    if name.startswith(("#", "@")):
        raise GrammarError(words.costs.MARK_UNKNOWN)
    if name.lower() in _HERE:
        return "channel", channel
    if name.lower() in _ME:
        return "person", user
    return ("model", name) if name else ("", "")
