"""The whole product on one machine: Valkey, an AWS, a Slack, the bot and a worker, each a process of its own."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

import aiohttp

from sandbox.aws.process import AwsProcess
from sandbox.ports import HOST, free
from sandbox.service import PROJECT, Service
from sandbox.slack.person import Person
from sandbox.slack.process import SlackProcess
from sandbox.valkey import Valkey

BOT_TOKEN = "xoxb-sandbox-bot"  # noqa: S105 - it opens nothing but this sandbox
APP_TOKEN = "xapp-sandbox-app"  # noqa: S105 - as above
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - as above
BUCKET = "darkroom-sandbox"
REGION = "us-west-2"
NOTES = Path(__file__).with_name("notes.txt")

Transport = Literal["socket", "http"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the house is set up. `speed`: how much faster time runs in its AWS; `settings`: for bot and worker."""

    data: Path
    transport: Transport = "socket"
    speed: float = 60.0
    port: int = field(default_factory=free)
    bot_port: int = field(default_factory=free)
    settings: dict[str, str] = field(default_factory=dict[str, str])
    aws_options: tuple[str, ...] = ()
    retry_scale: float = 0.01


class House:
    """Starts everything, and takes everything down again."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.valkey = Valkey(plan.data)
        options = ("--speed", str(plan.speed), "--bucket", BUCKET, "--region", REGION, *plan.aws_options)
        self.aws = AwsProcess(plan.data / "aws", options)
        http = plan.transport == "http"
        self.slack = SlackProcess(
            plan.port,
            plan.data / "slack",
            PROJECT / "manifest.json",
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            request_url=f"http://{HOST}:{plan.bot_port}/slack/events" if http else None,
            signing_secret=SIGNING_SECRET if http else None,
            retry_scale=plan.retry_scale,
            speed=plan.speed,
            notes=NOTES,
            aws=self.aws.url,
        )
        self.bot = self._product("bot")
        self.worker = self._product("workers")

    def _product(self, name: str) -> Service:
        return Service(name, [sys.executable, "-m", name], self._environment(), self.plan.data)

    def _environment(self) -> dict[str, str]:
        """What an admin would set: the product learns nothing of the sandbox but addresses."""
        ours = ("AWS_", "SLACK_", "DARKROOM_", "REDIS_", "PORT")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        told = {
            "PYTHONUNBUFFERED": "1",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": self.slack.api_url,
            "REDIS_URL": self.valkey.url,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "sandbox",
            "AWS_SECRET_ACCESS_KEY": "sandbox",
            "AWS_ENDPOINT_URL": self.aws.url,
            "DARKROOM_BUCKET": BUCKET,
            "DARKROOM_ROLE_ARN": "arn:aws:iam::123456789012:role/darkroom",
            "DARKROOM_FILE_ORIGINS": self.slack.url,
            "DARKROOM_POLL_SECONDS": "0.5",
        }
        if self.plan.transport == "http":
            told |= {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "PORT": str(self.plan.bot_port)}
        else:
            told |= {"SLACK_APP_TOKEN": APP_TOKEN}
        return kept | told | self.plan.settings

    async def start(self) -> Self:
        """Start the outside world, then the product."""
        await asyncio.gather(self.valkey.start(), self.slack.start(), asyncio.to_thread(self.aws.start))
        await asyncio.gather(self.start_bot(), self.start_worker())
        return self

    async def start_bot(self) -> None:
        """Start the bot and wait until Slack can reach it."""
        await self.bot.start(self.bot_is_up)

    async def start_worker(self) -> None:
        """Start a worker and wait until it says that it is up."""
        before = self.worker.tail().count("worker is up")

        async def is_up() -> bool:
            return self.worker.tail(100_000).count("worker is up") > before

        await self.worker.start(is_up)

    async def command(self, *typed: str) -> tuple[int, str]:
        """Carry out what an admin types behind `python -m workers`; gives the exit code, and what it says."""
        told = (sys.executable, "-m", "workers", *typed)
        out, err = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
        running = await asyncio.create_subprocess_exec(
            *told, env=self._environment(), cwd=PROJECT, stdout=out, stderr=err
        )
        said, _ = await running.communicate()
        return running.returncode or 0, said.decode()

    async def bot_is_up(self) -> bool:
        """Tell whether Slack can reach the bot at this moment."""
        if self.plan.transport == "socket":
            health = await self.slack.health()
            return bool(health and health.get("connections"))
        try:
            health = f"http://{HOST}:{self.plan.bot_port}/healthz"
            async with aiohttp.ClientSession() as session, session.get(health) as answer:
                return answer.status == 200  # noqa: PLR2004 - HTTP's OK
        except aiohttp.ClientError:
            return False

    def person(self, user: str = "U0MIRA") -> Person:
        """Give somebody to play."""
        return Person(self.slack.url, user)

    async def stop(self) -> None:
        """Take everything down, the product first."""
        await asyncio.gather(self.bot.stop(), self.worker.stop())
        await asyncio.gather(self.slack.stop(), asyncio.to_thread(self.aws.stop), self.valkey.stop())

    async def __aenter__(self) -> Self:
        try:
            return await self.start()
        except BaseException:
            await self.stop()
            raise

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
