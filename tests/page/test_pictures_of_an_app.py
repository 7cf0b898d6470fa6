"""Pictures that an app shows: with buttons below its answer, in a gallery, for one person only."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import picture
from tests.page.driver import channel, wait_until, write
from tests.page.fake_slack import Json, text
from tests.slack.an_app import Ack, AnApp

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def private_picture(app: AnApp, colour: str) -> str:
    """Uploads a picture without sharing it; gives its id once blocks may show it."""
    done = await app.client.files_upload_v2(content=picture(colour, 240), filename=f"{colour}.jpg")
    found: Json = {}
    while not found.get("mimetype"):
        found = (await app.client.files_info(file=done["files"][0]["id"]))["file"]
    return str(found["id"])


def leaf(number: int, files: list[str]) -> Json:
    """A page of a gallery."""
    image = {"type": "image", "block_id": f"picture-{number}", "slack_file": {"id": files[number]}, "alt_text": "a cat"}
    turn = {"type": "button", "action_id": "next", "value": str(number + 1), "text": text("Next")}
    note = {"type": "section", "text": text(f"{number + 1} of {len(files)}")}
    return {
        "type": "modal",
        "title": text("Gallery"),
        "notify_on_close": True,
        "blocks": [note, image, {"type": "actions", "block_id": f"turn-{number}", "elements": [turn]}],
    }


async def test_answer_for_one_person_leads_to_a_gallery_that_is_leafed_through(mira: Page, app: AnApp) -> None:
    files = [await private_picture(app, colour) for colour in ("red", "blue")]
    button = {"type": "button", "action_id": "gallery", "text": text("Gallery")}
    away = {"type": "button", "action_id": "away", "text": text("Take away")}

    async def answer(ack: Ack) -> None:
        await ack(text="two", blocks=[{"type": "actions", "elements": [button, away]}])

    async def gallery(ack: Ack, body: Json, respond: Ack) -> None:
        await ack()
        await app.client.views_open(trigger_id=body["trigger_id"], view=leaf(0, files))
        await respond(text="one", blocks=[{"type": "actions", "elements": [away]}], replace_original=True)

    async def turn(ack: Ack, body: Json) -> None:
        await ack()
        view, number = body["view"], int(body["actions"][0]["value"])
        await app.client.views_update(view_id=view["id"], hash=view["hash"], view=leaf(number, files))

    async def take_away(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond(delete_original=True)

    async def closed(ack: Ack) -> None:
        await ack()

    app.bolt.command("/darkroom")(answer)
    app.bolt.action("gallery")(gallery)
    app.bolt.action("next")(turn)
    app.bolt.action("away")(take_away)
    app.bolt.view_closed("")(closed)
    await write(channel(mira), "/darkroom")
    shown = channel(mira).locator(".ephemeral")
    await shown.get_by_role("button", name="Gallery").click()
    modal = mira.get_by_test_id("modal")
    await expect(modal).to_contain_text("1 of 2")
    await modal.get_by_role("button", name="Next").click()
    await expect(modal).to_contain_text("2 of 2")
    await expect(modal.locator("img")).to_have_js_property("naturalWidth", 240)
    await expect(modal.locator("img")).to_have_attribute("src", f"/person/file/{files[1]}")
    await app.client.files_delete(file=files[1])
    await expect(modal).to_contain_text("This picture is not there.")
    await mira.keyboard.press("Escape")
    await wait_until(lambda: bool(app.payloads("view_closed")))
    await expect(shown.get_by_test_id("action")).to_have_count(1)
    await shown.get_by_role("button", name="Take away").click()
    await expect(shown).to_have_count(0)


async def test_pictures_with_buttons_are_starred_and_deleted(mira: Page, app: AnApp) -> None:
    async def delete(ack: Ack, body: Json) -> None:
        await ack()
        await app.client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    app.bolt.action("delete")(delete)
    button = {"type": "button", "action_id": "delete", "text": text("Delete")}
    uploads = [{"content": picture(colour, 240), "filename": f"{colour}.jpg"} for colour in ("red", "green", "blue")]
    blocks = json.dumps([{"type": "actions", "elements": [button]}])
    await app.client.files_upload_v2(channel="C0PETS", file_uploads=uploads, blocks=blocks)
    answer = channel(mira).get_by_test_id("message")
    await expect(answer.get_by_test_id("picture").locator("img")).to_have_count(3)
    await answer.hover()
    await answer.get_by_test_id("star").click()
    await expect(answer.get_by_test_id("reaction")).to_have_text("1")
    await wait_until(lambda: bool(app.seen("reaction_added")))
    star = app.seen("reaction_added")[0]
    assert (star["reaction"], star["item_user"]) == ("star", "U0BOT")
    await answer.get_by_role("button", name="Delete").click()
    await expect(answer).to_have_count(0)
