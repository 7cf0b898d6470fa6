"""Rounds in turn, A B A B…, so that whatever else the machine does meets both sides alike."""

from collections.abc import Awaitable, Callable

from bench.figures import Rounds

Round = Callable[[], Awaitable[float]]


class BenchError(Exception):
    """A benchmark could not be run: what it measures did not do what it is measured for."""


async def in_turn(rounds: int, ours: Round, beside: Round) -> Rounds:
    """Run both sides once to warm up, then this many rounds of each in turn."""
    await beside()
    await ours()
    mine: list[float] = []
    others: list[float] = []
    for _ in range(rounds):
        others.append(await beside())
        mine.append(await ours())
    return Rounds(mine, others)
