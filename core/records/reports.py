"""The record of a file that somebody has asked for about what Darkroom has cost."""

from dataclasses import dataclass
from typing import Any, ClassVar

from core import names
from core.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Report(Record):
    """Somebody's wish for the chart of a month's costs, or for all lines of the ledger."""

    kind: ClassVar[str] = "report"
    ttl: ClassVar[int] = 7 * names.DAY

    user: str
    channel: str
    thread_ts: str = ""
    wanted: dict[str, Any]
    """What was asked for, as `core.costs_grammar.Wanted` has it."""
    alone: bool = False
    """Whether it comes to the asker alone, in their direct messages with the bot."""
    place: str = ""
    """Slack's id of these direct messages, once they have been told that it comes."""
    file: str = ""
    """Slack's id of the file once it is uploaded; only the sharing is left then."""
    name: str = ""
    """What the file is called."""
    said: str = ""
    """The words that go with it."""
    reason: str = ""
