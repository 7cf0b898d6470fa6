"""The record of what Slack shall show: one entry of the outbox."""

from dataclasses import dataclass
from typing import Any, ClassVar

from core import names
from core.records.record import Record

HOMES = "homes"
"""The id of the one message of a team that has every App Home drawn anew which somebody looks at."""


@dataclass(frozen=True, kw_only=True)
class Message(Record):
    """One entry of the outbox: something that Slack shows, brought up to date until it is as it should be."""

    kind: ClassVar[str] = "message"
    ttl: ClassVar[int] = 90 * names.DAY

    call: str
    """post, ephemeral, react, view (posted once, then updated in place), home (published), homes (all that are looked
    at are drawn anew); erase or amend another entry's."""
    channel: str = ""
    thread_ts: str = ""
    ts: str = ""
    """Slack's name of the message, once it has been sent; of a home: a digest of what it shows."""
    user: str = ""
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    name: str = ""
    """An emoji's name, for react."""
    ref: str = ""
    """The record that a view is drawn from; the entry that is erased or amended."""
    alert: str = ""
    """What the admins are told of by it; empty: it is no alert."""
    since: float = 0
    """When the message was written: a search for its first try need not look further back. Of a home: since when Slack
    has shown nothing."""
