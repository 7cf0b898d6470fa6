"""Who did what: one entry for each deed that costs or changes something, written with the deed and never changed.

An entry is a member of one index by its time. It is part of the deed's own change: there is neither without the other.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from core import names
from core.change import Change
from core.records import Model, Run
from core.store import Store

AUDIT = "audit"
"""The index of a team's entries, each as JSON, by when it was done in Unix seconds."""
KEPT_SECONDS = 400 * names.DAY
"""How long an entry is kept: a year, and the month in which it is looked at."""
LOOKED_AT_MOST = 5_000
"""The latest entries that are looked through for what somebody asks."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One deed: `who` (a person's id) did `what` (a name in `words.audit.DEEDS`), where, to a model or run.

    `about` is its name as it was then, `about_id` its record's id; `detail` a few words that are ready for Slack; `id`
    tells it from every other deed.
    """

    who: str
    what: str
    about: str = ""
    about_id: str = ""
    channel: str = ""
    detail: str = ""
    id: str = ""


Dated = tuple[float, Entry]
"""An entry and when it was done, in Unix seconds."""


def note(
    change: Change,
    now: float,
    who: str,
    what: str,
    about: Model | Run | None = None,
    detail: str = "",
    channel: str = "",
) -> Change:
    """Add to a change, behind what it writes, that somebody does this; where no `channel` is given, it is the record's.

    What stands in `detail` is shown as it is: what people have typed is escaped in it. A deed is known by the
    records that its change writes: the same one twice is one entry.
    """
    about_id, title = _named(about)
    entry = Entry(
        who=who,
        what=what,
        about=title,
        about_id=about_id,
        channel=channel or (about.channel if about else ""),
        detail=detail,
        id=names.record_id("audit", what, about_id, _deed(change, now)),
    )
    change.trim_aged(AUDIT, KEPT_SECONDS, now)
    return change.index(AUDIT, json.dumps(asdict(entry)), now, KEPT_SECONDS)


def _named(about: Model | Run | None) -> tuple[str, str]:
    if isinstance(about, Model):
        return about.id, about.title
    return (about.id, about.subject) if about else ("", "")


def _deed(change: Change, now: float) -> str:
    """Tell a deed from others: a record is changed once at each version, and written down once by its name.

    The second tells those apart that change a record anew after it was deleted.
    """
    changed = [f"{one['member']}:{one['version']}" for one in change.operations if one["op"] == "put"]
    once = [str(one["member"]) for one in change.operations if one["op"] == "once"]
    return " ".join(once if once and not changed else [*changed, str(int(now))])


@dataclass(frozen=True)
class Asked:
    """What entries somebody wants to see: of a model by its name, of a person, since a moment; empty: all."""

    model: str = ""
    ids: frozenset[str] = frozenset()
    """The models that have this name now: they may have had another."""
    person: str = ""
    since: float = 0

    def wants(self, dated: Dated) -> bool:
        """Tell whether an entry is one of them."""
        at, entry = dated
        of_model = not self.model or entry.about.lower() == self.model.lower() or entry.about_id in self.ids
        return at >= self.since and of_model and self.person in {"", entry.who}


async def read(store: Store, team: str, asked: Asked) -> list[Dated]:
    """Give the entries that somebody wants to see, the newest first."""
    found = await store.highest(team, AUDIT, LOOKED_AT_MOST)
    return [dated for dated in _entries(found) if asked.wants(dated)]


def _entries(found: Iterable[tuple[str, float]]) -> Iterable[Dated]:
    for member, at in found:
        told: Mapping[str, str] = json.loads(member)
        yield at, Entry(**{name: text for name, text in told.items() if name in Entry.__dataclass_fields__})
