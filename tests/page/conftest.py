"""A fresh Slack and a window on it for each page test: a fake one, or the sandbox's own with an app behind it."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, Page

from sandbox import ports
from sandbox.slack.process import SlackProcess
from tests.page.fake_slack import FakeSlack
from tests.slack.an_app import APP_TOKEN, BOT_TOKEN, AnApp, connected
from tests.support.chromium import window

MANIFEST = Path(__file__).parents[2] / "manifest.json"


def picture(colour: str = "orange", size: int = 96, kind: str = "JPEG") -> bytes:
    """A small picture in one colour."""
    out = BytesIO()
    Image.new("RGB", (size, size), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture
def samples(tmp_path: Path) -> list[Path]:
    """Three sample photos on disk."""
    paths = [tmp_path / f"{colour}.jpg" for colour in ("red", "green", "blue")]
    for path in paths:
        path.write_bytes(picture(path.stem))
    return paths


@pytest.fixture
def slack(samples: list[Path]) -> FakeSlack:
    """The fake; `origin` gives it an address."""
    return FakeSlack(samples)


@pytest_asyncio.fixture(loop_scope="session")
async def origin(slack: FakeSlack) -> AsyncIterator[str]:
    """The address of the fake."""
    async with TestServer(slack.app()) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, origin: str) -> AsyncIterator[Page]:
    """Mira's window, in #pets."""
    async with window(browser, origin) as mira:
        yield mira


@pytest_asyncio.fixture(loop_scope="session")
async def server(tmp_path: Path) -> AsyncIterator[SlackProcess]:
    """The sandbox's Slack as a process, with no app connected."""
    process = SlackProcess(ports.free(), tmp_path, MANIFEST, bot_token=BOT_TOKEN, app_token=APP_TOKEN)
    async with process:
        yield process


@pytest_asyncio.fixture(loop_scope="session")
async def app(server: SlackProcess) -> AsyncIterator[AnApp]:
    """An app that does nothing yet, connected over Socket Mode."""
    app = AnApp(server.url)
    async with connected(app, server.url):
        yield app


@pytest_asyncio.fixture(loop_scope="session")
async def mira(browser: Browser, server: SlackProcess) -> AsyncIterator[Page]:
    """Mira's window on the real server."""
    async with window(browser, server.url) as page:
        yield page
