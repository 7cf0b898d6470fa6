"""Uploads of the app, photos of people, and who may download them."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.person import Person
from tests.slack.an_app import BOT_TOKEN, Ack, AnApp
from tests.slack.conftest import Town
from tests.slack.pictures import picture
from tests.slack.waiting import wait_until


async def fetch(url: str, token: str = "") -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status, answer.content_type, await answer.read()


def image_block(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "a painting"}]


async def test_pictures_of_the_app_arrive_as_one_message_in_the_thread(mira: Person, app: AnApp) -> None:
    root = await mira.say("C0PETS", "paint")
    uploads = [{"file": picture(), "filename": f"{number}.jpg", "title": f"seed {number}"} for number in (1, 2)]
    done = await app.client.files_upload_v2(
        channel="C0PETS", thread_ts=root, initial_comment="two paintings", file_uploads=uploads
    )
    assert "ts" not in done.data
    assert [file["title"] for file in done["files"]] == ["seed 1", "seed 2"]
    message = await mira.wait_for_message("C0PETS", lambda m: m.get("files"), thread=root)
    assert (message["text"], len(message["files"]), message["bot_id"]) == ("two paintings", 2, "B0BOT")
    assert await mira.picture(message["files"][0]) == picture()
    event = (await wait_until(lambda: app.seen("message", "file_share")))[0]
    assert event["bot_id"] == "B0BOT"


BUTTONS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*two cats*"}},
    {
        "type": "actions",
        "block_id": "deeds",
        "elements": [{"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}}],
    },
]


async def test_blocks_of_an_upload_stand_in_its_message_and_their_buttons_work(mira: Person, app: AnApp) -> None:
    @app.bolt.action("again")
    async def _(ack: Ack) -> None:
        await ack()

    root = await mira.say("C0PETS", "paint")
    uploads = [{"file": picture(), "filename": f"{number}.jpg"} for number in (1, 2)]
    await app.client.files_upload_v2(
        channel="C0PETS", thread_ts=root, file_uploads=uploads, blocks=json.dumps(BUTTONS), initial_comment=None
    )
    message = await mira.wait_for_message("C0PETS", lambda m: m.get("files"), thread=root)
    assert (len(message["files"]), message["text"]) == (2, "This content can't be displayed.")
    await mira.press(message, "Again", modal_within=0)
    body = app.payloads("block_actions")[0]
    assert (body["message"]["ts"], body["channel"]["id"]) == (message["ts"], "C0PETS")
    assert [file["id"] for file in body["message"]["files"]] == [file["id"] for file in message["files"]]
    assert body["container"] == {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": "C0PETS",
        "is_ephemeral": False,
        "thread_ts": root,
    }
    await app.client.chat_update(channel="C0PETS", ts=message["ts"], text="sold", blocks=[])
    assert len((await mira.message("C0PETS", message["ts"]))["files"]) == 2


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        (json.dumps([{"type": "section"}]), "invalid_blocks"),
        (json.dumps([{"type": "markdown", "text": "# no"}]), "internal_error"),
        ("no json", "invalid_blocks_format"),
    ],
)
async def test_upload_whose_blocks_slack_refuses_is_not_shared(
    mira: Person, town: Town, blocks: str, error: str
) -> None:
    announced = await town.client.files_getUploadURLExternal(filename="a.jpg", length=1)
    async with aiohttp.ClientSession() as session:
        await session.post(announced["upload_url"], data=b"1")
    done: dict[str, Any] = {"files": [{"id": announced["file_id"]}], "channel_id": "C0PETS"}
    with pytest.raises(SlackApiError, match=error):
        await town.client.files_completeUploadExternal(**done, blocks=blocks)
    await town.client.files_completeUploadExternal(**done, blocks=json.dumps(BUTTONS), initial_comment="in words")
    message = await mira.wait_for_message("C0PETS", lambda m: m.get("files"))
    assert (message["text"], "blocks" in message) == ("in words", False)


async def test_message_that_follows_an_upload_overtakes_it(mira: Person, town: Town) -> None:
    await town.client.files_upload_v2(channel="C0PETS", content=picture(), filename="a.jpg")
    await town.client.chat_postMessage(channel="C0PETS", text="quick")
    await mira.wait_for_message("C0PETS", lambda m: m.get("files"))
    assert [message["text"] for message in await mira.messages("C0PETS")] == ["quick", ""]


async def test_shares_and_type_of_an_upload_are_known_a_moment_later(mira: Person, town: Town) -> None:
    done = await town.client.files_upload_v2(channel="C0PETS", content=picture(), filename="a.jpg")
    file = done["files"][0]
    assert (file["mimetype"], file["shares"]) == ("", {})
    message = await mira.wait_for_message("C0PETS", lambda m: m.get("files") and m["files"][0]["shares"])
    found = (await town.client.files_info(file=file["id"]))["file"]
    assert found["mimetype"] == "image/jpeg"
    assert found["shares"]["public"]["C0PETS"][0]["ts"] == message["ts"]


async def test_image_block_takes_a_private_upload_only_once_it_is_processed(mira: Person, town: Town) -> None:
    done = await town.client.files_upload_v2(content=picture(), filename="a.jpg")
    blocks = image_block(done["files"][0]["id"])
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await town.client.chat_postMessage(channel="C0PETS", text="see", blocks=blocks)
    await wait_until(lambda: town.slack.files.is_shown_by(done["files"][0]["id"]))
    await town.client.chat_postMessage(channel="C0PETS", text="see", blocks=blocks)
    assert len(await mira.messages("C0PETS")) == 1


async def test_upload_of_the_wrong_length_is_refused(town: Town) -> None:
    announced = await town.client.files_getUploadURLExternal(filename="a.jpg", length=5)
    async with aiohttp.ClientSession() as session:
        async with session.post(announced["upload_url"], data=b"1234") as answer:
            assert answer.status == 400
        form = aiohttp.FormData()
        form.add_field("file", b"12345", filename="a.jpg")
        async with session.post(announced["upload_url"], data=form) as answer:
            assert answer.status == 200
    await town.client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])


async def test_upload_whose_bytes_never_came_cannot_be_completed(town: Town) -> None:
    announced = await town.client.files_getUploadURLExternal(filename="a.jpg", length=5)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await town.client.files_completeUploadExternal(files=[{"id": announced["file_id"]}])


async def test_photo_is_downloaded_with_the_token_only(mira: Person) -> None:
    file = (await mira.upload(("my cat.jpg", picture())))[0]
    url = file["url_private_download"]
    assert await fetch(url, BOT_TOKEN) == (200, "image/jpeg", picture())
    status, kind, body = await fetch(url, "xoxb-of-somebody-else")
    assert (status, kind) == (200, "text/html")
    assert b"Sign in" in body
    assert (await fetch(url))[0] == 302


@pytest.mark.parametrize(
    "town",
    [{"scopes": "commands,chat:write,channels:history", "events": "message.channels"}],
    indirect=True,
)
async def test_app_without_files_read_gets_the_login_page(mira: Person, town: Town) -> None:
    file = (await mira.upload(("cat.jpg", picture())))[0]
    assert (await fetch(file["url_private_download"], BOT_TOKEN))[1] == "text/html"
    with pytest.raises(SlackApiError, match="missing_scope"):
        await town.client.files_info(file=file["id"])


async def test_login_page_can_be_switched_on(mira: Person) -> None:
    await mira.faults(login_page=True)
    file = (await mira.upload(("cat.jpg", picture())))[0]
    assert (await fetch(file["url_private_download"], BOT_TOKEN))[1] == "text/html"


async def test_file_of_a_channel_without_the_bot_is_unknown_to_the_app(mira: Person, town: Town) -> None:
    await mira.drop("C0RANDOM", ("cat.jpg", picture()))
    file = (await mira.messages("C0RANDOM"))[0]["files"][0]
    with pytest.raises(SlackApiError, match="file_not_found"):
        await town.client.files_info(file=file["id"])


async def test_event_may_only_name_a_file(mira: Person, app: AnApp) -> None:
    await mira.faults(check_file_info=1)
    await mira.drop("C0PETS", ("cat.jpg", picture()))
    file = (await wait_until(lambda: app.seen("message", "file_share")))[0]["files"][0]
    assert file["file_access"] == "check_file_info"
    assert "url_private_download" not in file
    assert (await app.client.files_info(file=file["id"]))["file"]["name"] == "cat.jpg"


async def test_deleted_file_of_the_app_is_a_tombstone(mira: Person, town: Town) -> None:
    done = await town.client.files_upload_v2(channel="C0PETS", content=picture(), filename="a.jpg")
    await mira.wait_for_message("C0PETS", lambda m: m.get("files"))
    await town.client.files_delete(file=done["files"][0]["id"])
    message = (await mira.messages("C0PETS"))[0]
    assert message["files"] == [{"id": done["files"][0]["id"], "mode": "tombstone"}]
    with pytest.raises(SlackApiError, match="file_deleted"):
        await town.client.files_info(file=done["files"][0]["id"])


async def test_upload_url_takes_bytes_once(town: Town) -> None:
    announced = await town.client.files_getUploadURLExternal(filename="a.jpg", length=1)
    async with aiohttp.ClientSession() as session:
        await session.post(announced["upload_url"], data=b"1")
        async with session.post(announced["upload_url"], data=b"1") as answer:
            assert answer.status == 404
