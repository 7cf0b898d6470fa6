"""The app's own place: its direct messages and its Home tab; and stars, which people give its pictures."""

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import picture
from tests.page.driver import channel, message, wait_until, write
from tests.page.fake_slack import FakeSlack, Json, text
from tests.page.test_acting import option

pytestmark = pytest.mark.asyncio(loop_scope="session")

SURE = {"title": text("Delete it?"), "text": text("For good."), "confirm": text("Delete"), "deny": text("Keep")}


def with_direct_messages(slack: FakeSlack, *, read_only: bool = False) -> None:
    slack.state["channels"].append({"id": "D0MIRA", "name": "Darkroom", "is_im": True, "is_member_bot": True})
    slack.state["messages"]["D0MIRA"] = []
    slack.state["app"] = {"tabs": {"home": True, "messages": True, "read_only": read_only}}


async def test_direct_messages_are_marked_when_they_come_and_can_be_answered(page: Page, slack: FakeSlack) -> None:
    with_direct_messages(slack)
    await page.reload()
    entry = page.get_by_test_id("direct-messages")
    await entry.wait_for()
    await slack.say("D0MIRA", text="Your cat is ready")
    await expect(entry).to_have_class("side-item unread")
    await entry.click()
    await expect(entry).to_have_class("side-item")
    await expect(channel(page)).to_contain_text("Your cat is ready")
    await write(channel(page), "imagine a cat in the snow")
    await wait_until(lambda: bool(slack.called("message")))
    assert (slack.called("message")[0]["channel"], slack.called("message")[0]["text"]) == (
        "D0MIRA",
        "imagine a cat in the snow",
    )


async def test_nobody_can_write_where_the_manifest_says_read_only(page: Page, slack: FakeSlack) -> None:
    with_direct_messages(slack, read_only=True)
    await page.reload()
    await page.get_by_test_id("direct-messages").click()
    await expect(page.get_by_test_id("read-only")).to_be_visible()
    await expect(channel(page).get_by_test_id("composer")).not_to_be_visible()
    await page.get_by_test_id("channel-pets").click()
    await expect(channel(page).get_by_test_id("composer")).to_be_visible()


async def test_star_is_one_click_away_and_taken_back_by_another(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="a painting")
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("star").click()
    await wait_until(lambda: len(slack.called("reaction")) == 1)
    await slack.change("C0PETS", ts, reactions=[{"name": "star", "users": ["U0MIRA"], "count": 1}])
    await expect(message(page, ts).get_by_test_id("reaction")).to_have_attribute("aria-pressed", "true")
    await message(page, ts).get_by_test_id("star").click()
    await wait_until(lambda: len(slack.called("reaction")) == 2)
    assert [(c["name"], c["remove"]) for c in slack.called("reaction")] == [("star", False), ("star", True)]


async def test_home_tab_changes_while_it_is_open_and_keeps_what_was_chosen(page: Page, slack: FakeSlack) -> None:
    file = slack.keep(picture(), "portrait.jpg", "image/jpeg")
    portrait = {"type": "image", "slack_file": {"id": file["id"]}, "alt_text": "riobugger"}
    menu = {"type": "overflow", "action_id": "more", "options": [option("delete")], "confirm": SURE}
    select = {"type": "static_select", "action_id": "sort", "options": [option("newest"), option("dearest")]}

    def home(state: str) -> Json:
        blocks = [
            {"type": "section", "block_id": "m", "text": text(f"riobugger {state}"), "accessory": portrait},
            {"type": "actions", "block_id": "a", "elements": [select, menu]},
            {"type": "image", "block_id": "p", **{key: portrait[key] for key in ("slack_file", "alt_text")}},
        ]
        return {"type": "home", "view": {"id": "VH", "type": "home", "blocks": blocks}}

    await page.get_by_test_id("app-home").click()
    shown = page.get_by_test_id("home-view")
    await slack.push(home("sleeps"))
    await shown.get_by_test_id("select").click()
    await page.get_by_role("option", name="Dearest").click()
    await slack.push(home("is awake"))
    await expect(shown).to_contain_text("riobugger is awake")
    await expect(shown.get_by_test_id("select")).to_have_text("Dearest")
    await shown.get_by_test_id("overflow").click()
    await page.keyboard.press("Enter")
    await page.get_by_test_id("confirm-yes").click()
    await wait_until(lambda: len(slack.called("action")) == 2)
    assert slack.called("action")[1]["container"] == {"type": "view", "view_id": "VH"}
    await expect(shown.locator("img")).to_have_count(2)
    await slack.push({"type": "file_gone", "file_id": file["id"]})
    await expect(shown.locator("img")).to_have_count(0)
    await expect(shown.get_by_label("This picture is not there.")).to_be_visible()
