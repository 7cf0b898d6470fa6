"""The records of what a team chooses from and has chosen: ready-made models, its own rules, pictures to take along."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from core import names
from core.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Shelf(Record):
    """What JumpStart has ready-made, as AWS said last; one for each team."""

    kind: ClassVar[str] = "shelf"
    ttl: ClassVar[int] = 90 * names.DAY

    models: tuple[dict[str, Any], ...] = ()
    """Each as `core.shelf.Offer` has it; what its machines cost is looked up when it is shown."""
    fault: str = ""
    """Why there is no list, or none that is newer, in words; empty when there is one."""
    checked_at: float = 0


@dataclass(frozen=True, kw_only=True)
class Rules(Record):
    """What a team's admins have set in the App Home; one for each team, kept as long as the team is."""

    kind: ClassVar[str] = "rules"
    ttl: ClassVar[int] = 0

    limits: dict[str, int] = field(default_factory=dict[str, int])
    """By the name of the limit; what is not in it is as the settings say."""
    budgets: dict[str, float] = field(default_factory=dict[str, float])
    """Dollars a month, 0: no budget; by `workspace`, `channel` and `person` (each), `channel:C…` and `person:U…`."""
    at_budget: str = ""
    """What becomes of endpoints whose budget is used up: finish or sleep; empty: as the settings say."""
    hours: dict[str, str] = field(default_factory=dict[str, str])
    """Working hours by channel, as `core.hours` reads them."""
    changed_by: str = ""
    changed_at: float = 0

    @property
    def at_home(self) -> bool:
        """Admins see them there, with the button that changes them."""
        return True


@dataclass(frozen=True, kw_only=True)
class Export(Record):
    """Somebody's wish to take a model's pictures along, as one zip."""

    kind: ClassVar[str] = "export"
    ttl: ClassVar[int] = 7 * names.DAY

    user: str
    channel: str
    thread_ts: str = ""
    model: str
    file: str = ""
    """Slack's id of the zip once it is uploaded; only the sharing is left then."""
    said: str = ""
    """The words that go with the zip."""
    reason: str = ""
