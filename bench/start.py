"""How long the bot takes from nothing to its first event served, beside Python importing slack_bolt alone."""

import asyncio
import contextlib
import json
import sys
import time
from pathlib import Path

import aiohttp

from bench.figures import Bar, Row
from bench.load import Signed, signed
from bench.stage import SECRET, Stage, environment, stage
from bench.turns import BenchError, in_turn
from sandbox.service import PROJECT
from sandbox.slack.delivery import event_envelope

ROUNDS = 9
LOOK_EVERY_SECONDS = 0.005
PATIENCE_SECONDS = 30.0
BAR = Bar(2)
_OK = 200


async def start(data: Path) -> list[Row]:
    """Measure both, a fresh process each time."""
    async with stage(data) as there:
        rounds = await in_turn(ROUNDS, lambda: _first_event(there), _import_bolt)
    return [rounds.row("start to first event served", "{:.0f} ms", "import slack_bolt", BAR)]


async def _import_bolt() -> float:
    began = time.perf_counter()
    process = await _python("-c", "import slack_bolt", env=environment())
    if await process.wait():
        raise BenchError("slack_bolt could not be imported")
    return (time.perf_counter() - began) * 1000


async def _first_event(there: Stage) -> float:
    """Start the bot and send it an event until it is served: one that writes a record, so that all is connected."""
    event = signed(SECRET, json.dumps(event_envelope(_home_opened())).encode(), "application/json")
    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        bot = await _python("-m", "bot", env=there.environment())
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not await _serves(session, there.bot_url, event):  # noqa: ASYNC110 - a bot tells nobody that it listens
                    await asyncio.sleep(LOOK_EVERY_SECONDS)
            return (time.perf_counter() - began) * 1000
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.kill()
            await bot.wait()


async def _python(*arguments: str, env: dict[str, str]) -> asyncio.subprocess.Process:
    quiet = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=PROJECT, env=env, stdout=quiet)


def _home_opened() -> dict[str, object]:
    return {"type": "app_home_opened", "user": "U0MIRA", "channel": "D0MIRA", "tab": "home", "event_ts": "1.1"}


async def _serves(session: aiohttp.ClientSession, url: str, event: Signed) -> bool:
    try:
        async with session.post(url, data=event.body, headers=event.headers) as answer:
            if answer.status != _OK:
                raise BenchError(f"the bot answered its first event with {answer.status}")
            return True
    except aiohttp.ClientConnectionError:
        return False
