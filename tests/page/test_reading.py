"""What a person sees: text, pictures, blocks, news as they come."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.page.conftest import picture
from tests.page.driver import channel, message, open_thread, thread, wait_until
from tests.page.fake_slack import FakeSlack, text
from tests.support.chromium import window

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<javascript:alert(1)|click me>",
    '<https://example.org/" onmouseover="alert(1)|link>',
    "*<b onclick=alert(1)>*",
    "```<svg onload=alert(1)>```",
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_text_stays_text(page: Page, slack: FakeSlack, words: str) -> None:
    ts = await slack.say("C0PETS", text=words, blocks=[{"type": "section", "text": text(words, "mrkdwn")}])
    await slack.say("C0PETS", text=words)
    body = message(page, ts).locator(".words")
    await body.wait_for()
    assert (
        await channel(page)
        .locator(".words script, .words img, .words svg, .words [onclick], .words [onmouseover]")
        .count()
        == 0
    )
    assert await channel(page).locator(".words a[href^=javascript]").count() == 0


async def test_mrkdwn_is_drawn_as_slack_draws_it(page: Page, slack: FakeSlack) -> None:
    words = (
        "*bold* _it_ ~no~ `code` <https://example.org|site> <@U0JON> <#C0PETS> :cat: a*b*c &lt;3\n"
        "<!date^1700000000^since {date_num}|long ago> <!date^soon^{date_num}|some day>\n"
        "&gt; quoted\n• one\n• two\n```pre\n*x*```"
    )
    ts = await slack.say("C0PETS", text=words)
    body = message(page, ts).locator(".words")
    for tag, said in (
        ("b", "bold"),
        ("i", "it"),
        ("s", "no"),
        ("code", "code"),
        ("blockquote", "quoted"),
        ("pre", "pre\n*x*"),
    ):
        await expect(body.locator(tag).first).to_have_text(said)
    await expect(body.locator("li")).to_have_text(["one", "two"])
    await expect(body.locator("a[href='https://example.org/']")).to_have_text("site")
    await expect(body.locator(".mention")).to_have_text(["@Jonas", "#pets"])
    await expect(body.locator(".para").first).to_contain_text("a*b*c <3")
    await expect(body.locator("time")).to_have_text([re.compile(r"since 2023-11-1[45]"), "some day"])


async def test_message_for_one_person_says_so(page: Page, slack: FakeSlack) -> None:
    mine = await slack.say("C0PETS", text="psst", ephemeral_for="U0MIRA")
    other = await slack.say("C0PETS", text="not for Mira", ephemeral_for="U0JON")
    await expect(message(page, mine)).to_contain_text("Only visible to you")
    await expect(message(page, other)).to_have_count(0)


async def test_card_changes_in_place(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say("C0PETS", text="step 1 of 400")
    await expect(message(page, ts)).to_contain_text("step 1 of 400")
    await slack.change("C0PETS", ts, text="step 2 of 400")
    await expect(message(page, ts)).to_contain_text("step 2 of 400")
    await expect(channel(page).get_by_test_id("message")).to_have_count(1)


async def test_replies_stand_in_the_thread_and_are_counted_under_the_root(page: Page, slack: FakeSlack) -> None:
    root = await slack.say("C0PETS", text="card")
    await slack.say("C0PETS", text="first", thread_ts=root)
    await slack.say("C0PETS", user="U0JON", text="second", thread_ts=root)
    await expect(channel(page).get_by_test_id("message")).to_have_count(1)
    await message(page, root).get_by_test_id("thread-link").get_by_text("2 replies").click()
    await expect(thread(page).get_by_test_id("message")).to_have_count(3)


async def test_picture_opens_large_and_closes_with_escape(page: Page, slack: FakeSlack) -> None:
    files = [slack.keep(picture(colour), f"{colour}.jpg", "image/jpeg") for colour in ("red", "blue")]
    ts = await slack.say("C0PETS", user="U0MIRA", files=files)
    await message(page, ts).get_by_test_id("picture").first.click()
    await expect(page.get_by_test_id("lightbox")).to_contain_text("red.jpg (1 of 2)")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_test_id("lightbox")).to_contain_text("blue.jpg (2 of 2)")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("lightbox")).to_have_count(0)


async def test_file_that_slack_still_processes_says_so_until_it_is_done(page: Page, slack: FakeSlack) -> None:
    done = slack.keep(picture(), "late.jpg", "image/jpeg")
    ts = await slack.say("C0PETS", user="U0MIRA", files=[{"id": done["id"], "name": "late.jpg"}])
    await expect(message(page, ts)).to_contain_text("Processing late.jpg")
    await slack.change("C0PETS", ts, files=[done])
    await expect(message(page, ts).get_by_test_id("picture")).to_have_count(1)


async def test_unknown_block_is_named(page: Page, slack: FakeSlack) -> None:
    ts = await slack.say(
        "C0PETS", blocks=[{"type": "video"}, {"type": "actions", "elements": [{"type": "rich_text_input"}]}]
    )
    await expect(message(page, ts).get_by_test_id("unknown-block")).to_have_text(
        ["This page does not show the block “video”.", "This page does not show the element “rich_text_input”."]
    )


async def test_news_in_another_channel_marks_it(page: Page, slack: FakeSlack) -> None:
    await slack.say("C0STUDIO", text="news")
    item = page.get_by_test_id("channel-studio")
    await expect(item).to_have_class("side-item unread")
    await item.click()
    await expect(item).to_have_class("side-item")
    await expect(channel(page)).to_contain_text("news")


async def test_news_that_comes_while_the_state_is_read_is_not_lost(page: Page, slack: FakeSlack) -> None:
    read = slack.hold("state")
    await slack.sockets[0].close()
    await wait_until(lambda: bool(slack.called("state")))
    ts = await slack.say("C0PETS", text="said meanwhile")
    await expect(message(page, ts)).to_be_visible()
    await expect(page.get_by_test_id("offline")).to_be_visible()
    read.set()
    await expect(page.get_by_test_id("offline")).to_have_count(0)
    await expect(message(page, ts)).to_be_visible()


async def test_lost_socket_comes_back_with_what_was_missed(page: Page, slack: FakeSlack) -> None:
    for socket in list(slack.sockets):
        slack.state["messages"]["C0PETS"].append({"ts": "1700000000.000100", "text": "missed", "user": "U0JON"})
        await socket.close()
    await expect(channel(page)).to_contain_text("missed")
    await slack.say("C0PETS", text="live again")
    await expect(channel(page)).to_contain_text("live again")


async def test_list_keeps_its_end_in_sight_unless_the_person_scrolled_away(page: Page, slack: FakeSlack) -> None:
    for n in range(30):
        await slack.say("C0PETS", user="U0JON", text=f"line {n}")
    await expect(channel(page).get_by_text("line 29", exact=True)).to_be_in_viewport()
    await channel(page).locator(".scroller").evaluate("el => el.scrollTo(0, 200)")
    await expect(channel(page).get_by_text("line 29", exact=True)).not_to_be_in_viewport()
    await slack.say("C0PETS", user="U0JON", text="line 30")
    await expect(channel(page).get_by_test_id("message")).to_have_count(31)
    await expect(channel(page).get_by_text("line 30", exact=True)).not_to_be_in_viewport()
    await channel(page).get_by_test_id("jump").click()
    await expect(channel(page).get_by_text("line 30", exact=True)).to_be_in_viewport()
    await expect(channel(page).get_by_test_id("jump")).not_to_be_visible()


async def test_notes_and_the_bill_are_said_openly(page: Page, slack: FakeSlack) -> None:
    slack.meter = {
        "billing": [
            {"name": "rio", "kind": "endpoint", "instance": "ml.g5.2xlarge", "dollars_per_hour": 1.5, "dollars": 0.25}
        ],
        "dollars": 0.75,
    }
    await slack.push({"type": "meter"})
    await expect(page.get_by_test_id("meter")).to_have_text("AWS bill so far $0.750")
    await page.get_by_test_id("about-button").click()
    await expect(page.get_by_test_id("notes")).to_contain_text("has never seen anything but these photos")
    await expect(page.get_by_test_id("bill")).to_contain_text("ml.g5.2xlarge")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("about")).to_have_count(0)


async def test_sandbox_without_a_meter_shows_no_bill(page: Page) -> None:
    await page.get_by_test_id("about-button").click()
    await expect(page.get_by_test_id("about")).not_to_contain_text("bill")


async def test_person_can_be_changed(page: Page) -> None:
    await page.get_by_test_id("person-switcher").click()
    await page.get_by_test_id("person-U0JON").click()
    await expect(page.get_by_test_id("person-switcher")).to_contain_text("Jonas")


@pytest.mark.parametrize("width", [400, 1280])
async def test_nothing_hangs_over_the_edge_of_the_window(
    browser: Browser, slack: FakeSlack, origin: str, width: int
) -> None:
    blocks = [
        {
            "type": "section",
            "text": text("long" * 60, "mrkdwn"),
            "accessory": {"type": "button", "text": text("Press"), "action_id": "a"},
        }
    ]
    ts = await slack.say("C0PETS", text="card", blocks=blocks)
    async with window(browser, origin, width) as page:
        await open_thread(page, ts)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_narrow_window_shows_one_pane_at_a_time(browser: Browser, slack: FakeSlack, origin: str) -> None:
    ts = await slack.say("C0PETS", text="card")
    async with window(browser, origin, 400) as page:
        await expect(page.get_by_test_id("sidebar")).not_to_be_visible()
        await open_thread(page, ts)
        await expect(channel(page)).not_to_be_visible()
        await thread(page).get_by_test_id("close-thread").click()
        await page.get_by_test_id("to-sidebar").click()
        await expect(page.get_by_test_id("sidebar")).to_be_visible()
        await page.get_by_test_id("channel-studio").click()
        await expect(channel(page)).to_be_visible()
