"""The page on the sandbox's own Slack, with a small Bolt app on the other side."""

import pytest
from playwright.async_api import Page, expect

from sandbox.slack.heic import heic
from tests.page.conftest import picture
from tests.page.driver import channel, drop, message, open_thread, wait_until, write
from tests.page.fake_slack import Json, text
from tests.slack.an_app import Ack, AnApp

pytestmark = pytest.mark.asyncio(loop_scope="session")

STEPS = {"type": "number_input", "action_id": "v", "is_decimal_allowed": False, "max_value": "2000"}
MODAL = {
    "type": "modal",
    "callback_id": "train",
    "title": text("Train riobugger"),
    "submit": text("Train"),
    "blocks": [{"type": "input", "block_id": "steps", "label": text("Steps"), "element": STEPS}],
}
CARD = [{"type": "actions", "elements": [{"type": "button", "action_id": "train", "text": text("Train")}]}]


@pytest.fixture
def app(app: AnApp) -> AnApp:
    """A small app with a card, a modal and a Home tab."""

    async def card(ack: Ack, command: Json) -> None:
        await ack("A thread is open.")
        await app.client.chat_postMessage(channel=command["channel_id"], text="card", blocks=CARD)

    async def press(ack: Ack, body: Json) -> None:
        await ack()
        await app.client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    async def submitted(ack: Ack, view: Json) -> None:
        steps = view["state"]["values"]["steps"]["v"]["value"]
        await ack()
        await app.client.chat_postMessage(channel="C0PETS", text=f"*{steps}* steps")

    async def home(event: Json) -> None:
        section = {"type": "section", "text": text("No models yet")}
        await app.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section]})

    app.bolt.command("/train")(card)
    app.bolt.action("train")(press)
    app.bolt.view("train")(submitted)
    app.bolt.event("app_home_opened")(home)
    return app


@pytest.mark.usefixtures("app")
async def test_card_modal_and_home_go_all_the_way_to_an_app_and_back(mira: Page) -> None:
    await write(channel(mira), "/train riobugger cat")
    await expect(channel(mira).locator(".ephemeral")).to_contain_text("A thread is open.")
    await channel(mira).get_by_test_id("action").click()
    await mira.locator("[data-block-id=steps] input").fill("9000")
    await mira.get_by_test_id("modal-submit").click()
    await expect(mira.get_by_test_id("field-error")).to_contain_text("2000")
    await mira.locator("[data-block-id=steps] input").fill("800")
    await mira.get_by_test_id("modal-submit").click()
    await expect(mira.get_by_test_id("modal")).to_have_count(0)
    await expect(channel(mira)).to_contain_text("800 steps")
    await mira.get_by_test_id("app-home").click()
    await expect(mira.get_by_test_id("home-view")).to_contain_text("No models yet")


async def test_photos_dropped_in_a_thread_are_shown_by_the_server(mira: Page) -> None:
    await write(channel(mira), "look at *this* & <that>")
    own = channel(mira).get_by_test_id("message")
    await expect(own).to_contain_text("look at this & <that>")
    ts = await own.get_attribute("data-ts")
    pane = await open_thread(mira, ts or "")
    await drop(pane, {"a.jpg": picture("red"), "b.png": picture("blue", kind="PNG")})
    await pane.get_by_test_id("send").click()
    await expect(pane.get_by_test_id("picture")).to_have_count(2)
    await expect(message(mira, ts or "").get_by_test_id("thread-link")).to_contain_text("1 reply")
    await message(mira, ts or "").hover()
    await message(mira, ts or "").get_by_test_id("react").click()
    await mira.get_by_test_id("picker").get_by_role("menuitem", name="tada").click()
    await expect(message(mira, ts or "").get_by_test_id("reaction")).to_have_count(1)


async def test_command_without_an_app_fails_as_in_slack(mira: Page) -> None:
    await write(channel(mira), "/train riobugger cat")
    await expect(channel(mira).get_by_test_id("message-notice")).to_contain_text("/train failed with the error")


async def test_app_added_to_a_channel_is_no_longer_missed_there(mira: Page) -> None:
    await mira.get_by_test_id("channel-random").click()
    await mira.get_by_test_id("invite").click()
    await expect(mira.get_by_test_id("not-in-channel")).not_to_be_visible()


async def test_ready_photos_of_the_sandbox_can_be_attached(mira: Page) -> None:
    await channel(mira).get_by_test_id("sample-photos").click()
    await mira.locator("[data-testid=sample-set][data-set=riobugger]").get_by_test_id("sample-all").click()
    await mira.get_by_test_id("attach-samples").click()
    await expect(channel(mira).locator("[data-testid=attachment][data-state=done]")).to_have_count(8)


def form(preset: str) -> Json:
    """A form that asks for a class prompt only when a face is learnt."""
    named = [{"text": text(each), "value": each} for each in ("thing", "face")]
    radios = {"type": "radio_buttons", "action_id": "preset", "options": named, "initial_option": named[0]}
    prompts = ["instance_prompt", *(["class_prompt"] if preset == "face" else [])]
    inputs = [
        {
            "type": "input",
            "block_id": name,
            "label": text(name),
            "element": {"type": "plain_text_input", "action_id": "v", "initial_value": f"a photo ({preset})"},
        }
        for name in prompts
    ]
    return MODAL | {"blocks": [{"type": "actions", "block_id": "preset", "elements": [radios]}, *inputs]}


async def test_form_that_changes_while_it_is_open_keeps_what_was_typed(mira: Page, app: AnApp) -> None:
    async def start(ack: Ack, body: Json) -> None:
        await ack()
        await app.client.views_open(trigger_id=body["trigger_id"], view=form("thing"))

    async def change(ack: Ack, body: Json) -> None:
        await ack()
        view, chosen = body["view"], body["actions"][0]["selected_option"]["value"]
        await app.client.views_update(view_id=view["id"], hash=view["hash"], view=form(chosen))

    app.bolt.action("form")(start)
    app.bolt.action("preset")(change)
    button = {"type": "button", "action_id": "form", "text": text("Form")}
    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=[{"type": "actions", "elements": [button]}])
    await channel(mira).get_by_test_id("action").click()
    own = mira.locator("[data-block-id=instance_prompt] input")
    asked = mira.locator("[data-block-id=class_prompt] input")
    await own.fill("a photo of riobugger cat")
    await mira.get_by_label("face").check()
    await expect(asked).to_have_value("a photo (face)")
    await expect(own).to_have_value("a photo of riobugger cat")
    await asked.fill("a photo of a cat")
    await mira.get_by_label("thing").check()
    await expect(asked).to_have_count(0)
    await mira.get_by_label("face").check()
    await expect(asked).to_have_value("a photo (face)")


async def test_photo_of_a_phone_is_shown_and_deleted_with_its_message(mira: Page, app: AnApp) -> None:
    await drop(channel(mira), {"IMG_0042.heic": heic(picture("red", 600))})
    await channel(mira).get_by_test_id("send").click()
    shown = channel(mira).get_by_test_id("picture").locator("img")
    await expect(shown).to_be_visible()
    await wait_until(lambda: bool(app.seen("message", "file_share")))
    own = channel(mira).get_by_test_id("message")
    await expect(shown).to_have_js_property("naturalWidth", 600)
    await own.hover()
    await own.get_by_test_id("more").click()
    await mira.get_by_test_id("delete-message").click()
    await mira.get_by_test_id("confirm-yes").click()
    await expect(own).to_have_count(0)
    await wait_until(lambda: bool(app.seen("message", "message_deleted")))
    gone = app.seen("message", "message_deleted")[0]["previous_message"]["files"][0]
    assert (gone["mimetype"], gone["original_w"]) == ("image/heic", 600)
