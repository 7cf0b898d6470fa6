"""The long form of a training, its card with the contact sheet, and messages that their author changes."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.page import training_samples as samples
from tests.page.conftest import picture
from tests.page.driver import message, wait_until
from tests.page.fake_slack import FakeSlack, Json, text
from tests.support.chromium import window

pytestmark = pytest.mark.asyncio(loop_scope="session")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[data-block-id={name}]")


async def inside(page: Page, part: Locator) -> bool:
    """Whether a part of the page stands within the window."""
    box, size = await part.bounding_box(), page.viewport_size
    assert box
    assert size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] + box["width"] <= size["width"]


@pytest.mark.parametrize("width", [1280, 400])
async def test_long_form_scrolls_between_its_head_and_its_buttons(
    browser: Browser, origin: str, slack: FakeSlack, width: int
) -> None:
    async with window(browser, origin, width) as page:
        await slack.open_view(samples.modal())
        await page.get_by_test_id("modal").wait_for()
        await field(page, "Terms").scroll_into_view_if_needed()
        for part in ("modal-title", "modal-submit", "modal-close"):
            assert await inside(page, page.get_by_test_id(part))
        assert await inside(page, field(page, "Terms"))


async def test_first_of_three_errors_scrolls_into_view(page: Page, slack: FakeSlack) -> None:
    slack.answers["view/submit"] = {"ok": False, "errors": samples.ERRORS}
    await slack.open_view(samples.modal())
    await field(page, "Terms").scroll_into_view_if_needed()
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error")).to_have_count(3)
    first = field(page, "hyperparameter_2")
    await expect(first.locator("input")).to_be_focused()
    await expect(first.get_by_test_id("field-error")).to_be_in_viewport(ratio=1)
    await expect(field(page, "Terms").get_by_test_id("field-error")).to_contain_text("accept the licence")


async def test_typed_text_is_told_at_enter_only_and_a_choice_at_once(page: Page, slack: FakeSlack) -> None:
    typed = samples.field("steps", samples.number("200"), dispatch_action=True)
    view = samples.modal()
    await slack.open_view({**view, "blocks": [view["blocks"][0], typed]})
    await field(page, "steps").locator("input").fill("300")
    await page.get_by_label("Face").check()
    await wait_until(lambda: len(slack.called("action")) == 1)
    assert slack.called("action")[0]["value"]["selected_option"]["value"] == "Face"
    await field(page, "steps").locator("input").press("Enter")
    await wait_until(lambda: len(slack.called("action")) == 2)
    assert slack.called("action")[1]["value"] == {"value": "300"}
    assert not slack.called("view/submit")


async def test_what_was_typed_just_before_a_button_reaches_the_app_before_the_press(
    page: Page, slack: FakeSlack
) -> None:
    more = {"type": "button", "action_id": "advanced", "text": text("Advanced"), "value": "run1"}
    view = samples.modal()
    blocks = [samples.field("steps", samples.number("200")), {"type": "actions", "block_id": "row", "elements": [more]}]
    await slack.open_view({**view, "blocks": blocks})
    await field(page, "steps").locator("input").fill("300")
    await page.get_by_test_id("modal").get_by_text("Advanced").click()
    await wait_until(lambda: bool(slack.called("action")))
    told = [name for name, _ in slack.calls if name in {"view/input", "action"}]
    assert told == ["view/input", "action"]


def steps_view(*names: str, initial: str = "200") -> Json:
    """A form with a field of steps for each name, and the state that Slack keeps of it."""
    values = {name: {"v": {"type": "number_input", "value": initial}} for name in names}
    blocks = [samples.field(name, samples.number(initial)) for name in names]
    return {**samples.modal(), "blocks": blocks, "state": {"values": values}}


async def test_field_that_was_taken_away_begins_anew(page: Page, slack: FakeSlack) -> None:
    await slack.open_view(steps_view("a", "b"))
    await field(page, "a").locator("input").fill("777")
    await field(page, "b").locator("input").fill("888")
    await slack.push({"type": "view_update", "view": steps_view("a", "c", initial="400")})
    await expect(field(page, "c").locator("input")).to_have_value("400")
    await expect(field(page, "a").locator("input")).to_have_value("777")
    await slack.push({"type": "view_update", "view": steps_view("a", "b", initial="500")})
    await expect(field(page, "b").locator("input")).to_have_value("500")
    await expect(field(page, "a").locator("input")).to_have_value("777")


async def test_option_is_found_by_typing_its_text(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="card", blocks=samples.card("F0"))
    await message(page, ts).get_by_test_id("select").click()
    await page.keyboard.type("photo 17")
    await page.keyboard.press("Enter")
    await wait_until(lambda: bool(slack.called("action")))
    assert slack.called("action")[0]["value"]["selected_option"]["value"] == "Photo 17"


async def test_contact_sheet_is_large_and_opens_at_full_size(page: Page, slack: FakeSlack) -> None:
    sheet = slack.keep(samples.contact_sheet(), "sheet.jpg", "image/jpeg")
    ts = await slack.say("C0PETS", text="card", blocks=samples.card(sheet["id"]))
    shown = message(page, ts).get_by_test_id("picture").locator("img")
    await expect(shown).to_be_visible()
    await wait_until_wide(shown, 440)
    await shown.click()
    full = page.get_by_test_id("lightbox").locator("img")
    await full.click()
    await wait_until_wide(full, 1080)
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("lightbox")).to_have_count(0)


async def wait_until_wide(shown: Locator, width: int) -> None:
    await expect(shown).to_have_js_property("complete", value=True)
    box = await shown.bounding_box()
    assert box
    assert box["width"] >= width


async def test_deleted_picture_falls_blank_at_once(page: Page, slack: FakeSlack) -> None:
    sheet = slack.keep(picture(), "sheet.jpg", "image/jpeg")
    ts = await slack.say("C0PETS", text="card", blocks=samples.card(sheet["id"]))
    await expect(message(page, ts).get_by_test_id("picture").locator("img")).to_be_visible()
    await slack.push({"type": "file_gone", "file_id": sheet["id"]})
    await expect(message(page, ts).get_by_test_id("picture")).to_have_text("This picture is not there.")
    await expect(message(page, ts).get_by_test_id("picture")).to_be_disabled()


async def own_photos(page: Page, slack: FakeSlack) -> Locator:
    """A message of Mira's with two photos, its menu open."""
    files = [slack.keep(picture(), name, "image/jpeg") for name in ("one.jpg", "two.jpg")]
    ts = await slack.say("C0PETS", user="U0MIRA", text="my cat &amp; me", files=files)
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("more").click()
    return page.get_by_test_id("menu")


async def test_author_edits_a_message(page: Page, slack: FakeSlack) -> None:
    menu = await own_photos(page, slack)
    await menu.get_by_test_id("edit-message").click()
    await expect(page.get_by_test_id("edit-field")).to_have_value("my cat & me")
    await page.get_by_test_id("edit-field").fill("class photos")
    await page.get_by_test_id("confirm-yes").click()
    await wait_until(lambda: bool(slack.called("edit")))
    assert slack.called("edit")[0]["text"] == "class photos"


async def test_author_deletes_one_file(page: Page, slack: FakeSlack) -> None:
    menu = await own_photos(page, slack)
    await menu.get_by_test_id("delete-file").click()
    await page.get_by_test_id("menu").get_by_text("two.jpg").click()
    await expect(page.get_by_test_id("confirm")).to_contain_text("two.jpg")
    await page.get_by_test_id("confirm-yes").click()
    await wait_until(lambda: bool(slack.called("file/delete")))
    assert slack.called("file/delete")[0]["file"] == "F0002"


async def test_messages_of_others_are_not_edited(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="mine", blocks=[{"type": "section", "text": text("mine")}])
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("more").click()
    for deed in ("edit-message", "delete-file", "delete-message"):
        await expect(page.get_by_test_id(deed)).to_have_count(0)
