"""Selects: of long lists, of people and conversations, of several at once."""

import pytest
from playwright.async_api import Page, expect

from tests.page.driver import message, wait_until
from tests.page.fake_slack import FakeSlack, text
from tests.page.test_acting import field, modal, option

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROUPS = [
    {"label": text(maker), "options": [option(f"{maker.lower()} {number:02}") for number in range(17)]}
    for maker in ("Runway", "Stability", "Prompthero", "Dreamlike", "Nitrosocke")
]
SURE = {"title": text("Share it?"), "text": text("They may wake it."), "confirm": text("Share"), "deny": text("Keep")}


async def test_long_list_is_narrowed_by_typing_and_chosen_from_with_the_keyboard(page: Page, slack: FakeSlack) -> None:
    select = {"type": "static_select", "action_id": "model", "placeholder": text("Model"), "option_groups": GROUPS}
    ts = await slack.say("C0PETS", text="x", blocks=[{"type": "actions", "block_id": "b", "elements": [select]}])
    await message(page, ts).get_by_test_id("select").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option")).to_have_count(85)
    await page.keyboard.type("1 hero")
    await expect(page.get_by_role("option")).to_have_count(8)
    await expect(page.locator(".menu-heading")).to_have_text("Prompthero")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".listbox .at")).to_have_text("Prompthero 16")
    await page.keyboard.press("Enter")
    await expect(message(page, ts).get_by_test_id("select")).to_have_text("Prompthero 16")
    await expect(message(page, ts).get_by_test_id("select")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".listbox .at")).to_have_text("Prompthero 16")
    await page.keyboard.type("no such model")
    await expect(page.get_by_test_id("menu")).to_contain_text("Nothing fits.")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("menu")).to_have_count(0)
    assert [c["value"]["selected_option"]["value"] for c in slack.called("action")] == ["prompthero 16"]


async def test_people_and_channels_are_chosen_several_at_once(page: Page, slack: FakeSlack) -> None:
    people = field("people", {"type": "multi_users_select", "initial_users": ["U0JON"], "max_selected_items": 2})
    places = field("places", {"type": "multi_conversations_select", "filter": {"include": ["public"]}}, optional=True)
    slack.answers["view/submit"] = {"ok": False, "errors": {"people": "Darkroom cannot share with itself."}}
    await slack.open_view(modal(people, places))
    who, where = page.locator("[data-block-id=people]"), page.locator("[data-block-id=places]")
    await expect(who.locator(".token-words")).to_have_text(["Jonas"])
    await who.get_by_label("People").click(position={"x": 300, "y": 8})
    await page.get_by_role("option", name="Darkroom").click()
    await expect(who.locator(".token-words")).to_have_text(["Jonas", "Darkroom"])
    await expect(page.get_by_role("option", name="Mira")).to_be_disabled()
    await expect(page.get_by_test_id("menu")).to_contain_text("No more than 2 can be chosen.")
    await page.keyboard.press("Escape")
    await who.get_by_label("Remove Jonas").click()
    await expect(who.locator(".token-words")).to_have_text(["Darkroom"])
    await where.get_by_label("Places").click()
    await page.keyboard.type("st")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.get_by_test_id("modal-submit").click()
    await wait_until(lambda: bool(slack.called("view/submit")))
    values = {c["block_id"]: c["value"] for c in slack.called("view/input")}
    assert values == {"people": {"selected_users": ["U0BOT"]}, "places": {"selected_conversations": ["C0STUDIO"]}}
    await expect(who.get_by_test_id("field-error")).to_have_text("Darkroom cannot share with itself.")
    await expect(who.get_by_label("People")).to_be_focused()
    await expect(who.locator(".token-words")).to_have_text(["Darkroom"])


async def test_several_in_a_message_are_told_once_and_only_when_meant(page: Page, slack: FakeSlack) -> None:
    select = {"type": "multi_users_select", "action_id": "who", "placeholder": text("Nobody yet"), "confirm": SURE}
    section = {"type": "section", "block_id": "b", "text": text("Who may use it?"), "accessory": select}
    ts = await slack.say("C0PETS", text="x", blocks=[section])
    for answer in ("confirm-deny", "confirm-yes"):
        await message(page, ts).get_by_test_id("select").click()
        await page.get_by_role("option", name="Jonas").click()
        await page.get_by_role("option", name="Mira").click()
        await page.keyboard.press("Escape")
        await page.get_by_test_id(answer).click()
        await expect(message(page, ts).get_by_test_id("token")).to_have_count(2 if answer == "confirm-yes" else 0)
    await wait_until(lambda: bool(slack.called("action")))
    assert [c["value"] for c in slack.called("action")] == [{"selected_users": ["U0JON", "U0MIRA"]}]


async def test_app_suggests_what_fits_the_typed_letters(page: Page, slack: FakeSlack) -> None:
    slack.answers["suggest"] = lambda body: {"ok": True, "options": [option(f"{body['value']} one"), option("two")]}
    ts = await slack.say(
        "C0PETS",
        text="x",
        blocks=[{"type": "actions", "block_id": "b", "elements": [{"type": "external_select", "action_id": "m"}]}],
    )
    await message(page, ts).get_by_test_id("select").click()
    await page.keyboard.type("cat")
    await page.get_by_role("option", name="Cat One").click()
    await expect(message(page, ts).get_by_test_id("select")).to_have_text("Cat One")
    await wait_until(lambda: bool(slack.called("action")))
    assert [c["value"] for c in slack.called("suggest")] == ["cat"]
