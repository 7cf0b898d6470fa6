"""The bench of fairness tells a fair line from one that serves whoever came first."""

import pytest

from bench.fairness import IN_FLIGHT, PROMPTS, begun_before
from core.line import Ticket, turns


@pytest.mark.parametrize("in_flight", IN_FLIGHT)
def test_one_prompt_waits_for_one_round_at_most(in_flight: int) -> None:
    assert begun_before(turns, in_flight) <= in_flight


def test_first_come_first_served_lets_it_wait_for_all_of_them() -> None:
    def first_come(waiting: list[Ticket], _: dict[str, float]) -> list[Ticket]:
        return sorted(waiting, key=lambda one: one.since)

    assert begun_before(first_come, 1) == PROMPTS - 1  # pyright: ignore[reportArgumentType] - a list is what it is given
