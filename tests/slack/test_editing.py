"""Messages that people edit, thin out and delete, as the app hears of it."""

import pytest

from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import EVENTS, AnApp, refused_answer
from tests.slack.conftest import Town
from tests.slack.pictures import picture
from tests.slack.waiting import wait_until

PHOTOS = [("one.jpg", picture()), ("two.jpg", picture())]


async def test_deleted_photos_of_a_thread_are_told_with_their_files(mira: Person, app: AnApp) -> None:
    root = await mira.say("C0PETS", "a set")
    ts = await mira.drop("C0PETS", *PHOTOS, thread=root, text="class photos")
    message = await mira.message("C0PETS", ts)
    assert (message["subtype"], message["text"]) == ("file_share", "class photos")
    await mira.delete(message)
    event = (await wait_until(lambda: app.seen("message", "message_deleted")))[0]
    assert (event["channel"], event["hidden"], event["deleted_ts"]) == ("C0PETS", True, ts)
    assert (event["channel_type"], event["ts"]) == ("channel", event["event_ts"])
    assert event["ts"] > ts
    before = event["previous_message"]
    assert [file["id"] for file in before["files"]] == [file["id"] for file in message["files"]]
    assert (before["thread_ts"], before["parent_user_id"], before["user"]) == (root, "U0MIRA", "U0MIRA")
    assert await mira.message("C0PETS", ts) == {}
    answer = await refused_answer(app.client.files_info(file=message["files"][0]["id"]))
    assert answer["error"] == "file_deleted"
    assert "reply_count" not in await mira.message("C0PETS", root)


@pytest.mark.parametrize("tombstone", [False, True])
async def test_one_file_less_is_told_as_a_changed_message(mira: Person, app: AnApp, *, tombstone: bool) -> None:
    ts = await mira.drop("C0PETS", *PHOTOS)
    message = await mira.message("C0PETS", ts)
    gone, kept = message["files"]
    await mira.remove_file(message, gone, tombstone=tombstone)
    event = (await wait_until(lambda: app.seen("message", "message_changed")))[0]
    left = [{"id": gone["id"], "mode": "tombstone"}] if tombstone else []
    assert event["message"]["files"][:-1] == left
    assert event["message"]["files"][-1]["id"] == kept["id"]
    assert [file["id"] for file in event["previous_message"]["files"]] == [gone["id"], kept["id"]]
    assert not app.seen("file_deleted")


async def test_last_file_takes_a_message_without_words_along(mira: Person, app: AnApp) -> None:
    ts = await mira.drop("C0PETS", PHOTOS[0])
    message = await mira.message("C0PETS", ts)
    await mira.remove_file(message, message["files"][0])
    event = (await wait_until(lambda: app.seen("message", "message_deleted")))[0]
    assert event["deleted_ts"] == ts
    ts = await mira.drop("C0PETS", PHOTOS[0], text="words stay")
    message = await mira.message("C0PETS", ts)
    await mira.remove_file(message, message["files"][0])
    left = await mira.message("C0PETS", ts)
    assert (left["text"], left.get("files")) == ("words stay", None)


@pytest.mark.parametrize("town", [{"events": f"{EVENTS},file_deleted"}], indirect=True)
async def test_deleted_file_is_told_to_who_subscribes(mira: Person, app: AnApp) -> None:
    ts = await mira.drop("C0PETS", *PHOTOS)
    message = await mira.message("C0PETS", ts)
    await mira.remove_file(message, message["files"][0])
    event = (await wait_until(lambda: app.seen("file_deleted")))[0]
    assert event["file_id"] == message["files"][0]["id"]


async def test_file_that_two_messages_show_outlives_one_of_them(mira: Person, app: AnApp) -> None:
    files = [str(file["id"]) for file in await mira.upload(*PHOTOS)]
    first = await mira.say("C0PETS", "one", files=files)
    await mira.say("C0PETS", "two", files=files[:1])
    await mira.delete(await mira.message("C0PETS", first))
    assert (await app.client.files_info(file=files[0]))["file"]["id"] == files[0]
    assert (await refused_answer(app.client.files_info(file=files[1])))["error"] == "file_deleted"


async def test_edited_message_is_told_with_what_it_said_before(mira: Person, app: AnApp) -> None:
    ts = await mira.drop("C0PETS", PHOTOS[0], text="clas photos")
    await mira.edit(await mira.message("C0PETS", ts), "class photos & more")
    event = (await wait_until(lambda: app.seen("message", "message_changed")))[0]
    assert event["message"]["text"] == "class photos &amp; more"
    assert event["message"]["edited"]["user"] == "U0MIRA"
    assert event["previous_message"]["text"] == "clas photos"
    assert event["message"]["files"] == event["previous_message"]["files"]


async def test_only_the_author_edits_and_thins_out_a_message(mira: Person, town: Town) -> None:
    ts = await mira.drop("C0PETS", *PHOTOS)
    message = await mira.message("C0PETS", ts)
    async with Person(town.url, "U0JON") as jonas:
        with pytest.raises(RefusedError, match="cant_update_message"):
            await jonas.edit(message, "mine now")
        with pytest.raises(RefusedError, match="cant_update_message"):
            await jonas.remove_file(message, message["files"][0])
    with pytest.raises(RefusedError, match="file_not_found"):
        await mira.remove_file(message, {"id": "F0NONE"})
    said = await mira.message("C0PETS", await mira.say("C0PETS", "words"))
    with pytest.raises(RefusedError, match="no_text"):
        await mira.edit(said, " ")
