"""A running Slack for each test, with a Bolt app on Socket Mode or on signed HTTP requests."""

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from sandbox.slack.hub import Slack
from sandbox.slack.manifest import read_manifest
from sandbox.slack.person import Person
from sandbox.slack.server import make_server
from sandbox.slack.settings import Settings
from tests.slack.an_app import APP_TOKEN, BOT_TOKEN, SECRET, AnApp, connected, manifest, sdk_client
from tests.slack.waiting import wait_until


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Town:
    """One Slack on a port of this process."""

    def __init__(self, slack: Slack, runner: web.AppRunner) -> None:
        self.slack = slack
        self.runner = runner
        self.url = slack.settings.base_url
        self.client = sdk_client(self.url)


async def found_town(data: Path, request_url: str = "", **changes: Any) -> Town:
    settings = Settings(
        port=free_port(),
        data=data,
        manifest=data / "manifest.json",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        request_url=request_url,
        signing_secret=SECRET if request_url else "",
        retry_scale=0.01,
    )
    slack = Slack(settings, read_manifest(json.loads(json.dumps(manifest(**changes)))))
    runner = web.AppRunner(make_server(slack), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", settings.port).start()
    return Town(slack, runner)


@pytest.fixture
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    changes = getattr(request, "param", {})
    town = await found_town(tmp_path, **changes)
    yield town
    await town.runner.cleanup()


@pytest.fixture
async def mira(town: Town) -> AsyncIterator[Person]:
    async with Person(town.url, "U0MIRA") as mira:
        yield mira


@pytest.fixture
async def app(town: Town) -> AsyncIterator[AnApp]:
    app = AnApp(town.url)
    async with connected(app, town.url, ping_interval=1):
        await wait_until(lambda: town.slack.sockets.connections == 1)
        yield app
