"""The records of what is painted to be compared: step sheets, forgetting checks; and of what AWS offers."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core import names
from core.records.record import Record

CHOOSING_DAYS = 60
"""How long a choice is waited for: what nobody wants is not stored for ever, and the records outlive it."""


@dataclass(frozen=True, kw_only=True)
class Comparison(Record):
    """A step sheet: one set trained at several step counts, the same prompts painted by each."""

    kind: ClassVar[str] = "comparison"
    ttl: ClassVar[int] = 90 * names.DAY

    run: str
    """The run whose set it compares."""
    user: str
    steps: tuple[int, ...]
    runs: tuple[str, ...] = ()
    """The runs in the order of their steps."""
    sheet: str = ""
    """Slack's id of the sheet."""
    kept: str = ""
    """The model that somebody chose."""


@dataclass(frozen=True, kw_only=True)
class Check(Record):
    """A model's fixed pictures, painted when it first came into service; beside its parent's, if it has one."""

    kind: ClassVar[str] = "check"
    ttl: ClassVar[int] = 90 * names.DAY

    model: str
    parent: str = ""
    sheet: str = ""
    """Slack's id of the sheet."""


@dataclass(frozen=True, kw_only=True)
class Outlook(Record):
    """What AWS said last about the machines that a training could run on; one for each team."""

    kind: ClassVar[str] = "outlook"
    ttl: ClassVar[int] = 90 * names.DAY

    machines: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """By instance type: `dollars` an hour (None: not known), `quota` (None: AWS did not say)."""
    dated: str = ""
    """The day of the rates, as 2026-11-23."""
    fault: str = ""
    """Why no training can be started at all, in words: a deprecated model, for example; empty when one can."""
    checked_at: float = 0
