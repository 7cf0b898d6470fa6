"""What a record is: the truth about one thing, changed only by compare-and-set."""

import json
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self, cast

from core import states

_IN_THE_HASH = ("team", "id", "state", "version", "due", "tries")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing's state.

    `version` counts its changes (0: not yet written); `due` is when a worker must look at it next, in Unix seconds
    (None: never); `tries` counts how often a worker has taken it up since it last got on.
    """

    kind: ClassVar[str]
    ttl: ClassVar[int]
    """How long it is kept after its last change, in seconds; 0: until its owner deletes it."""

    team: str
    id: str
    state: str
    version: int = 0
    due: float | None = None
    tries: int = 0

    @property
    def member(self) -> str:
        """Its name in indexes and wake-ups: `kind:id`."""
        return f"{self.kind}:{self.id}"

    @property
    def at_home(self) -> bool:
        """Whether the App Home shows it: whoever looks there sees each of its changes."""
        return False

    def to(self, state: str, **changes: Any) -> Self:
        """Give the record as it is after this change of state; it has got on, so its tries start again.

        Raises:
            IllegalChangeError: when its lifecycle has no such change.
        """
        states.check(self.kind, self.state, state)
        return replace(self, **({"state": state, "tries": 0} | changes))

    def body(self) -> str:
        """Write down what the store has no field of its own for, as JSON."""
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self) if f.name not in _IN_THE_HASH})

    @classmethod
    def read(cls, team: str, identity: str, stored: dict[str, str]) -> Self:
        """Read a record from its Redis hash; fields that only another version of the code knows are left out."""
        body = json.loads(stored["body"])
        known = {f.name for f in fields(cls)}
        return cls(
            team=team,
            id=identity,
            state=stored["state"],
            version=int(stored["version"]),
            due=float(stored["due"]) if stored["due"] else None,
            tries=int(stored["tries"]),
            **{name: _frozen(value) for name, value in body.items() if name in known},
        )


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
