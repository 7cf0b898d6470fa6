"""How things get to the app: acks, retries, lost connections, and signed HTTP requests."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk.errors import SlackApiError

from sandbox.slack import socket_mode
from sandbox.slack.person import Person
from sandbox.slack.signing import signature
from tests.slack.an_app import APP_TOKEN, Ack, AnApp, refused_answer, sdk_client
from tests.slack.conftest import Town, found_town, free_port
from tests.slack.forms import CARD
from tests.slack.waiting import wait_until


class RawSocket:
    """An app that speaks Socket Mode by hand, to answer as badly as a test wants."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.session = aiohttp.ClientSession()
        self.url = ""

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        self.url = (await sdk_client(self.town.url).apps_connections_open(app_token=APP_TOKEN))["url"]
        socket = await self.session.ws_connect(self.url)
        assert (await socket.receive_json())["type"] == "hello"
        return socket


@pytest.fixture
async def raw(town: Town) -> AsyncIterator[RawSocket]:
    raw = RawSocket(town)
    yield raw
    await raw.session.close()


async def ack(socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
    await socket.send_json({"envelope_id": envelope["envelope_id"]})


async def test_event_is_sent_again_when_its_connection_breaks(mira: Person, raw: RawSocket) -> None:
    first = await raw.connect()
    await mira.say("C0PETS", "hello")
    envelope = await first.receive_json()
    assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
    second = await raw.connect()
    await first.close()
    again = await second.receive_json(timeout=2)
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")
    assert again["payload"]["event_id"] == envelope["payload"]["event_id"]
    await ack(second, again)


async def test_event_that_is_not_acked_in_time_comes_again(
    mira: Person, raw: RawSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "ACK_SECONDS", 0.2)
    socket = await raw.connect()
    await mira.say("C0PETS", "hello")
    first = await socket.receive_json()
    again = await socket.receive_json(timeout=5)
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["envelope_id"] != first["envelope_id"]
    await ack(socket, again)


async def test_connections_take_turns(mira: Person, raw: RawSocket) -> None:
    sockets = [await raw.connect(), await raw.connect()]
    for number in range(2):
        await mira.say("C0PETS", str(number))
    for socket in sockets:
        envelope = await socket.receive_json(timeout=2)
        await ack(socket, envelope)


async def test_eleventh_connection_and_used_ticket_are_refused(raw: RawSocket) -> None:
    sockets = [await raw.connect() for _ in range(10)]
    assert raw.town.slack.sockets.connections == len(sockets)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await raw.session.ws_connect(raw.url)
    url = (await sdk_client(raw.town.url).apps_connections_open(app_token=APP_TOKEN))["url"]
    socket = await raw.session.ws_connect(url)
    assert (await socket.receive_json())["reason"] == "too_many_websockets"


@pytest.mark.parametrize("reason", ["refresh_requested", "cut"])
async def test_bolt_survives_a_connection_that_slack_ends(mira: Person, app: AnApp, reason: str) -> None:
    await mira.faults(disconnect=reason)
    await mira.say("C0PETS", "still there?")
    await wait_until(lambda: app.seen("message"), 8)


async def test_event_copies_and_shuffling_can_be_switched_on(mira: Person, app: AnApp) -> None:
    await mira.faults(event_copies=[3, 3], shuffle_ms=50)
    for number in range(5):
        await mira.say("C0PETS", str(number))
    await wait_until(lambda: len(app.seen("message")) == 15)
    assert len({body["event_id"] for body in app.bodies}) == 5


async def test_press_may_come_twice_and_late(mira: Person, app: AnApp) -> None:
    @app.bolt.action("train")
    async def _(ack: Ack) -> None:
        await ack()

    await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=CARD)
    card = (await mira.messages("C0PETS"))[0]
    await mira.faults(press_copies=[2, 2], press_late_ms=200)
    before = time.monotonic()
    await mira.press(card, "Train", modal_within=0)
    assert time.monotonic() - before > 0.2
    await wait_until(lambda: len(app.payloads("block_actions")) == 2)
    first, second = app.payloads("block_actions")
    assert (first["trigger_id"], first["actions"]) == (second["trigger_id"], second["actions"])


async def test_rate_limit_answers_429_with_the_seconds_to_wait(mira: Person, town: Town) -> None:
    await mira.faults(rate_limit=1.0)
    refused = await refused_answer(town.client.chat_postMessage(channel="C0PETS", text="x"))
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "1"


async def test_pace_of_posts_is_kept_for_each_channel(mira: Person, town: Town) -> None:
    await mira.faults(post_pace=True)
    for number in range(4):
        await town.client.chat_postMessage(channel="C0PETS", text=str(number))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await town.client.chat_postMessage(channel="C0PETS", text="5")
    await town.client.chat_postMessage(channel="C0STUDIO", text="other")


async def test_lost_reply_happened_all_the_same(mira: Person, town: Town) -> None:
    await mira.faults(lost_replies=1.0)
    with pytest.raises(aiohttp.ClientError):
        await town.client.chat_postMessage(channel="C0PETS", text="lost")
    await mira.faults(lost_replies=0, unreachable_methods=["chat.postMessage"])
    with pytest.raises(aiohttp.ClientError):
        await town.client.chat_postMessage(channel="C0PETS", text="never")
    assert [message["text"] for message in await mira.messages("C0PETS")] == ["lost"]


async def test_slack_that_is_down_answers_nobody(mira: Person, town: Town, app: AnApp) -> None:
    await mira.faults(down=True)
    async with aiohttp.ClientSession() as session, session.post(f"{town.url}/api/auth.test") as answer:
        assert answer.status == 503
    assert town.slack.sockets.connections == 0
    await mira.say("C0PETS", "anybody?")
    await mira.faults(down=False)
    await wait_until(lambda: app.seen("message"), 8)


async def test_calls_are_recorded_without_tokens(mira: Person, town: Town) -> None:
    await town.client.chat_postMessage(channel="C0PETS", text="x")
    await town.client.apps_connections_open(app_token=APP_TOKEN)
    calls = await mira.calls()
    assert [(call["method"], call["ok"]) for call in calls] == [
        ("chat.postMessage", True),
        ("apps.connections.open", True),
    ]
    assert calls[0]["args"] == {"channel": "C0PETS", "text": "x"}
    assert APP_TOKEN not in str(calls)


class WebTown:
    """A Slack that sends signed requests, with a Bolt app behind its request URL."""

    def __init__(self, town: Town, app: AnApp) -> None:
        self.town = town
        self.app = app


@pytest.fixture
async def web_town(tmp_path: Path) -> AsyncIterator[WebTown]:
    port = free_port()
    town = await found_town(tmp_path, f"http://127.0.0.1:{port}/slack/events")
    app = AnApp(town.url)
    server = AsyncSlackAppServer(port=port, path="/slack/events", app=app.bolt, host="127.0.0.1")
    runner = web.AppRunner(server.web_app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    assert town.slack.http is not None
    await wait_until(town.slack.http.verified.is_set)
    yield WebTown(town, app)
    await town.runner.cleanup()
    await runner.cleanup()


async def test_signed_requests_bring_events_commands_and_buttons(web_town: WebTown) -> None:
    app = web_town.app

    @app.bolt.event("message")
    async def _() -> None:
        await asyncio.sleep(0)

    @app.bolt.command("/train")
    async def _(ack: Ack, command: dict[str, Any]) -> None:
        await ack(f"training {command['text']}")

    @app.bolt.action("go")
    async def _(ack: Ack, respond: Ack) -> None:
        await ack()
        await respond("gone")

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    async with Person(web_town.town.url) as mira:
        await mira.say("C0PETS", "hello")
        await wait_until(lambda: app.seen("message"))
        assert await mira.command("C0PETS", "/train", "cat & co") == {"text": "training cat &amp; co"}
        blocks = [{"type": "actions", "elements": [button]}]
        posted = await app.client.chat_postMessage(channel="C0PETS", text="card", blocks=blocks)
        await mira.press(await mira.message("C0PETS", posted["ts"]), "Go", modal_within=0)
        await mira.wait_for_message("C0PETS", lambda m: m["text"] == "gone")


async def test_event_that_raises_in_the_app_is_retried_over_http(web_town: WebTown) -> None:
    app = web_town.app
    failures = [RuntimeError("bug"), RuntimeError("bug")]

    @app.bolt.event("message")
    async def _() -> None:
        if failures:
            raise failures.pop()

    async with Person(web_town.town.url) as mira:
        await mira.say("C0PETS", "hello")
        await wait_until(lambda: len(app.seen("message")) == 3)
    assert len({body["event_id"] for body in app.bodies if "event_id" in body}) == 1


def test_signature_is_slacks_published_example() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        b"response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        b"trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == expected
