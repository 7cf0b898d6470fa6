"""What a person writes: messages, photos, commands, mentions."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import picture
from tests.page.driver import channel, drop, message, open_thread, paste, thread, wait_until, write
from tests.page.fake_slack import FakeSlack, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_message_is_sent_by_enter_and_shown_once(page: Page, slack: FakeSlack) -> None:
    await write(channel(page), "hello everybody")
    await expect(channel(page).get_by_test_id("message")).to_have_count(1)
    await expect(channel(page).get_by_test_id("message-sending")).to_have_count(0)
    assert slack.called("message") == [{"user": "U0MIRA", "channel": "C0PETS", "text": "hello everybody"}]


async def test_shift_and_enter_begin_a_new_line(page: Page, slack: FakeSlack) -> None:
    field = channel(page).get_by_test_id("composer")
    await field.press_sequentially("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await channel(page).get_by_test_id("send").click()
    await wait_until(lambda: bool(slack.called("message")))
    assert slack.called("message")[0]["text"] == "one\ntwo"


async def test_person_drops_photos_on_a_thread(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="Drop photos here")
    pane = await open_thread(page, ts)
    await drop(pane, {"a.jpg": picture("red"), "b.jpg": picture("blue")})
    await expect(pane.locator("[data-testid=attachment][data-state=done]")).to_have_count(2)
    await pane.get_by_test_id("send").click()
    await expect(pane.get_by_test_id("picture")).to_have_count(2)
    sent = slack.called("message")[0]
    assert sent["thread_ts"] == ts
    assert len(sent["files"]) == 2


async def test_dropped_photos_never_leave_the_thread_for_the_channel(page: Page, slack: FakeSlack) -> None:
    pane = await open_thread(page, await slack.say("C0PETS", text="Drop photos here"))
    await drop(pane, {"a.jpg": picture()})
    await expect(channel(page).get_by_test_id("attachment")).to_have_count(0)


async def test_photo_chosen_from_the_disk_is_attached(page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "cat.jpg"
    photo.write_bytes(picture())
    await channel(page).get_by_test_id("file-input").set_input_files(photo)
    await expect(channel(page).locator("[data-testid=attachment][data-state=done]")).to_have_count(1)


async def test_pasted_picture_is_attached(page: Page) -> None:
    await paste(channel(page).get_by_test_id("composer"), "shot.jpg", picture())
    await expect(channel(page).locator("[data-testid=attachment][data-state=done]")).to_have_count(1)


async def test_photos_can_be_sent_before_they_are_all_uploaded(page: Page, slack: FakeSlack) -> None:
    await drop(channel(page), {f"{n}.jpg": picture(size=32 + n) for n in range(8)})
    await channel(page).get_by_test_id("send").click()
    await expect(channel(page).get_by_test_id("message").get_by_test_id("picture")).to_have_count(8)
    assert len(slack.called("message")[0]["files"]) == 8


async def test_refused_upload_is_said_and_can_be_discarded(page: Page, slack: FakeSlack) -> None:
    slack.answers["upload"] = {"ok": False, "error": "file_upload_size_restricted"}
    await drop(channel(page), {"a.jpg": picture()})
    await expect(channel(page).locator("[data-testid=attachment][data-state=failed]")).to_have_count(1)
    await channel(page).get_by_test_id("send").click()
    failed = channel(page).get_by_test_id("message-failed")
    await expect(failed).to_contain_text("The upload failed.")
    await failed.get_by_text("Discard").click()
    await expect(failed).to_have_count(0)


async def test_message_that_was_not_taken_can_be_tried_again(page: Page, slack: FakeSlack) -> None:
    slack.answers["message"] = {"ok": False, "error": "ratelimited"}
    await write(channel(page), "hello")
    failed = channel(page).get_by_test_id("message-failed")
    await expect(failed).to_contain_text("ratelimited")
    del slack.answers["message"]
    await failed.get_by_text("Try again").click()
    await expect(channel(page).get_by_test_id("message")).to_have_count(1)


async def test_some_sample_photos_are_attached(page: Page) -> None:
    await channel(page).get_by_test_id("sample-photos").click()
    await page.get_by_test_id("sample-all").click()
    await page.get_by_test_id("sample").first.click()
    await page.get_by_text("Attach 2 photos").click()
    await expect(channel(page).locator("[data-testid=attachment][data-state=done]")).to_have_count(2)


async def test_slash_opens_the_commands_with_their_usage(page: Page, slack: FakeSlack) -> None:
    field = channel(page).get_by_test_id("composer")
    await field.press_sequentially("/")
    await expect(page.get_by_test_id("offer")).to_have_count(3)
    await expect(page.get_by_test_id("offer").first).to_contain_text("name noun, as in riobugger cat")
    await field.press_sequentially("im")
    await field.press("Enter")
    await expect(field).to_have_value("/imagine ")
    await field.press_sequentially("a cat --n 2")
    await field.press("Enter")
    await wait_until(lambda: bool(slack.called("command")))
    assert slack.called("command")[0] == {
        "user": "U0MIRA",
        "channel": "C0PETS",
        "command": "/imagine",
        "text": "a cat --n 2",
    }


async def test_slash_command_in_a_thread_is_refused_in_slacks_words(page: Page, slack: FakeSlack) -> None:
    pane = await open_thread(page, await slack.say("C0PETS", text="card"))
    await pane.get_by_test_id("composer").press_sequentially("/")
    await expect(page.get_by_test_id("offer")).to_have_count(0)
    await write(pane, "/imagine a cat")
    await expect(pane.get_by_test_id("message-notice")).to_contain_text("/imagine is not supported in threads. Sorry!")
    assert slack.called("command") == []
    assert slack.called("message") == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("operation_timeout", '/train failed with the error "operation_timeout"'),
        ("unknown_command", "/train is not a valid command."),
    ],
)
async def test_failed_command_is_said_as_slack_says_it(page: Page, slack: FakeSlack, error: str, said: str) -> None:
    slack.answers["command"] = {"ok": False, "error": error}
    await write(channel(page), "/train riobugger cat")
    await expect(channel(page).get_by_test_id("message-notice")).to_contain_text(said)


async def test_command_that_is_already_typed_out_runs_at_the_first_enter(page: Page, slack: FakeSlack) -> None:
    await channel(page).get_by_test_id("composer").press_sequentially("/darkroom")
    await page.keyboard.press("Enter")
    await wait_until(lambda: bool(slack.called("command")))
    assert slack.called("command")[0]["command"] == "/darkroom"


async def test_typed_name_of_the_app_becomes_a_mention(page: Page, slack: FakeSlack) -> None:
    field = channel(page).get_by_test_id("composer")
    await field.press_sequentially("hey @dark")
    await expect(page.get_by_test_id("offer")).to_have_count(1)
    await field.press("Tab")
    await field.press_sequentially("learn riobugger the cat, a@darkroom.example <3 #pets")
    await field.press("Enter")
    await wait_until(lambda: bool(slack.called("message")))
    sent = "hey <@U0BOT> learn riobugger the cat, a@darkroom.example <3 <#C0PETS|pets>"
    assert slack.called("message")[0]["text"] == sent


async def test_draft_stays_with_its_channel(page: Page) -> None:
    await channel(page).get_by_test_id("composer").fill("half a thought")
    await page.get_by_test_id("channel-studio").click()
    await expect(channel(page).get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id("channel-pets").click()
    await expect(channel(page).get_by_test_id("composer")).to_have_value("half a thought")


async def test_own_message_is_deleted_after_asking(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", user="U0MIRA", text="oops")
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("more").click()
    await page.get_by_test_id("delete-message").click()
    assert slack.called("delete") == []
    await page.get_by_test_id("confirm-yes").click()
    await wait_until(lambda: bool(slack.called("delete")))
    assert slack.called("delete")[0]["ts"] == ts


async def test_message_shortcut_of_the_app_is_offered(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", user="U0JON", text="photos")
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("more").click()
    await expect(page.get_by_test_id("delete-message")).to_have_count(0)
    await page.get_by_test_id("shortcut").click()
    await wait_until(lambda: bool(slack.called("shortcut")))
    expected: Json = {"user": "U0MIRA", "channel": "C0PETS", "ts": ts, "callback_id": "use_as_set"}
    assert slack.called("shortcut")[0] == expected


async def test_reaction_is_added_and_taken_back(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="done", reactions=[{"name": "eyes", "users": ["U0MIRA"], "count": 1}])
    await message(page, ts).get_by_test_id("reaction").click()
    await message(page, ts).hover()
    await message(page, ts).get_by_test_id("react").click()
    await page.get_by_test_id("picker").get_by_role("menuitem", name="tada").click()
    await wait_until(lambda: len(slack.called("reaction")) == 2)
    assert [(c["name"], c["remove"]) for c in slack.called("reaction")] == [("eyes", True), ("tada", False)]


async def test_app_is_added_to_a_channel_it_is_not_in(page: Page, slack: FakeSlack) -> None:
    await page.get_by_test_id("channel-random").click()
    await page.get_by_test_id("invite").click()
    await wait_until(lambda: bool(slack.called("command")))
    assert slack.called("command")[0]["text"] == "<@U0BOT>"


async def test_thread_closes_with_escape(page: Page, slack: FakeSlack) -> None:
    await open_thread(page, await slack.say("C0PETS", text="card"))
    await page.keyboard.press("Escape")
    await expect(thread(page)).to_have_count(0)
