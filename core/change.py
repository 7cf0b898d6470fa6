"""A change of a team's records: conditions and writes that are carried out together or not at all."""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from core.records import HOMES, Message, Record


@dataclass
class Change:
    """Collects what one change wants; `Store.commit` carries it out in one Lua script."""

    team: str
    keys: list[str] = field(default_factory=lambda: ["due"])
    operations: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    seen: dict[str, list[tuple[str, float]]] = field(default_factory=dict[str, list[tuple[str, float]]])
    """What `look` saw, by index: (member, score), the lowest score first; filled when the change is carried out."""

    def put(self, *records: Record) -> Self:
        """Write records, if each still is the version it was read as; version 0: if there is none yet."""
        for record in records:
            self._write("put", record)
        return self

    def once(self, *records: Record) -> Self:
        """Write records that are not there yet, and leave those alone that are."""
        for record in records:
            self._write("once", record)
        return self

    def claim(self, record: Record) -> Self:
        """Write a record without waking anybody: whoever writes it goes on with it when it is due."""
        self._write("put", record, quiet=True)
        return self

    def renew(self, record: Record, due: float) -> Self:
        """Move the end of a claim, if the record still is the version that was claimed."""
        return self._add("renew", record.member, member=record.member, version=record.version, due=repr(due))

    def forget(self, *records: Record) -> Self:
        """Delete records, if each still is the version it was read as. What points at them goes with other writes."""
        for record in records:
            self._add("forget", record.member, member=record.member, version=record.version)
            self._tell_homes(record)
        return self

    def touch(self, kind: type[Record], identity: str, now: float) -> Self:
        """Have a worker look at a record now, whatever its version; what is under way on it loses its claim."""
        return self._touch(kind, identity, now, state="", gentle=False)

    def redraw(self, kind: type[Record], identity: str, now: float, state: str = "pending") -> Self:
        """Have what is shown brought up to date; a worker that is at it keeps its claim, and then looks again."""
        return self._touch(kind, identity, now, state=state, gentle=True)

    def _touch(self, kind: type[Record], identity: str, now: float, *, state: str, gentle: bool) -> Self:
        member = f"{kind.kind}:{identity}"
        return self._add("touch", member, member=member, due=repr(now), state=state, ttl=kind.ttl, gentle=gentle)

    def require(self, record: Record, **hash_fields: str) -> Self:
        """Go through only if a record's state (or another field of its hash) is this."""
        for name, value in hash_fields.items():
            self._add("is", record.member, field=name, value=value)
        return self

    def require_there(self, record: Record) -> Self:
        """Go through only if a record still is there, whatever its version."""
        return self._add("there", record.member)

    def require_named(self, table: str, member: str, value: str) -> Self:
        """Go through only if an entry of a table is this."""
        return self._add("is", table, field=member, value=value)

    def require_empty(self, index: str) -> Self:
        """Go through only if nothing stands in this index."""
        return self._add("empty", index)

    def require_fewer(self, index: str, most: int, since: float = 0.0) -> Self:
        """Go through only if fewer than this many members of a sorted index have a score from `since` on."""
        return self._add("fewer", index, most=most, since=repr(since))

    def require_within(self, table: str, member: str, amount: float, most: float) -> Self:
        """Go through only if one entry of a table, a sum, is not above this with so much more."""
        return self._add("within", table, member=member, amount=repr(amount), most=repr(most))

    def require_least(self, index: str, least: int) -> Self:
        """Go through only if at least this many members stand in a sorted index."""
        return self._add("least", index, least=least)

    def index(self, index: str, member: str, score: float, ttl: int = 0) -> Self:
        """Put a member into a sorted index; a score only ever grows."""
        return self._add("zadd", index, member=member, score=repr(score), ttl=ttl)

    def unindex(self, index: str, member: str) -> Self:
        """Take a member out of a sorted index."""
        return self._add("zrem", index, member=member)

    def trim(self, index: str, before: float) -> Self:
        """Take out of a sorted index what has a score before this one."""
        return self._add("trim", index, before=repr(before))

    def trim_aged(self, index: str, seconds: float, now: float) -> Self:
        """Take out of a sorted index by time what is older than so many seconds by `now` and by Redis's own clock.

        For what is kept for weeks: by one clock that has leapt ahead all of it would be too old.
        """
        return self._add("trim_aged", index, seconds=seconds, now=repr(now))

    def name(self, table: str, member: str, value: str, ttl: int = 0) -> Self:
        """Set one entry of a table."""
        return self._add("hset", table, member=member, value=value, ttl=ttl)

    def unname(self, table: str, member: str) -> Self:
        """Take one entry out of a table."""
        return self._add("hdel", table, member=member)

    def add(self, table: str, member: str, amount: float, ttl: int) -> Self:
        """Add an amount to one entry of a table, which is 0 until then."""
        return self._add("add", table, member=member, amount=repr(amount), ttl=ttl)

    def blend(self, table: str, member: str, value: float, share: float, ttl: int) -> Self:
        """Move one entry of a table towards a value by this share of the way; the first value is taken as it is."""
        return self._add("blend", table, member=member, value=value, share=share, ttl=ttl)

    def look(self, index: str, most: int = 0) -> Self:
        """See the first so many members (0: all) of a sorted index, as the change leaves it: afterwards in `seen`."""
        return self._add("look", index, most=most)

    def link(self, key: str, value: str, ttl: int) -> Self:
        """Set a key of its own, for `ttl` seconds."""
        return self._add("set", key, value=value, ttl=ttl)

    def index_of(self, place: int) -> str:
        """Name what the operation at this place (from 1) is about; a sum, which stands in a table, as `table:entry`."""
        operation = self.operations[place - 1]
        number: int = operation["key"]
        key = self.keys[number - 1]
        return f"{key}:{operation['member']}" if operation["op"] == "within" else key

    def saw(self, looked: list[Any]) -> None:
        """Take in what the script saw: for each look `[member, score, …]`, or `{}`, which is Lua's empty list."""
        indexes: list[str] = [self.keys[one["key"] - 1] for one in self.operations if one["op"] == "look"]
        for index, flat in zip(indexes, looked, strict=True):
            found = list(flat)
            self.seen[index] = [(found[k], float(found[k + 1])) for k in range(0, len(found), 2)]

    def to_json(self) -> str:
        """Give the operations as the script takes them."""
        return json.dumps(self.operations)

    def _write(self, operation: str, record: Record, *, quiet: bool = False) -> None:
        self._add(
            operation,
            record.member,
            member=record.member,
            version=record.version,
            state=record.state,
            body=record.body(),
            due="" if record.due is None else repr(record.due),
            tries=record.tries,
            ttl=record.ttl,
            quiet=quiet,
        )
        self._tell_homes(record)

    def _tell_homes(self, record: Record) -> None:
        """Have the App Homes drawn anew that show this record, if anybody looks at one: without, it costs a look.

        It stands here because whoever writes a run or a model must not have to think of it. It has no due time of its
        own: who carries it out keeps its pace, and what waits for that is not woken again.
        """
        if record.at_home and not any(operation.get("idle") for operation in self.operations):
            homes = f"{Message.kind}:{HOMES}"
            self._add("touch", homes, member=homes, due="0", state="pending", ttl=Message.ttl, gentle=True, idle=True)

    def _add(self, operation: str, key: str, **parts: Any) -> Self:
        if key not in self.keys:
            self.keys.append(key)
        self.operations.append({"op": operation, "key": self.keys.index(key) + 1, **parts})
        return self
