"""What people write, what the app hears of it, and what the app writes."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp
from tests.slack.conftest import Town
from tests.slack.pictures import picture
from tests.slack.waiting import wait_until


async def test_message_of_a_person_reaches_the_app_escaped(mira: Person, app: AnApp) -> None:
    ts = await mira.say("C0PETS", "cats & <dogs> <@U0JON>")
    event = (await wait_until(lambda: app.seen("message")))[0]
    assert event["text"] == "cats &amp; &lt;dogs&gt; <@U0JON>"
    assert (event["user"], event["channel"], event["channel_type"], event["ts"]) == (
        "U0MIRA",
        "C0PETS",
        "channel",
        ts,
    )


async def test_message_in_a_channel_without_the_bot_is_not_told(mira: Person, app: AnApp) -> None:
    await mira.say("C0RANDOM", "<@U0BOT> hello?")
    await mira.say("C0PETS", "hello")
    await wait_until(lambda: app.seen("message"))
    assert [event["channel"] for event in app.events] == ["C0PETS"]


async def test_photos_in_a_thread_come_as_file_share_with_the_parent(mira: Person, app: AnApp) -> None:
    root = await mira.say("C0PETS", "photos here")
    await mira.drop("C0PETS", ("cat.jpg", picture()), ("cat2.png", picture("PNG")), thread=root)
    event = (await wait_until(lambda: app.seen("message", "file_share")))[0]
    assert (event["thread_ts"], event["parent_user_id"]) == (root, "U0MIRA")
    assert [file["mimetype"] for file in event["files"]] == ["image/jpeg", "image/png"]
    assert event["files"][0]["mode"] == "hosted"
    await wait_until(lambda: len(app.seen("file_shared")) == 2)


async def test_mention_with_photos_carries_the_files(mira: Person, app: AnApp) -> None:
    await mira.drop("C0PETS", ("cat.jpg", picture()), text="<@U0BOT> learn riobugger the cat")
    event = (await wait_until(lambda: app.seen("app_mention")))[0]
    assert event["files"][0]["name"] == "cat.jpg"
    assert app.seen("message", "file_share")


async def test_bot_hears_its_own_message_with_its_bot_id(app: AnApp) -> None:
    await app.client.chat_postMessage(channel="C0PETS", text="hello")
    event = (await wait_until(lambda: app.seen("message")))[0]
    assert (event["bot_id"], event["user"]) == ("B0BOT", "U0BOT")


async def test_changed_and_deleted_messages_are_told(app: AnApp) -> None:
    posted = await app.client.chat_postMessage(channel="C0PETS", text="one")
    await app.client.chat_update(channel="C0PETS", ts=posted["ts"], text="two")
    await app.client.chat_delete(channel="C0PETS", ts=posted["ts"])
    changed = (await wait_until(lambda: app.seen("message", "message_changed")))[0]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "one")
    deleted = (await wait_until(lambda: app.seen("message", "message_deleted")))[0]
    assert deleted["deleted_ts"] == posted["ts"]


async def test_deleted_root_of_a_thread_leaves_a_tombstone(mira: Person, app: AnApp) -> None:
    root = await mira.say("C0PETS", "photos here")
    await mira.say("C0PETS", "a reply", thread=root)
    await mira.delete(await mira.message("C0PETS", root))
    assert (await mira.message("C0PETS", root))["subtype"] == "tombstone"
    event = (await wait_until(lambda: app.seen("message", "message_changed")))[0]
    assert event["message"]["subtype"] == "tombstone"


async def test_thread_counts_its_replies(mira: Person, town: Town) -> None:
    root = await mira.say("C0PETS", "photos here")
    await town.client.chat_postMessage(channel="C0PETS", text="card", thread_ts=root)
    await mira.say("C0PETS", "thanks", thread=root)
    message = await mira.message("C0PETS", root)
    assert (message["reply_count"], message["reply_users"]) == (2, ["U0BOT", "U0MIRA"])
    found = await town.client.conversations_replies(channel="C0PETS", ts=root)
    assert [each["text"] for each in found["messages"]] == ["photos here", "card", "thanks"]


async def test_metadata_is_kept_and_shown_only_when_asked_for(town: Town) -> None:
    metadata = {"event_type": "card", "event_payload": {"key": "r1"}}
    await town.client.chat_postMessage(channel="C0PETS", text="card", metadata=metadata)
    plain = await town.client.conversations_history(channel="C0PETS")
    full = await town.client.conversations_history(channel="C0PETS", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_direct_message_is_an_im_event(mira: Person, app: AnApp) -> None:
    await mira.say("D0MIRA", "hello")
    event = (await wait_until(lambda: app.seen("message")))[0]
    assert (event["channel"], event["channel_type"]) == ("D0MIRA", "im")
    opened = await app.client.conversations_open(users="U0MIRA")
    assert opened["channel"]["id"] == await mira.direct_messages() == "D0MIRA"


async def test_persons_id_stands_for_their_direct_messages_in_posts_only(mira: Person, town: Town) -> None:
    posted = await town.client.chat_postMessage(channel="U0MIRA", text="psst")
    assert posted["channel"] == "D0MIRA"
    assert (await mira.message("D0MIRA", posted["ts"]))["text"] == "psst"
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await town.client.chat_update(channel="U0MIRA", ts=posted["ts"], text="louder")


async def test_photos_and_commands_in_direct_messages_reach_the_app(mira: Person, app: AnApp) -> None:
    @app.bolt.command("/say")
    async def _(ack: Ack) -> None:
        await ack("said")

    await mira.drop("D0MIRA", ("cat.jpg", picture()), text="look")
    event = (await wait_until(lambda: app.seen("message", "file_share")))[0]
    assert (event["channel_type"], event["files"][0]["name"]) == ("im", "cat.jpg")
    await mira.command("D0MIRA", "/say", "x")
    assert app.bodies[-1]["channel_id"] == "D0MIRA"
    assert (await mira.messages("D0MIRA"))[-1]["text"] == "said"


@pytest.mark.parametrize("town", [{"messages_tab_read_only_enabled": True}], indirect=True)
async def test_read_only_messages_are_written_by_the_app_only(mira: Person, app: AnApp) -> None:
    with pytest.raises(RefusedError, match="read_only_channel"):
        await mira.say("D0MIRA", "hello")
    with pytest.raises(RefusedError, match="read_only_channel"):
        await mira.command("D0MIRA", "/say", "hello")
    assert (await app.client.chat_postMessage(channel="U0MIRA", text="news"))["ok"]


@pytest.mark.parametrize("town", [{"messages_tab_enabled": False}], indirect=True)
async def test_app_without_a_messages_tab_cannot_write_to_people(mira: Person, app: AnApp) -> None:
    with pytest.raises(RefusedError, match="messages_tab_disabled"):
        await mira.say("D0MIRA", "hello")
    with pytest.raises(SlackApiError, match="messages_tab_disabled"):
        await app.client.chat_postMessage(channel="D0MIRA", text="news")


async def test_reactions_come_and_go(mira: Person, app: AnApp) -> None:
    ts = await mira.say("C0PETS", "a photo")
    await app.client.reactions_add(channel="C0PETS", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="already_reacted"):
        await app.client.reactions_add(channel="C0PETS", timestamp=ts, name="eyes")
    assert (await mira.message("C0PETS", ts))["reactions"] == [{"name": "eyes", "users": ["U0BOT"], "count": 1}]
    await app.client.reactions_remove(channel="C0PETS", timestamp=ts, name="eyes")
    with pytest.raises(SlackApiError, match="no_reaction"):
        await app.client.reactions_remove(channel="C0PETS", timestamp=ts, name="eyes")
    assert "reactions" not in await mira.message("C0PETS", ts)


async def test_reactions_of_people_are_told_with_whose_message_it_is(mira: Person, app: AnApp) -> None:
    posted = await app.client.chat_postMessage(channel="C0PETS", text="a painting")
    message = await mira.message("C0PETS", posted["ts"])
    await mira.react(message, "star")
    await mira.react(message, "star", remove=True)
    added = (await wait_until(lambda: app.seen("reaction_added")))[0]
    removed = (await wait_until(lambda: app.seen("reaction_removed")))[0]
    assert added.pop("event_ts") < removed.pop("event_ts")
    assert added | {"type": "reaction_removed"} == removed
    assert added == {
        "type": "reaction_added",
        "user": "U0MIRA",
        "reaction": "star",
        "item": {"type": "message", "channel": "C0PETS", "ts": posted["ts"]},
        "item_user": "U0BOT",
    }
    with pytest.raises(RefusedError, match="invalid_name"):
        await mira.react(message, "Star!")


@pytest.mark.parametrize(
    "town", [{"events": "message.channels", "scopes": "channels:history,chat:write,commands"}], indirect=True
)
async def test_reactions_are_told_only_to_who_asked_for_them(mira: Person, app: AnApp) -> None:
    ts = await mira.say("C0PETS", "a photo")
    await mira.react(await mira.message("C0PETS", ts), "star")
    await mira.say("C0PETS", "afterwards")
    await wait_until(lambda: len(app.seen("message")) == 2)
    assert app.seen("reaction_added") == []


async def test_invited_bot_hears_that_it_joined(mira: Person, app: AnApp) -> None:
    await mira.command("C0RANDOM", "/invite", "@darkroom")
    event = (await wait_until(lambda: app.seen("member_joined_channel")))[0]
    assert (event["user"], event["channel"]) == ("U0BOT", "C0RANDOM")


async def test_person_who_has_left_a_channel_sees_nothing_of_it_and_cannot_be_whispered_to(
    mira: Person, app: AnApp
) -> None:
    await mira.leave("C0PETS")
    event = (await wait_until(lambda: app.seen("member_left_channel")))[0]
    assert (event["user"], event["channel"]) == ("U0MIRA", "C0PETS")
    assert "C0PETS" not in (await mira.state())["messages"]
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await app.client.chat_postEphemeral(channel="C0PETS", user="U0MIRA", text="only you")
    await mira.join("C0PETS")
    assert await mira.messages("C0PETS") == []


async def test_ephemeral_message_is_seen_by_one_person_only(mira: Person, town: Town) -> None:
    await town.client.chat_postEphemeral(channel="C0PETS", user="U0MIRA", text="only you")
    assert (await mira.messages("C0PETS"))[0]["ephemeral_for"] == "U0MIRA"
    async with Person(town.url, "U0JON") as jonas:
        assert await jonas.messages("C0PETS") == []


@pytest.mark.parametrize(
    "town", [{"events": "app_mention", "scopes": "app_mentions:read,chat:write,commands"}], indirect=True
)
async def test_event_that_the_manifest_does_not_name_is_not_sent(mira: Person, app: AnApp) -> None:
    await mira.say("C0PETS", "hello")
    await mira.say("C0PETS", "hello <@U0BOT>")
    await wait_until(lambda: app.events)
    assert [event["type"] for event in app.events] == ["app_mention"]
