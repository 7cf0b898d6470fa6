"""What a change does, told a second time in Python, for the script to be compared with."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from core.records import HOMES, Record

_OF_INDEXES = {"require_empty", "require_fewer", "require_least"}
SHARE = 0.25
"""How much a new value counts in a blend."""


@dataclass
class Row:
    """One record as it stands."""

    record: Record
    version: int
    state: str
    due: float | None
    tries: int


@dataclass
class Team:
    """Everything that a team has in Redis. `wakes` (member, version, due) and `seen` are the last change's."""

    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    due: dict[str, float] = field(default_factory=dict[str, float])
    indexes: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    table: dict[str, str] = field(default_factory=dict[str, str])
    sums: dict[str, float] = field(default_factory=dict[str, float])
    averages: dict[str, float] = field(default_factory=dict[str, float])
    seen: dict[str, list[tuple[str, float]]] = field(default_factory=dict[str, list[tuple[str, float]]])
    links: dict[str, str] = field(default_factory=dict[str, str])
    wakes: list[tuple[str, int, float]] = field(default_factory=list[tuple[str, int, float]])

    def version(self, member: str) -> int:
        """0: there is no such record."""
        return self.rows[member].version if member in self.rows else 0

    def commit(self, operations: list[tuple[str, Any]]) -> bool:
        """Carry (operation, arguments) out, all or none."""
        self.wakes, self.seen = [], {}
        if not all(self._holds(name, arguments) for name, arguments in operations):
            return False
        told = False
        # What a change looks at is as the whole of it leaves things.
        for name, arguments in sorted(operations, key=lambda operation: operation[0] == "look"):
            act = getattr(self, f"_{name}", None)
            if act:
                act(*arguments)
            if name in {"put", "claim", "once", "forget"} and arguments[0].at_home and not told:
                self._tell_homes()
                told = True
        return True

    def _holds(self, name: str, arguments: Any) -> bool:  # noqa: ANN401 - each operation has arguments of its own
        if name in {"put", "claim", "renew", "forget"}:
            return self.version(arguments[0].member) == arguments[0].version
        if name == "require":
            row = self.rows.get(arguments[0].member)
            return row is not None and row.state == arguments[1]
        if name == "require_there":
            return self.version(arguments[0].member) > 0
        if name == "require_named":
            member, value = arguments
            return self.table.get(member) == value
        if name == "require_within":
            member, amount, most = arguments
            return self.sums.get(member, 0.0) + amount <= most
        return self._index_holds(name, *arguments) if name in _OF_INDEXES else True

    def _index_holds(self, name: str, index: str, bound: int = 0, since: float = 0.0) -> bool:
        scores = self.indexes.get(index, {}).values()
        if name == "require_fewer":
            return sum(score >= since for score in scores) < bound
        return len(scores) >= bound if name == "require_least" else not scores

    def _put(self, record: Record, *, quiet: bool = False) -> None:
        self.rows[record.member] = Row(record, record.version + 1, record.state, record.due, record.tries)
        self._schedule(record.member, quiet=quiet)

    def _claim(self, record: Record) -> None:
        self._put(record, quiet=True)

    def _once(self, record: Record) -> None:
        if record.member not in self.rows:
            self._put(record)

    def _renew(self, record: Record, due: float) -> None:
        if record.member in self.rows:
            self.rows[record.member].due = due
            self._schedule(record.member, quiet=True)

    def _forget(self, record: Record) -> None:
        self.rows.pop(record.member, None)
        self.due.pop(record.member, None)

    def _touch(self, record: Record, now: float) -> None:
        row = self.rows.get(record.member)
        if row:
            row.version, row.due = row.version + 1, now
            self._schedule(record.member)

    def _redraw(self, record: Record, now: float) -> None:
        row = self.rows.get(record.member)
        if row:
            self._touch(record, row.due if row.tries > 0 and row.due is not None else now)
            row.state = "pending"

    def _tell_homes(self) -> None:
        row = self.rows.get(f"message:{HOMES}")
        if row and (row.due is None or row.tries):
            self._redraw(row.record, 0.0)

    def _schedule(self, member: str, *, quiet: bool = False) -> None:
        row = self.rows[member]
        if row.due is None:
            self.due.pop(member, None)
            return
        self.due[member] = row.due
        if not quiet:
            self.wakes.append((member, row.version, row.due))

    def _index(self, index: str, member: str, score: float) -> None:
        self.indexes[index][member] = max(score, self.indexes[index].get(member, score))

    def _unindex(self, index: str, member: str) -> None:
        self.indexes[index].pop(member, None)

    def _trim(self, index: str, before: float) -> None:
        self.indexes[index] = {member: score for member, score in self.indexes[index].items() if score >= before}

    def _trim_aged(self, index: str, seconds: float, now: float) -> None:
        self._trim(index, min(now, time.time()) - seconds)

    def _name(self, member: str, value: str) -> None:
        self.table[member] = value

    def _unname(self, member: str) -> None:
        self.table.pop(member, None)

    def _add(self, member: str, amount: float) -> None:
        self.sums[member] = self.sums.get(member, 0.0) + amount

    def _blend(self, member: str, value: float) -> None:
        known = self.averages.get(member, value)
        self.averages[member] = known + SHARE * (value - known)

    def _look(self, index: str, most: int) -> None:
        held = sorted(self.indexes[index].items(), key=lambda item: (item[1], item[0]))
        self.seen[index] = held[: most or None]

    def _link(self, key: str, value: str) -> None:
        self.links[key] = value
