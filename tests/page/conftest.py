"""One Chromium for all page tests; a fresh fake Slack and a fresh window for each."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.page.fake_slack import FakeSlack

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def picture(colour: str = "orange", size: int = 96, kind: str = "JPEG") -> bytes:
    """A small picture in one colour."""
    out = BytesIO()
    Image.new("RGB", (size, size), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="session", autouse=True)
def need_chromium() -> None:
    """No browser is ever downloaded: without Debian's, these tests say that they were left out."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed here")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window."""
    async with async_playwright() as play:
        chromium = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


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


@asynccontextmanager
async def window(
    browser: Browser, url: str, width: int = 1280, *, height: int = 800, scheme: str = "light"
) -> AsyncGenerator[Page]:
    """A window on the page; any error the page throws fails the test."""
    faults: list[str] = []
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = await context.new_page()
    page.set_default_timeout(8000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(url)
    await page.get_by_test_id("composer").first.wait_for()
    yield page
    await context.close()
    assert not faults, faults


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, origin: str) -> AsyncIterator[Page]:
    """Mira's window, in #pets."""
    async with window(browser, origin) as mira:
        yield mira
