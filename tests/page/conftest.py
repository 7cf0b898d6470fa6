"""A fresh fake Slack and a fresh window for each page test."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, Page

from tests.page.fake_slack import FakeSlack
from tests.support.chromium import window


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
