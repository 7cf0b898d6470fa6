"""How fast `/imagine` is acknowledged over signed HTTP, beside a bare Bolt app that only acks."""

import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

from bench.figures import Bar, Row, percentile
from bench.load import CONNECTIONS, Caller, imagines
from bench.stage import SECRET, Stage, module, running, stage
from bench.turns import in_turn
from sandbox.ports import HOST, free

ROUNDS = 5
A_ROUND = 700
"""Requests a round."""
RATE = 50.0
AT_RATE = 400
"""Requests at the modest rate: the p99 is the fifth slowest."""
RATIO, P99 = Bar(0.6, at_least=True), Bar(25, unit=" ms")


async def ack(data: Path) -> list[Row]:
    """Measure requests per second with every connection busy, then the slowest hundredth at a modest rate."""
    async with stage(data) as there, _callers(there) as (ours, beside):
        ours_took: list[float] = []
        beside_took: list[float] = []
        rounds = await in_turn(ROUNDS, lambda: _round(ours, ours_took), lambda: _round(beside, beside_took))
        bare = await beside.trickle(imagines(SECRET, AT_RATE), RATE)
        mine = await ours.trickle(imagines(SECRET, AT_RATE), RATE)
    busy, bare_busy = _p99(ours_took), _p99(beside_took)
    return [
        rounds.row(f"/imagine acks, {CONNECTIONS} connections", "{:.0f}/s", "bare Bolt", RATIO),
        Row("  p99 with all of them busy", f"{busy:.0f} ms", f"bare Bolt: {bare_busy:.0f} ms", busy / bare_busy),
        Row(f"  p99 at {RATE:.0f}/s", f"{_p99(mine):.1f} ms", f"bare Bolt: {_p99(bare):.1f} ms", _p99(mine), bar=P99),
    ]


async def _round(caller: Caller, took: list[float]) -> float:
    rate, latencies = await caller.saturate(imagines(SECRET, A_ROUND))
    took += latencies
    return rate


def _p99(took: list[float]) -> float:
    return percentile(took, 0.99) * 1000


@contextlib.asynccontextmanager
async def _callers(there: Stage) -> AsyncGenerator[tuple[Caller, Caller]]:
    """Start the bot and the bare app, and give a caller for each; the bot must say that it paints."""
    port = free()
    bare_url = f"http://{HOST}:{port}/slack/events"
    bot = module("bot", there.environment(), there.data)
    bare = module("bench.bare_bolt", there.environment(), there.data, str(port))
    async with (
        running(bot, f"http://{HOST}:{there.bot_port}/healthz"),
        running(bare, says="is running"),
        Caller(there.bot_url, b"will be here") as ours,
        Caller(bare_url, b"") as beside,
    ):
        yield ours, beside
