"""What this Slack refuses, with Slack's own error codes."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.person import Person
from tests.slack.an_app import APP_TOKEN, BOT_TOKEN, AnApp, refused_answer, sdk_client
from tests.slack.conftest import Town
from tests.slack.forms import EMPTY_MODAL

MISSING_TS = "1712345678.000100"


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0RANDOM", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0PETS"}, "no_text"),
    ("chat.postMessage", {"channel": "C0PETS", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "C0PETS", "text": "x", "thread_ts": "yesterday"}, "invalid_thread_ts"),
    ("chat.postMessage", {"channel": "C0PETS", "text": "x", "thread_ts": MISSING_TS}, "thread_not_found"),
    ("chat.postMessage", {"channel": "C0PETS", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ("chat.postMessage", {"channel": "C0PETS", "text": "x", "metadata": {"type": "x"}}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": "C0PETS", "blocks": [{"type": "video"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "C0PETS", "blocks": "no json"}, "invalid_blocks_format"),
    ("chat.update", {"channel": "C0PETS", "ts": MISSING_TS, "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": "C0PETS", "ts": MISSING_TS}, "message_not_found"),
    ("chat.postEphemeral", {"channel": "C0PETS", "user": "U0NOBODY", "text": "x"}, "user_not_in_channel"),
    ("reactions.add", {"channel": "C0PETS", "timestamp": MISSING_TS, "name": ":eyes:"}, "invalid_name"),
    ("reactions.add", {"channel": "C0PETS", "timestamp": MISSING_TS, "name": "eyes"}, "message_not_found"),
    ("views.update", {"view_id": "V1", "view": {}}, "not_found"),
    ("views.publish", {"user_id": "U0NOBODY", "view": {}}, "user_not_found"),
    ("conversations.join", {"channel": "C0PETS"}, "unknown_method"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


async def refusal(town: Town, method: str, **args: Any) -> str:
    return str((await refused_answer(town.client.api_call(method, json=args)))["error"])


@pytest.mark.parametrize(
    ("method", "args", "error"),
    REFUSED,
)
async def test_call_is_refused_as_slack_refuses_it(town: Town, method: str, args: dict[str, Any], error: str) -> None:
    assert await refusal(town, method, **args) == error


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("conversations.replies", {"channel": "C0PETS", "ts": MISSING_TS}, "thread_not_found"),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("files.info", {"file": "F0NOTHING"}, "file_not_found"),
        ("files.getUploadURLExternal", {"filename": "a.jpg", "length": 0}, "invalid_arguments"),
    ],
)
async def test_question_is_refused_as_slack_refuses_it(
    town: Town, method: str, args: dict[str, Any], error: str
) -> None:
    assert (await refused_answer(town.client.api_call(method, params=args)))["error"] == error


async def test_methods_that_read_do_not_see_a_json_body(town: Town) -> None:
    args = {"filename": "a.jpg", "length": 5}
    refused = await refused_answer(town.client.api_call("files.getUploadURLExternal", json=args))
    assert refused["error"] == "invalid_arguments"
    assert refused["response_metadata"]["messages"] == ["[ERROR] missing required field: filename"]
    assert (await town.client.api_call("files.getUploadURLExternal", data=args))["file_id"]


async def test_messages_of_people_cannot_be_changed_by_the_app(mira: Person, town: Town) -> None:
    ts = await mira.say("C0PETS", "mine")
    assert await refusal(town, "chat.update", channel="C0PETS", ts=ts, text="x") == "cant_update_message"
    assert await refusal(town, "chat.delete", channel="C0PETS", ts=ts) == "cant_delete_message"


async def test_reply_cannot_be_the_root_of_a_thread(mira: Person, town: Town) -> None:
    root = await mira.say("C0PETS", "root")
    reply = await mira.say("C0PETS", "reply", thread=root)
    assert await refusal(town, "chat.postMessage", channel="C0PETS", text="x", thread_ts=reply) == "invalid_thread_ts"


async def test_strangers_are_turned_away(town: Town) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{town.url}/api/auth.test") as answer:
            assert (await answer.json())["error"] == "not_authed"
        async with session.post(f"{town.url}/api/auth.test", data={"token": "xoxb-wrong"}) as answer:
            assert (await answer.json())["error"] == "invalid_auth"
        async with session.get(f"{town.url}/api/auth.test", params={"token": BOT_TOKEN}) as answer:
            assert (await answer.json())["bot_id"] == "B0BOT"
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await sdk_client(town.url, APP_TOKEN).auth_test()


@pytest.mark.parametrize("town", [{"scopes": "commands,app_mentions:read", "events": "app_mention"}], indirect=True)
async def test_app_may_only_do_what_its_scopes_allow(town: Town) -> None:
    refused = await refused_answer(town.client.chat_postMessage(channel="C0PETS", text="x"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "chat:write")
    refused = await refused_answer(town.client.conversations_history(channel="C0PETS"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:history")


async def test_update_without_blocks_keeps_them_and_an_empty_list_drops_them(mira: Person, town: Town) -> None:
    blocks = [{"type": "header", "text": plain("Card")}]
    posted = await town.client.chat_postMessage(channel="C0PETS", text="one", blocks=blocks)
    await town.client.chat_update(channel="C0PETS", ts=posted["ts"], text="two")
    assert (await mira.message("C0PETS", posted["ts"]))["blocks"][0]["type"] == "header"
    await town.client.chat_update(channel="C0PETS", ts=posted["ts"], text="three", blocks=[])
    message = await mira.message("C0PETS", posted["ts"])
    assert ("blocks" in message, message["text"]) == (False, "three")


async def test_broken_blocks_are_named_with_their_place(town: Town) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    refused = await refused_answer(town.client.chat_postMessage(channel="C0PETS", text="x", blocks=blocks))
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_trigger_opens_one_view_once(mira: Person, app: AnApp, town: Town) -> None:
    trigger = town.slack.triggers.issue("U0MIRA")
    opened = await app.client.views_open(trigger_id=trigger, view=EMPTY_MODAL)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await app.client.views_open(trigger_id=trigger, view=EMPTY_MODAL)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await app.client.views_open(trigger_id="1.2", view=EMPTY_MODAL)
    assert (await mira.views())[0]["id"] == opened["view"]["id"]


async def test_update_of_a_view_that_changed_meanwhile_is_a_conflict(app: AnApp, town: Town) -> None:
    opened = await app.client.views_open(trigger_id=town.slack.triggers.issue("U0MIRA"), view=EMPTY_MODAL)
    first = opened["view"]
    await app.client.views_update(view_id=first["id"], hash=first["hash"], view=EMPTY_MODAL)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await app.client.views_update(view_id=first["id"], hash=first["hash"], view=EMPTY_MODAL)


async def test_view_with_a_long_title_or_no_submit_is_refused(town: Town) -> None:
    asked = {"type": "input", "label": plain("Steps"), "element": {"type": "plain_text_input"}}
    for wrong in ({"title": plain("x" * 25)}, {"blocks": [asked]}):
        trigger = town.slack.triggers.issue("U0MIRA")
        assert await refusal(town, "views.open", trigger_id=trigger, view=EMPTY_MODAL | wrong) == "invalid_arguments"


async def test_fourth_view_on_top_is_refused(town: Town) -> None:
    opened = await town.client.views_open(trigger_id=town.slack.triggers.issue("U0MIRA"), view=EMPTY_MODAL)
    for _ in range(2):
        trigger = town.slack.triggers.issue("U0MIRA", opened["view"]["id"])
        await town.client.views_push(trigger_id=trigger, view=EMPTY_MODAL)
    trigger = town.slack.triggers.issue("U0MIRA", opened["view"]["id"])
    assert await refusal(town, "views.push", trigger_id=trigger, view=EMPTY_MODAL) == "push_limit_reached"


async def test_history_is_read_in_pages_and_within_times(mira: Person, town: Town) -> None:
    stamps = [await mira.say("C0PETS", str(number)) for number in range(5)]
    page = await town.client.conversations_history(channel="C0PETS", limit=2)
    assert ([each["text"] for each in page["messages"]], page["has_more"]) == (["4", "3"], True)
    rest = await town.client.conversations_history(
        channel="C0PETS", limit=9, cursor=page["response_metadata"]["next_cursor"]
    )
    assert [each["text"] for each in rest["messages"]] == ["2", "1", "0"]
    between = await town.client.conversations_history(channel="C0PETS", oldest=stamps[1], latest=stamps[3])
    assert [each["text"] for each in between["messages"]] == ["2"]
    edges = await town.client.conversations_history(
        channel="C0PETS", oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [each["text"] for each in edges["messages"]] == ["3", "2", "1"]
