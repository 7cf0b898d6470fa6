"""The whole job played in the browser, with mouse and keyboard; its screenshots are what the README shows."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.house import House
from tests.page.driver import channel, thread, write
from tests.stories.acts import scene
from tests.support.chromium import window

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHOTS = Path("build") / "screenshots"
SLOW = 90_000
"""Milliseconds that a training may take on two busy cores."""


async def test_person_plays_the_whole_job_on_the_page(browser: Browser, painted: House) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    async with scene(painted), window(browser, painted.slack.url) as page:
        subject = "riobugger"
        await _open_thread(page, subject)
        await _drop_samples(page)
        await _train(page)
        pane = thread(page)
        await expect(pane).to_contain_text(f"{subject} is in service", timeout=SLOW)
        await expect(pane.get_by_test_id("picture").last).to_be_visible(timeout=SLOW)
        await expect(pane.get_by_text("seed")).to_be_visible(timeout=SLOW)
        await page.screenshot(path=SHOTS / "thread.png")
        await write(channel(page), f"/imagine a photo of {subject} cat on the beach --n 2 --seed 7")
        await expect(channel(page)).to_contain_text("will be here in about")
        await expect(channel(page).get_by_test_id("picture").last).to_be_visible(timeout=SLOW)
        await page.screenshot(path=SHOTS / "pictures.png")
        await page.get_by_test_id("app-home").click()
        await expect(page.get_by_test_id("home-view")).to_contain_text(subject)
        await page.screenshot(path=SHOTS / "home.png")


async def _open_thread(page: Page, subject: str) -> None:
    await write(channel(page), f"/train {subject} cat")
    card = channel(page).get_by_test_id("message").filter(has_text=f"{subject} · cat").last
    await card.hover()
    await card.get_by_test_id("reply-in-thread").click()
    await thread(page).wait_for()


async def _drop_samples(page: Page) -> None:
    pane = thread(page)
    await pane.get_by_test_id("sample-photos").click()
    await page.locator("[data-testid=sample-set][data-set=riobugger]").get_by_test_id("sample-all").click()
    await page.get_by_test_id("attach-samples").click()
    await expect(pane.locator("[data-testid=attachment][data-state=done]")).to_have_count(8)
    await pane.get_by_test_id("send").click()
    await expect(pane).to_contain_text("That is enough to learn", timeout=SLOW)
    await page.screenshot(path=SHOTS / "card.png")


async def _train(page: Page) -> None:
    await thread(page).get_by_role("button", name="Train", exact=True).click()
    modal = page.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    await modal.locator("[data-block-id=max_steps] input").fill("60")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error")).to_be_visible()
    await page.screenshot(path=SHOTS / "modal.png")
    await modal.get_by_role("checkbox").check()
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_contain_text("has another price")
    await expect(modal.get_by_role("checkbox")).to_be_checked()
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
