"""What Slack makes of pictures: thumbnails, HEIC from phones, image blocks that show a private file."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, UnidentifiedImageError

from sandbox.slack.heic import heic, jpeg_within
from sandbox.slack.json_types import JsonObject
from sandbox.slack.person import Person
from tests.slack.an_app import BOT_TOKEN, refused_answer
from tests.slack.conftest import Town
from tests.slack.pictures import picture
from tests.slack.test_files import fetch, image_block
from tests.slack.test_people import news_until
from tests.slack.waiting import wait_until


async def processed(mira: Person, name: str, data: bytes) -> JsonObject:
    """Drop a picture and give its file object once it has thumbnails."""
    await mira.drop("C0PETS", (name, data))
    message = await mira.wait_for_message("C0PETS", lambda m: m["files"][0].get("thumb_64"))
    return message["files"][0]


async def test_thumbnails_are_small_and_of_the_kind_of_the_picture(mira: Person, town: Town) -> None:
    file = await processed(mira, "cat.png", picture("PNG", (2048, 1024)))
    assert (file["original_w"], file["thumb_1024_w"], file["thumb_1024_h"]) == (2048, 1024, 512)
    status, kind, body = await fetch(file["thumb_1024"], BOT_TOKEN)
    assert (status, kind, body[:4]) == (200, "image/png", b"\x89PNG")
    _, _, square = await fetch(file["thumb_64"], BOT_TOKEN)
    assert Image.open(BytesIO(square)).size == (64, 64)
    assert (await fetch(file["thumb_1024"], "xoxb-of-somebody-else"))[1] == "text/html"
    assert town.url in file["thumb_1024"]


async def test_small_picture_has_no_thumbnail_larger_than_itself(mira: Person) -> None:
    file = await processed(mira, "cat.jpg", picture(size=(500, 300)))
    sides = {key for key in file if key.startswith("thumb_") and key.count("_") == 1}
    assert sides == {"thumb_64", "thumb_80", "thumb_160", "thumb_360", "thumb_480"}
    assert (file["thumb_480_w"], file["thumb_480_h"]) == (480, 288)
    assert (await fetch(file["thumb_480"].replace("_480", "_720"), BOT_TOKEN))[0] == 404


async def test_thumbnail_of_800_is_as_wide_as_that(mira: Person) -> None:
    file = await processed(mira, "tall.jpg", picture(size=(900, 1200)))
    assert (file["thumb_800_w"], file["thumb_800_h"]) == (800, 1067)
    _, _, body = await fetch(file["thumb_800"], BOT_TOKEN)
    assert Image.open(BytesIO(body)).size == (800, 1067)


async def test_thumbnail_of_a_turned_photo_stands_upright(mira: Person) -> None:
    turned, out = Image.Exif(), BytesIO()
    turned[0x0112] = 6
    Image.new("RGB", (1200, 900)).save(out, "JPEG", exif=turned)
    file = await processed(mira, "turned.jpg", out.getvalue())
    assert (file["original_w"], file["original_h"], file["thumb_1024_h"]) == (900, 1200, 1024)
    _, _, body = await fetch(file["thumb_1024"], BOT_TOKEN)
    assert Image.open(BytesIO(body)).size == (768, 1024)


async def test_photo_of_a_phone_has_thumbnails_that_are_jpeg(mira: Person) -> None:
    photo = heic(picture(size=(1600, 1200)))
    file = await processed(mira, "IMG_0042.HEIC", photo)
    assert (file["mimetype"], file["filetype"], file["pretty_type"]) == ("image/heic", "heic", "HEIC")
    assert (file["original_w"], file["original_h"], file["size"]) == (1600, 1200, len(photo))
    assert await fetch(file["url_private_download"], BOT_TOKEN) == (200, "image/heic", photo)
    for side in (64, 80, 160, 360, 480, 720, 800, 960, 1024):
        status, kind, body = await fetch(file[f"thumb_{side}"], BOT_TOKEN)
        assert (status, kind, body[:2]) == (200, "image/jpeg", b"\xff\xd8")
        assert max(Image.open(BytesIO(body)).size) == side
    with pytest.raises(UnidentifiedImageError):
        Image.open(BytesIO(photo))


def test_heic_is_made_of_boxes_and_points_at_its_picture() -> None:
    jpeg = picture()
    photo = heic(jpeg)
    assert photo[4:12] == b"ftypheic"
    at = photo.index(b"iloc") + len(b"iloc") + 4 + 2 + 2 + 2 + 2 + 2
    offset, length = (int.from_bytes(photo[place : place + 4], "big") for place in (at, at + 4))
    assert photo[offset : offset + length] == jpeg
    assert jpeg_within(photo) == jpeg
    assert jpeg_within(jpeg) is None


async def test_heic_that_nothing_here_can_read_has_no_thumbnails(mira: Person, town: Town) -> None:
    await mira.drop("C0PETS", ("IMG.heic", heic(picture())[:60]))
    file = (await mira.messages("C0PETS"))[0]["files"][0]
    record = town.slack.files.get(file["id"])
    assert record is not None
    await wait_until(lambda: record.processed)
    assert "thumb_64" not in record.wire


async def private_file(town: Town, kind: str = "JPEG") -> str:
    """Upload a picture of the app's own without sharing it."""
    done = await town.client.files_upload_v2(content=picture(kind), filename=f"sheet.{kind.lower()}")
    return str(done["files"][0]["id"])


async def test_file_says_nothing_of_its_kind_while_it_is_processed(mira: Person, town: Town) -> None:
    await mira.faults(late_processing_ms=300)
    file_id = await private_file(town)
    found = (await town.client.files_info(file=file_id))["file"]
    assert (found["mimetype"], found["filetype"], found["shares"]) == ("", "", {})
    answer = await refused_answer(
        town.client.chat_postMessage(channel="C0PETS", text="sheet", blocks=image_block(file_id))
    )
    assert (answer["error"], answer["errors"]) == (
        "invalid_blocks",
        ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"],
    )
    await wait_until(lambda: town.slack.files.is_shown_by(file_id))
    found = (await town.client.files_info(file=file_id))["file"]
    assert (found["mimetype"], found["shares"]) == ("image/jpeg", {})
    await town.client.chat_postMessage(channel="C0PETS", text="sheet", blocks=image_block(file_id))


@pytest.mark.parametrize(("kind", "shown"), [("PNG", True), ("GIF", True), ("WEBP", False)])
async def test_image_block_shows_png_jpeg_and_gif(town: Town, kind: str, *, shown: bool) -> None:
    file_id = await private_file(town, kind)
    record = town.slack.files.get(file_id)
    assert record is not None
    await wait_until(lambda: record.processed)
    post: Any = town.client.chat_postMessage(channel="C0PETS", text="sheet", blocks=image_block(file_id))
    if shown:
        assert (await post)["ok"]
    else:
        assert (await refused_answer(post))["error"] == "invalid_blocks"


async def test_deleted_picture_leaves_its_block_and_cannot_be_shown_again(mira: Person, town: Town) -> None:
    file_id = await private_file(town)
    await wait_until(lambda: town.slack.files.is_shown_by(file_id))
    blocks = image_block(file_id)
    posted = await town.client.chat_postMessage(channel="C0PETS", text="sheet", blocks=blocks)
    news = await news_until(town, town.client.files_delete(file=file_id), "file_gone")
    assert news[-1]["file_id"] == file_id
    assert (await mira.message("C0PETS", posted["ts"]))["blocks"][0]["slack_file"] == {"id": file_id}
    again: Any = town.client.chat_update(channel="C0PETS", ts=posted["ts"], text="sheet", blocks=blocks)
    assert (await refused_answer(again))["error"] == "invalid_blocks"
    assert (await refused_answer(town.client.files_info(file=file_id)))["error"] == "file_deleted"
    assert (await refused_answer(town.client.files_delete(file=file_id)))["error"] == "file_deleted"


async def test_pictures_of_messages_are_those_in_files_and_in_blocks(mira: Person, town: Town) -> None:
    kept, gone = await private_file(town), await private_file(town, "PNG")
    phone = await processed(mira, "IMG.heic", heic(picture()))
    await wait_until(lambda: town.slack.files.is_shown_by(kept) and town.slack.files.is_shown_by(gone))
    for file_id in (kept, gone):
        await town.client.chat_postMessage(channel="C0PETS", text="sheet", blocks=image_block(file_id))
    await town.client.files_delete(file=gone)
    found = await mira.pictures_of(await mira.messages("C0PETS"))
    assert found.keys() == {kept, phone["id"]}
    assert found[kept] == picture()
    assert found[phone["id"]][:2] == b"\xff\xd8"
