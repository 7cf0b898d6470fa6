"""How long a command takes to become a picture in its channel, beside a straight script without bot or worker."""

import asyncio
import contextlib
import json
import statistics
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.endpoint import SECONDS as ENDPOINT_SECONDS
from bench.figures import Bar, Row
from bench.stage import BOT_TOKEN, Stage, environment, module, running, slack, stage
from bench.straight import READY
from bench.turns import BenchError, in_turn
from bench.watching import Ask, Watch
from sandbox.ports import HOST, free
from sandbox.service import PROJECT
from sandbox.slack.faults import USUAL_PROCESSING_MS
from sandbox.slack.person import Person
from sandbox.slack.process import SlackProcess

ROUNDS = 4
SINGLY = 10
"""Pictures a round, one at a time."""
REST_SECONDS = 0.05
"""Between one picture and the next, so that what the last one leaves to be done does not meet the next command."""
IN_FLIGHT = 32
ALL_AT_ONCE = "100"
"""As many as the setting takes: the endpoint here has no line of its own, and neither has the script."""
AT_ONCE = 64
"""Pictures a round, 32 in flight."""
NO_TIME_MS = 1
"""A Slack that takes no time over a file: its usual time is added to both sides and hides what they take."""
OVERHEAD, THROUGHPUT = Bar(1.3), Bar(0.8, at_least=True)


@dataclass(frozen=True)
class Side:
    """The product, or the script: its Slack, who looks at it, and how to ask it for a picture."""

    slack: SlackProcess
    watch: Watch
    ask: Ask


async def picture(data: Path) -> list[Row]:
    """Measure the overhead one at a time, then pictures a second with many in flight."""
    async with (
        stage(data, delivers=True) as there,
        _endpoint(data) as endpoint,
        _product(there, endpoint) as ours,
        _script(data, endpoint) as beside,
    ):
        usual = await in_turn(ROUNDS, lambda: _overhead(ours), lambda: _overhead(beside))
        for side in (ours, beside):
            await _set_processing(side.slack, NO_TIME_MS)
        singly = await in_turn(ROUNDS, lambda: _overhead(ours), lambda: _overhead(beside))
        at_once = await in_turn(ROUNDS, lambda: _throughput(ours), lambda: _throughput(beside))
    return [
        singly.row("command to picture, less the endpoint", "{:.0f} ms", "straight script", OVERHEAD),
        usual.row(f"  with Slack's {USUAL_PROCESSING_MS} ms over a file", "{:.0f} ms", "straight script", None),
        at_once.row(f"pictures, {IN_FLIGHT} in flight", "{:.1f}/s", "straight script", THROUGHPUT),
    ]


async def _overhead(side: Side) -> float:
    took: list[float] = []
    for _ in range(SINGLY):
        took.append(await side.watch.seconds(side.ask))
        await asyncio.sleep(REST_SECONDS)
    return (statistics.median(took) - ENDPOINT_SECONDS) * 1000


async def _throughput(side: Side) -> float:
    return await side.watch.rate(side.ask, AT_ONCE, IN_FLIGHT)


async def _set_processing(there: SlackProcess, milliseconds: float) -> None:
    async with aiohttp.ClientSession() as session:
        faults = {"late_processing_ms": milliseconds}
        async with session.post(f"{there.url}/person/faults", json=faults) as answer:
            answer.raise_for_status()


@contextlib.asynccontextmanager
async def _endpoint(data: Path) -> AsyncGenerator[dict[str, str]]:
    """Run the endpoint; gives the variables by which boto3 finds it."""
    port = free()
    service = module("bench.endpoint", environment(), data, str(port))
    async with running(service, f"http://{HOST}:{port}/ping"):
        yield {
            "AWS_REGION": "us-west-2",
            "AWS_DEFAULT_REGION": "us-west-2",
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": f"http://{HOST}:{port}",
        }


@contextlib.asynccontextmanager
async def _product(there: Stage, endpoint: dict[str, str]) -> AsyncGenerator[Side]:
    """Run bot and worker; a person's command asks for a picture."""
    role = "arn:aws:iam::123456789012:role/bench"
    told = {"DARKROOM_BUCKET": "bench", "DARKROOM_ROLE_ARN": role, "DARKROOM_IN_FLIGHT": ALL_AT_ONCE}
    env = there.environment(**told, **endpoint)
    bot, worker = module("bot", env, there.data), module("workers", env, there.data)
    async with (
        running(bot, f"http://{HOST}:{there.bot_port}/healthz"),
        running(worker, says="worker is up"),
        Watch(there.slack.url) as watch,
        Person(there.slack.url) as mira,
    ):

        async def ask(channel: str, prompt: str) -> None:
            answer = await mira.command(channel, "/imagine", prompt)
            if "will be here" not in str(answer):
                raise BenchError(f"the bot does not paint: {answer}")

        yield Side(there.slack, watch, ask)


@contextlib.asynccontextmanager
async def _script(data: Path, endpoint: dict[str, str]) -> AsyncGenerator[Side]:
    """Run the straight script against a Slack of its own, which has no bot to send its events to."""
    async with slack(data / "script") as there, Watch(there.url) as watch:
        env = environment() | endpoint | {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": there.api_url}
        async with _painting(env) as lines:

            async def ask(channel: str, prompt: str) -> None:
                lines.write(json.dumps({"channel": channel, "prompt": prompt}).encode() + b"\n")
                await lines.drain()

            yield Side(there, watch, ask)


@contextlib.asynccontextmanager
async def _painting(env: dict[str, str]) -> AsyncGenerator[asyncio.StreamWriter]:
    command = (sys.executable, "-m", "bench.straight")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, env=env, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if READY.encode() not in await process.stdout.readline():
            raise BenchError("the straight script did not come up")
        yield process.stdin
    finally:
        process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
