"""The stage of a benchmark: a Valkey, a Slack, one model in service, and the product's processes on top."""

import contextlib
import os
import sys
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.turns import BenchError
from core.change import Change
from core.records import Model
from core.store import Store, connect
from core.wake import Waker
from sandbox.ports import HOST, free
from sandbox.service import PROJECT, Service
from sandbox.slack.ids import TEAM_ID
from sandbox.slack.process import SlackProcess
from sandbox.valkey import Valkey

BOT_TOKEN = "xoxb-bench-bot"  # noqa: S105 - it opens nothing but this stage
APP_TOKEN = "xapp-bench-app"  # noqa: S105 - as above
SECRET = "bench-signing-secret"  # noqa: S105 - as above
DEPLOYMENT = "bench"
SUBJECT = "riobugger"
_OURS = ("AWS_", "SLACK_", "DARKROOM_", "REDIS_", "PORT", "PYTHONDONTWRITEBYTECODE")
"""What processes of the stage do not get from our own environment; bytecode is cached as on any machine."""
_LIMITS = {f"DARKROOM_{name}": "100000" for name in ("PROMPTS_PER_HOUR", "CHANNEL_PROMPTS_PER_HOUR", "PROMPTS_AT_ONCE")}
"""They are looked at and never reached."""
_OK = 200


@dataclass(frozen=True)
class Stage:
    """A running Valkey and Slack, and where the bot shall listen."""

    data: Path
    valkey: Valkey
    slack: SlackProcess
    bot_port: int

    @property
    def bot_url(self) -> str:
        """Where Slack sends everything."""
        return f"http://{HOST}:{self.bot_port}/slack/events"

    def environment(self, **more: str) -> dict[str, str]:
        """Give what an admin would set for the bot or a worker."""
        return environment() | {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_SIGNING_SECRET": SECRET,
            "PORT": str(self.bot_port),
            "REDIS_URL": self.valkey.url,
            "DARKROOM_DEPLOYMENT": DEPLOYMENT,
            **_LIMITS,
            **more,
        }


def environment() -> dict[str, str]:
    """Give our own environment without what steers the product or the comparisons."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


@contextlib.asynccontextmanager
async def stage(data: Path, *, delivers: bool = False) -> AsyncGenerator[Stage]:
    """Set the stage; `delivers`: Slack sends what people do to the bot, else it only answers the Web API."""
    bot_port = free()
    there = Stage(data, Valkey(data), slack(data, bot_port if delivers else 0), bot_port)
    try:
        await there.valkey.start()
        await there.slack.start()
        await _put_model_in_service(there.valkey.url)
        yield there
    finally:
        await there.slack.stop()
        await there.valkey.stop()


def slack(data: Path, bot_port: int = 0) -> SlackProcess:
    """Make a Slack; it delivers to a bot on this port, or to nobody."""
    where = {"request_url": f"http://{HOST}:{bot_port}/slack/events", "signing_secret": SECRET} if bot_port else {}
    manifest = PROJECT / "manifest.json"
    return SlackProcess(free(), data / "slack", manifest, bot_token=BOT_TOKEN, app_token=APP_TOKEN, **where)


@contextlib.asynccontextmanager
async def running(service: Service, url: str = "", says: str = "") -> AsyncGenerator[Service]:
    """Keep a process running that is up when it answers at a URL, or when its log says so.

    When what is measured fails, the end of the process's log is printed.
    """

    async def is_up() -> bool:
        return await answers(url) if url else says in service.tail()

    await service.start(is_up)
    try:
        yield service
    except Exception:
        print(f"The last words of {service.name}:\n{service.tail()}")
        raise
    finally:
        await service.stop()


def module(name: str, env: dict[str, str], data: Path, *arguments: str) -> Service:
    """Make a process that runs a module of the project."""
    return Service(name, [sys.executable, "-m", name, *arguments], env, data)


async def answers(url: str) -> bool:
    """Tell whether GET of a URL is answered with 200."""
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status == _OK
    except aiohttp.ClientError:
        return False


async def _put_model_in_service(redis_url: str) -> None:
    """Write down a model as it stands after its training and deployment: prompts for it are painted at once."""
    redis, waker = connect(redis_url), Waker(redis_url, DEPLOYMENT)
    store = Store(redis, DEPLOYMENT, waker)
    now = time.time()
    model = Model(
        team=TEAM_ID,
        id="benchmodel",
        state="in_service",
        run="benchrun",
        channel="C0PETS",
        thread_ts="",
        owner="U0MIRA",
        subject=SUBJECT,
        noun="cat",
        instance_prompt=f"a photo of {SUBJECT} cat",
        artifact="",
        jumpstart_id="",
        jumpstart_version="",
        trained_at=now,
        attempt=1,
        in_service_at=now,
    )
    try:
        if not await store.commit(Change(TEAM_ID).put(model).name("catalogue", model.id, SUBJECT)):
            raise BenchError("the model could not be written down")
    finally:
        await waker.close()
        await redis.aclose()
