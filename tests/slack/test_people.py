"""What people get and do besides writing: live news, suggestions, shortcuts, the meter, and what is refused."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.slack.live import Live
from sandbox.slack.meter import read_meter
from sandbox.slack.person import Person
from sandbox.slack.person_wire import RefusedError
from tests.slack.an_app import Ack, AnApp
from tests.slack.conftest import Town, free_port
from tests.slack.forms import CARD, EMPTY_MODAL
from tests.slack.pictures import picture


async def news_until(town: Town, deed: Any, last: str) -> list[dict[str, Any]]:  # noqa: ANN401 - any coroutine
    """Do something and give Mira's live news up to the first of a kind."""
    news: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as session:
        live = await session.ws_connect(f"{town.url}/person/live?user=U0MIRA")
        await deed
        while not news or news[-1]["type"] != last:
            news.append(await live.receive_json(timeout=5))
    return news


async def test_page_hears_of_messages_replies_reactions_and_deletion(town: Town) -> None:
    async def deed() -> None:
        root = (await town.client.chat_postMessage(channel="C0PETS", text="root"))["ts"]
        reply = (await town.client.chat_postMessage(channel="C0PETS", text="reply", thread_ts=root))["ts"]
        await town.client.reactions_add(channel="C0PETS", timestamp=root, name="eyes")
        await town.client.chat_delete(channel="C0PETS", ts=reply)

    news = await news_until(town, deed(), "message_deleted")
    assert [each["type"] for each in news] == [
        "message",
        "message",
        "message_changed",
        "message_changed",
        "message_deleted",
    ]
    assert news[2]["message"]["reply_count"] == 1
    assert news[3]["message"]["reactions"][0]["name"] == "eyes"
    assert news[1]["message"]["channel"] == news[1]["channel"] == "C0PETS"


async def test_page_hears_of_views_and_ephemeral_messages(mira: Person, town: Town) -> None:
    async def deed() -> None:
        await town.client.chat_postEphemeral(channel="C0PETS", user="U0MIRA", text="psst")
        trigger = town.slack.triggers.issue("U0MIRA")
        view = (await town.client.views_open(trigger_id=trigger, view=EMPTY_MODAL))["view"]
        await town.client.views_update(view_id=view["id"], view=EMPTY_MODAL)
        await town.client.views_publish(user_id="U0MIRA", view={"type": "home", "blocks": []})
        await mira.dismiss(view)

    news = await news_until(town, deed(), "view_close")
    assert [each["type"] for each in news] == ["ephemeral", "view_open", "view_update", "home", "view_close"]
    assert news[-1]["view_id"] == news[1]["view"]["id"]


async def test_global_shortcut_reaches_the_app(mira: Person, app: AnApp) -> None:
    @app.bolt.shortcut("new_set")
    async def _(ack: Ack) -> None:
        await ack()

    await mira.shortcut("new_set", modal_within=0)
    assert app.payloads("shortcut")[0]["callback_id"] == "new_set"
    with pytest.raises(RefusedError, match="unknown_shortcut"):
        await mira.shortcut("use_photos", modal_within=0)


async def test_app_suggests_options_for_what_was_typed(mira: Person, app: AnApp, town: Town) -> None:
    option = {"text": {"type": "plain_text", "text": "riobugger"}, "value": "r1"}

    @app.bolt.options("model")
    async def _(ack: Ack, payload: dict[str, Any]) -> None:
        await ack(options=[option] if payload["value"] == "rio" else [])

    select = {"type": "external_select", "action_id": "model", "min_query_length": 0}
    posted = await town.client.chat_postMessage(
        channel="C0PETS", text="which?", blocks=[{"type": "actions", "block_id": "b", "elements": [select]}]
    )
    asked = {
        "user": "U0MIRA",
        "container": {"type": "message", "channel": "C0PETS", "ts": posted["ts"]},
        "block_id": "b",
        "action_id": "model",
        "value": "rio",
    }
    async with aiohttp.ClientSession() as session, session.post(f"{town.url}/person/suggest", json=asked) as answer:
        assert await answer.json() == {"ok": True, "options": [option]}
    assert await mira.messages("C0PETS")


async def test_things_that_people_cannot_do_are_refused(mira: Person, town: Town) -> None:
    posted = await town.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    card = await mira.message("C0PETS", posted["ts"])
    for deed, error in (
        (mira.say("C0NOWHERE", "x"), "channel_not_found"),
        (mira.say("C0PETS", " "), "no_text"),
        (mira.say("C0PETS", "x", files=["F1"]), "file_not_found"),
        (mira.say("C0PETS", "x", thread="1712345678.000100"), "thread_not_found"),
        (mira.delete(card), "cant_delete_message"),
        (mira.command("C0PETS", "/invite", "@darkroom"), "already_in_channel"),
    ):
        with pytest.raises(RefusedError) as refused:
            await deed
        assert refused.value.error == error
    async with Person(town.url, "U0JON") as admin:
        await admin.delete(card)
    assert await mira.messages("C0PETS") == []


async def test_photos_of_people_are_theirs_and_have_bytes(mira: Person) -> None:
    ts = await mira.drop("D0MIRA", ("cat.jpg", picture()), text="look")
    message = await mira.message("D0MIRA", ts)
    assert (message["subtype"], message["user"], message["text"]) == ("file_share", "U0MIRA", "look")
    assert await mira.picture(message["files"][0]) == picture()


@pytest.fixture
async def aws_url() -> AsyncIterator[str]:
    async def meter(_request: web.Request) -> web.Response:
        return web.json_response({"dollars": 1.5})

    server = web.Application()
    server.add_routes([web.get("/sandbox/meter", meter)])
    runner = web.AppRunner(server)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_meter_of_the_aws_is_read_and_may_be_missing(aws_url: str) -> None:
    assert await read_meter(aws_url) == {"dollars": 1.5}
    assert await read_meter("") is None
    assert await read_meter(f"http://127.0.0.1:{free_port()}") is None
    assert Live().everyone() == []
