"""Changes drawn at random do in Redis what they do in Python: all of it or nothing, and wake whom they should."""

import asyncio
import itertools
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.change import Change
from core.records import HOMES, Message, Model, Record, Run
from core.store import Store
from tests.core.change_in_python import SHARE, Team
from tests.support.records import TEAM, a_message, a_model, a_run
from tests.support.wakes import FakeWaker, quiet_store

_NUMBERS = itertools.count(1)
STATES = {"run": ["collecting", "queued", "training"], "model": ["asleep", "deploying"], "message": ["pending", "sent"]}
MAKERS = {"run": a_run, "model": a_model, "message": a_message}
times = st.sampled_from([None, 1_798_761_600.5, 1_798_761_660.25])
scores = st.sampled_from([1.0, 2.5, 1_798_761_600.123])
identities = st.sampled_from(["a", "b"])
indexes = st.sampled_from(["line:a", "used"])
lags = st.sampled_from([0, 0, 0, 1])
"""How many versions behind a writer is that has read too early."""


@st.composite
def records(draw: st.DrawFn) -> Record:
    make = draw(st.sampled_from([a_run, a_model, a_message]))
    identity = HOMES if make is a_message else draw(identities)
    changes: dict[str, Any] = {"id": identity, "due": draw(times), "tries": draw(st.integers(0, 3))}
    plain: Record = make(**changes)
    return make(**changes, state=draw(st.sampled_from(STATES[plain.kind])))


operations = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["put", "claim"]), st.tuples(records()), lags),
        st.tuples(st.sampled_from(["put", "forget"]), st.tuples(records()), lags),
        st.tuples(st.just("once"), st.tuples(records()), st.just(0)),
        st.tuples(st.just("renew"), st.tuples(records(), scores), lags),
        st.tuples(st.sampled_from(["touch", "redraw"]), st.tuples(records(), scores), st.just(0)),
        st.tuples(st.just("require"), st.tuples(records(), st.sampled_from(["queued", "asleep"])), st.just(0)),
        st.tuples(st.just("require_there"), st.tuples(records()), st.just(0)),
        st.tuples(st.just("require_named"), st.tuples(identities, st.sampled_from(["x", "y"])), st.just(0)),
        st.tuples(st.just("require_empty"), st.tuples(indexes), st.just(0)),
        st.tuples(st.just("require_fewer"), st.tuples(indexes, st.sampled_from([1, 2]), scores), st.just(0)),
        st.tuples(st.just("require_least"), st.tuples(indexes, st.sampled_from([1, 2])), st.just(0)),
        st.tuples(
            st.just("require_within"),
            st.tuples(identities, st.sampled_from([0.25, 1.5]), st.sampled_from([0.0, 1.5, 2.0])),
            st.just(0),
        ),
        st.tuples(st.just("unname"), st.tuples(identities), st.just(0)),
        st.tuples(st.just("add"), st.tuples(identities, st.sampled_from([0.25, 1.5])), st.just(0)),
        st.tuples(st.just("blend"), st.tuples(identities, st.sampled_from([0.5, 3.0])), st.just(0)),
        st.tuples(st.just("look"), st.tuples(indexes, st.sampled_from([0, 1])), st.just(0)),
        st.tuples(st.just("index"), st.tuples(indexes, identities, scores), st.just(0)),
        st.tuples(st.just("unindex"), st.tuples(indexes, identities), st.just(0)),
        st.tuples(st.just("trim"), st.tuples(indexes, scores), st.just(0)),
        st.tuples(st.just("trim_aged"), st.tuples(indexes, st.sampled_from([60, 10_000_000_000]), scores), st.just(0)),
        st.tuples(st.just("name"), st.tuples(identities, st.sampled_from(["x", "y"])), st.just(0)),
        st.tuples(st.just("link"), st.tuples(identities, st.sampled_from(["x", "y"])), st.just(0)),
    ),
    min_size=1,
    max_size=4,
)


def add(change: Change, name: str, arguments: Any) -> None:  # noqa: ANN401 - each operation has arguments of its own
    """Put an operation into a change, in the change's own words."""
    if name in {"touch", "redraw"}:
        record: Record = arguments[0]
        getattr(change, name)(type(record), record.id, arguments[1])
    elif name == "require":
        change.require(arguments[0], state=arguments[1])
    elif name in {"name", "unname", "require_named"}:
        getattr(change, name)("catalogue", *arguments)
    elif name == "require_within":
        change.require_within("spend", *arguments)
    elif name == "add":
        change.add("spend", arguments[0], arguments[1], 600)
    elif name == "blend":
        change.blend("paces", arguments[0], arguments[1], SHARE, 600)
    elif name == "link":
        change.link(f"thread:{arguments[0]}", arguments[1], 600)
    else:
        getattr(change, name)(*arguments)


class Machine(RuleBasedStateMachine):
    """One team in Redis and one in Python."""

    redis_url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.waker = FakeWaker()
        self.python = Team()
        self.deployment = f"machine{next(_NUMBERS)}"
        self.redis, self.store = self.runner.run(self._connect())

    async def _connect(self) -> tuple[Any, Store]:
        return quiet_store(self.redis_url, self.deployment, self.waker)

    def teardown(self) -> None:
        self.runner.run(self.redis.aclose())
        self.runner.close()

    @rule(drawn=operations)
    def commit(self, drawn: list[tuple[str, Any, int]]) -> None:
        change, told = Change(TEAM), list[tuple[str, Any]]()
        for name, arguments, lag in drawn:
            read = self._as_read(arguments, lag)
            if name != "renew" or read[0].version:
                told.append((name, read))
                add(change, name, read)
        assert self.runner.run(self.store.commit(change)) == self.python.commit(told)
        assert change.seen == self.python.seen
        assert self.waker.take() == [(TEAM, *wake) for wake in self.python.wakes]

    def _as_read(self, arguments: Any, lag: int) -> Any:  # noqa: ANN401 - each operation has arguments of its own
        """Give a record the version at which a writer has read it, perhaps a while ago."""
        first, *rest = arguments
        if not isinstance(first, Record):
            return arguments
        version = max(0, self.python.version(first.member) - lag)
        changes: dict[str, Any] = {"id": first.id, "state": first.state, "due": first.due, "tries": first.tries}
        return (MAKERS[first.kind](**changes, version=version), *rest)

    @invariant()
    def both_hold_the_same(self) -> None:
        self.runner.run(self._compare())

    async def _compare(self) -> None:
        for kind, identity in [*itertools.product((Run, Model), ("a", "b")), (Message, HOMES)]:
            stands, row = await self.store.get(kind, TEAM, identity), self.python.rows.get(f"{kind.kind}:{identity}")
            assert (stands is None) == (row is None)
            if stands and row:
                assert (stands.version, stands.state, stands.due, stands.tries) == (
                    row.version,
                    row.state,
                    row.due,
                    row.tries,
                )
                assert stands.body() == row.record.body()
        assert dict(await self.store.overdue(TEAM, float("inf"))) == self.python.due
        for index in ("line:a", "used"):
            held = self.python.indexes[index]
            assert {m: await self.store.score(TEAM, index, m) for m in await self.store.members(TEAM, index)} == held
        assert await self.store.table(TEAM, "catalogue") == self.python.table
        sums = await self.store.table(TEAM, "spend")
        assert {member: float(amount) for member, amount in sums.items()} == self.python.sums
        averages = await self.store.table(TEAM, "paces")
        assert {member: float(value) for member, value in averages.items()} == self.python.averages
        links = {key: await self.store.linked(TEAM, f"thread:{key}") for key in ("a", "b")}
        assert {key: value for key, value in links.items() if value} == self.python.links


def test_changes_do_in_redis_what_they_do_in_python(redis_url: str) -> None:
    class Here(Machine):
        pass

    Here.redis_url = redis_url
    quick = settings(
        max_examples=20, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Here, settings=quick)  # pyright: ignore[reportUnknownMemberType]
