"""Buttons, menus, modals and the Home tab: how a person acts on what the app shows."""

import pytest
from playwright.async_api import Page, expect

from tests.page.driver import message, wait_until
from tests.page.fake_slack import FakeSlack, Json, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


def option(value: str) -> Json:
    return {"text": text(value.title()), "value": value}


def field(block_id: str, element: Json, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(block_id.title()),
        "element": {"action_id": "v", **element},
        **more,
    }


def modal(*blocks: Json, view_id: str = "V1") -> Json:
    return {
        "id": view_id,
        "type": "modal",
        "title": text("Train riobugger"),
        "submit": text("Train"),
        "close": text("Cancel"),
        "blocks": list(blocks),
    }


STEPS = field(
    "steps", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "400"}, hint=text("100 a photo")
)
NOTE = field("note", {"type": "plain_text_input", "multiline": True}, optional=True)
PRESET = field(
    "preset", {"type": "radio_buttons", "options": [option("thing"), option("face")], "initial_option": option("thing")}
)
LICENCE = field("licence", {"type": "checkboxes", "options": [option("accepted")]})


async def card(slack: FakeSlack, *elements: Json) -> str:
    return await slack.say(
        "C0PETS", text="card", blocks=[{"type": "actions", "block_id": "b", "elements": list(elements)}]
    )


async def test_button_tells_the_app(page: Page, slack: FakeSlack) -> None:
    ts = await card(
        slack, {"type": "button", "text": text("Train"), "action_id": "train", "value": "run-1", "style": "primary"}
    )
    await message(page, ts).get_by_role("button", name="Train").click()
    await wait_until(lambda: bool(slack.called("action")))
    assert slack.called("action")[0] == {
        "user": "U0MIRA",
        "container": {"type": "message", "channel": "C0PETS", "ts": ts},
        "block_id": "b",
        "action_id": "train",
        "value": {"value": "run-1"},
    }


async def test_button_that_asks_first_does_nothing_when_denied(page: Page, slack: FakeSlack) -> None:
    confirm = {
        "title": text("Cancel it?"),
        "text": text("Nothing is billed."),
        "confirm": text("Do it"),
        "deny": text("Keep"),
    }
    ts = await card(slack, {"type": "button", "text": text("Cancel"), "action_id": "cancel", "confirm": confirm})
    await message(page, ts).get_by_test_id("action").click()
    await expect(page.get_by_test_id("confirm")).to_contain_text("Nothing is billed.")
    await page.get_by_test_id("confirm-deny").click()
    assert slack.called("action") == []
    await message(page, ts).get_by_test_id("action").click()
    await page.get_by_test_id("confirm-yes").click()
    await wait_until(lambda: bool(slack.called("action")))


async def test_action_the_app_did_not_take_is_said(page: Page, slack: FakeSlack) -> None:
    slack.answers["action"] = {"ok": False, "error": "operation_timeout"}
    ts = await card(slack, {"type": "button", "text": text("Train"), "action_id": "train"})
    await message(page, ts).get_by_test_id("action").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("did not answer within 3 seconds")


async def test_menus_are_chosen_from(page: Page, slack: FakeSlack) -> None:
    options = [option("thing"), option("face")]
    ts = await card(
        slack,
        {"type": "static_select", "action_id": "preset", "placeholder": text("Preset"), "options": options},
        {"type": "overflow", "action_id": "more", "options": options},
    )
    await message(page, ts).get_by_test_id("select").click()
    await page.get_by_role("option", name="Face").click()
    await expect(message(page, ts).get_by_test_id("select")).to_have_text("Face")
    await message(page, ts).get_by_test_id("overflow").click()
    await page.keyboard.press("Enter")
    await wait_until(lambda: len(slack.called("action")) == 2)
    assert [c["value"]["selected_option"]["value"] for c in slack.called("action")] == ["face", "thing"]


async def test_modal_errors_stand_under_their_fields(page: Page, slack: FakeSlack) -> None:
    slack.answers["view/submit"] = {"ok": False, "errors": {"licence": "Please complete this required field."}}
    await slack.open_view(modal(STEPS, LICENCE))
    await page.get_by_test_id("modal-submit").click()
    wrong = page.locator("[data-block-id=licence]")
    await expect(wrong.get_by_test_id("field-error")).to_have_text("Please complete this required field.")
    await expect(page.locator("[data-block-id=steps]").get_by_test_id("field-error")).to_have_count(0)
    await expect(wrong.locator("input")).to_be_focused()


async def test_all_that_was_typed_arrives_before_the_submit(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(modal(STEPS, NOTE, PRESET, LICENCE))
    await page.get_by_label("Face").check()
    await page.get_by_label("Accepted").check()
    await page.locator("[data-block-id=note] textarea").fill("a good cat")
    await page.locator("[data-block-id=steps] input").fill("800")
    await page.get_by_test_id("modal-submit").click()
    await wait_until(lambda: bool(slack.called("view/submit")))
    names = [name for name, _ in slack.calls]
    assert names.index("view/submit") == len(names) - 1
    values = {c["block_id"]: c["value"] for c in slack.called("view/input")}
    assert values == {
        "preset": {"selected_option": option("face")},
        "licence": {"selected_options": [option("accepted")]},
        "note": {"value": "a good cat"},
        "steps": {"value": "800"},
    }


async def test_required_and_optional_fields_are_marked(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(modal(STEPS, NOTE))
    await expect(page.locator("[data-block-id=steps] .label")).to_have_text("Steps *")
    await expect(page.locator("[data-block-id=note] .label")).to_have_text("Note (optional)")
    await expect(page.locator("[data-block-id=steps] .hint")).to_have_text("100 a photo")


async def test_modal_is_busy_while_it_is_sent(page: Page, slack: FakeSlack) -> None:
    released = slack.hold("view/submit")
    await slack.open_view(modal(STEPS))
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal-submit")).to_be_disabled()
    await expect(page.get_by_test_id("modal-submit").locator(".spinner")).to_be_visible()
    released.set()
    await expect(page.get_by_test_id("modal-submit")).to_be_enabled()


async def test_update_of_a_modal_keeps_what_was_typed_and_the_focus(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(modal(NOTE))
    note = page.locator("[data-block-id=note] textarea")
    await note.fill("half a")
    await slack.push(
        {
            "type": "view_update",
            "view": modal({"type": "section", "block_id": "eta", "text": text("About 22 minutes")}, NOTE),
        }
    )
    await expect(page.get_by_test_id("modal")).to_contain_text("About 22 minutes")
    await expect(note).to_be_focused()
    await expect(note).to_have_value("half a")


async def test_pushed_view_lies_over_the_first_and_escape_goes_back(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(modal(STEPS))
    await slack.open_view({**modal(NOTE, view_id="V2"), "title": text("Advanced")})
    await expect(page.get_by_test_id("modal-title")).to_have_text("Advanced")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("modal-title")).to_have_text("Train riobugger")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("modal")).to_have_count(0)
    # The page takes a view away at once, and tells Slack beside it.
    await wait_until(lambda: len(slack.called("view/close")) > 1)
    assert [c["view_id"] for c in slack.called("view/close")] == ["V2", "V1"]


async def test_tab_stays_within_the_modal(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(modal(STEPS))
    await page.get_by_test_id("modal").wait_for()
    for _ in range(6):
        await page.keyboard.press("Tab")
        assert await page.evaluate("!!document.activeElement.closest('[role=dialog]')")


async def test_home_tab_shows_what_the_app_publishes(page: Page, slack: FakeSlack) -> None:
    await page.get_by_test_id("app-home").click()
    await wait_until(lambda: bool(slack.called("home")))
    button = {"type": "button", "text": text("Wake"), "action_id": "wake"}
    view = {
        "id": "VH",
        "type": "home",
        "blocks": [{"type": "section", "block_id": "m", "text": text("riobugger sleeps"), "accessory": button}],
    }
    await slack.push({"type": "home", "view": view})
    await expect(page.get_by_test_id("home-view")).to_contain_text("riobugger sleeps")
    await page.get_by_role("button", name="Wake").click()
    await wait_until(lambda: bool(slack.called("action")))
    assert slack.called("action")[0]["container"] == {"type": "view", "view_id": "VH"}
