"""However use, wakes, crashes, sweeps and time are interleaved, no endpoint outlives its time or goes while in use.

`ENDPOINT_MACHINE_EXAMPLES=200` runs more of it.
"""

import asyncio
import itertools
import os
from collections.abc import Awaitable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.workers.endpoint_world import EndpointWorld
from workers import stateless, watching

EXAMPLES = int(os.environ.get("ENDPOINT_MACHINE_EXAMPLES", "4"))
STEPS = int(os.environ.get("ENDPOINT_MACHINE_STEPS", "10"))
_NUMBERS = itertools.count(1)
minutes = st.sampled_from([1, 4, 10, 41, 61])
"""Shorter than a wake, longer than the idle time, longer than Keep awake."""
crashes = st.one_of(st.none(), st.integers(0, 40))
"""After how many things outside itself a process dies; None: it lives."""


class Machine(RuleBasedStateMachine):
    """A model, and all that can happen to it."""

    redis_url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()

        async def made() -> EndpointWorld:
            return EndpointWorld(self.redis_url, f"endpoints{next(_NUMBERS)}")

        self.world = self.runner.run(made())
        self.run(self.world.begin())

    def run(self, act: Awaitable[object]) -> None:
        async def awaited() -> None:
            await act

        self.runner.run(awaited())

    def teardown(self) -> None:
        try:
            self.run(self.world.settle())
            assert self.world.faults == []
        finally:
            self.run(self.world.close())
            self.runner.close()

    @initialize()
    def comes_into_service(self) -> None:
        self.run(self.world.ask())
        self.run(self.world.work(300))

    @rule()
    def ask(self) -> None:
        self.run(self.world.ask())

    @rule()
    def wake(self) -> None:
        self.run(self.world.hand().wake("ready1"))

    @rule()
    def keep_awake(self) -> None:
        self.run(self.world.keep())

    @rule()
    def put_to_sleep(self) -> None:
        self.run(self.world.hand().put_to_sleep("ready1"))

    @rule(times=st.integers(1, 8))
    def others_call_it(self, times: int) -> None:
        for _ in range(times):
            self.run(self.world.work(1_800))
            self.world.others_call()

    @rule(minutes=minutes, crash=crashes, last_first=st.booleans())
    def work(self, minutes: int, crash: int | None, last_first: bool) -> None:  # noqa: FBT001 - Hypothesis' own way
        self.run(self.world.work(minutes * 60, crash, last_first=last_first))

    @rule(minutes=st.sampled_from([2, 30, 190, 1_500]))
    def nobody_works(self, minutes: int) -> None:
        self.world.clock.advance(minutes * 60)
        self.world.moves()

    @rule(crash=crashes)
    def sweep(self, crash: int | None) -> None:
        self.run(self.world.sweep(crash))

    @rule(crash=crashes)
    def sweep_stateless(self, crash: int | None) -> None:
        self.run(self.world.sweep_stateless(crash))

    @rule()
    def next_one_fails(self) -> None:
        self.world.to_fail = True

    @rule()
    def one_in_service_fails(self) -> None:
        for name in self.world.sagemaker.endpoints:
            if self.world.status(name) == "InService":
                self.world.sagemaker.fail_endpoint(name, "It has lost its machine.")

    @rule()
    def somebody_deletes_it(self) -> None:
        self.world.sagemaker.endpoints.clear()

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.world.faults == []


def test_no_endpoint_outlives_its_time_or_goes_while_in_use(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (watching, stateless):
        monkeypatch.setattr(module, "LIST_SECONDS", 0.0)

    class Here(Machine):
        pass

    Here.redis_url = redis_url
    often = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Here, settings=often)  # pyright: ignore[reportUnknownMemberType]
