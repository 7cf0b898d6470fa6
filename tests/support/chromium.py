"""Debian's Chromium without a window, one for the session; no browser is ever downloaded."""

import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
LEFT_OUT = not CHROMIUM.exists() and not os.environ.get("CI")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser. Where there is none, its tests say that they were left out; CI has to have one."""
    if LEFT_OUT:
        pytest.skip("Chromium is not installed here")
    async with async_playwright() as play:
        chromium = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


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
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(url)
    await page.get_by_test_id("composer").first.wait_for()
    yield page
    await context.close()
    assert not faults, faults
