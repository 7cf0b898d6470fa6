"""Words for what a person does on the page, so that the tests read as sentences."""

import asyncio
import base64
import time
from collections.abc import Callable

from playwright.async_api import Locator, Page

_DROP = """
async (target, files) => {
  const data = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
}
"""

_PASTE = """
(target, { name, type, base64 }) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
  target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
}
"""


def _as_file(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "type": "image/jpeg", "base64": base64.b64encode(data).decode()}


async def drop(target: Locator, photos: dict[str, bytes]) -> None:
    """Drops photos, by name, on a pane."""
    await target.evaluate(_DROP, [_as_file(name, data) for name, data in photos.items()])


async def paste(target: Locator, name: str, data: bytes) -> None:
    """Pastes one picture into a composer."""
    await target.evaluate(_PASTE, _as_file(name, data))


def channel(page: Page) -> Locator:
    """The channel's pane."""
    return page.get_by_test_id("channel-pane")


def thread(page: Page) -> Locator:
    """The thread's pane."""
    return page.get_by_test_id("thread-pane")


def message(page: Page, ts: str) -> Locator:
    """A message in the channel's list."""
    return channel(page).locator(f"[data-testid=message][data-ts='{ts}']")


async def write(pane: Locator, words: str) -> None:
    """Types into a pane's composer and sends."""
    field = pane.get_by_test_id("composer")
    await field.fill(words)
    await field.press("Enter")


async def open_thread(page: Page, ts: str) -> Locator:
    """Opens a message's thread by its toolbar."""
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("reply-in-thread").click()
    await thread(page).wait_for()
    return thread(page)


async def wait_until(seen: Callable[[], bool], seconds: float = 5) -> None:
    """Polls until it is so; fails with a TimeoutError."""
    deadline = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.02)
