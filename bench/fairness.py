"""How long somebody with one prompt waits behind somebody with fifty: in pictures, beside first come, first served."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bench.figures import Bar, Row
from core.line import Ticket, turns

BUSY, ALONE = "U0BUSY", "U0ALONE"
PROMPTS = 50
IN_FLIGHT = (1, 2, 4)
"""Prompts that the endpoint has at once."""
ROUND = Bar(1.0, unit=" rounds")
Order = Callable[[Sequence[Ticket], dict[str, float]], list[Ticket]]


async def fairness(_data: Path) -> list[Row]:
    """Count the pictures that are begun between the one prompt and its turn, for each number in flight."""
    return [_row(in_flight) for in_flight in IN_FLIGHT]


def _row(in_flight: int) -> Row:
    ours, beside = (begun_before(order, in_flight) for order in (turns, _first_come))
    rounds = ours / in_flight
    what = f"1 prompt behind {PROMPTS} of somebody else, {in_flight} in flight"
    return Row(
        what, f"{ours} begun first, {rounds:.1f} rounds", f"first come: {beside} begun first", rounds, None, ROUND
    )


def _first_come(waiting: Sequence[Ticket], _served: dict[str, float]) -> list[Ticket]:
    return sorted(waiting, key=lambda one: one.since)


def begun_before(order: Order, in_flight: int) -> int:
    """Play a line through: fifty prompts of one person, then one of another when the endpoint is full already."""
    waiting = [Ticket(f"busy{place}", BUSY, 1.0, float(place)) for place in range(PROMPTS)]
    served: dict[str, float] = {}
    now = float(PROMPTS)
    for _ in range(in_flight):
        waiting.remove(_begin(order(waiting, served)[0], served, now))
    waiting.append(Ticket("alone", ALONE, 1.0, now))
    for begun in range(PROMPTS):
        now += 1
        first = _begin(order(waiting, served)[0], served, now)
        waiting.remove(first)
        if first.user == ALONE:
            return begun
    return PROMPTS


def _begin(ticket: Ticket, served: dict[str, float], now: float) -> Ticket:
    served[ticket.user] = now
    return ticket
