"""The HTTP front: what is malformed or not Slack's is refused before any listener, and what is Slack's runs once."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import app, http, signature
from bot.desk import Desk
from core import words
from core.catalogue import Catalogue
from core.store import Store
from tests.support.workshop import settings

SECRET = "a signing secret"
NOW = 1_798_761_600.0
FORM = "application/x-www-form-urlencoded"


def signed(body: bytes, at: float = NOW, kind: str = FORM, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack would send."""
    base = b"v0:" + str(int(at)).encode() + b":" + body
    mac = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": str(int(at)), "X-Slack-Signature": f"v0={mac}"}


COMMAND = urlencode(
    {"command": "/train", "text": "riobugger cat", "team_id": "T0", "channel_id": "C0", "user_id": "U0"}
    | {"trigger_id": "1.2.3", "response_url": "http://127.0.0.1:1/respond"}
).encode()


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_request_within_five_minutes_passes(seconds: int) -> None:
    assert signature.fault(signed(COMMAND, NOW + seconds), COMMAND, SECRET, NOW) == 0


@pytest.mark.parametrize("seconds", [-301, 301, -86_400, 10_000_000])
def test_request_from_another_time_is_refused(seconds: int) -> None:
    assert signature.fault(signed(COMMAND, NOW + seconds), COMMAND, SECRET, NOW) == 401


def without(headers: Mapping[str, str], *names: str, **others: str) -> dict[str, str]:
    """Headers with some left out and others put in their place."""
    renamed = {name.replace("_", "-"): value for name, value in others.items()}
    return {name: value for name, value in headers.items() if name not in names} | renamed


GOOD = signed(COMMAND)
MALFORMED: dict[str, tuple[dict[str, str], bytes, int]] = {
    "no headers": ({}, COMMAND, 401),
    "no timestamp": (without(GOOD, "X-Slack-Request-Timestamp"), COMMAND, 401),
    "no signature": (without(GOOD, "X-Slack-Signature"), COMMAND, 401),
    "timestamp is no number": (without(GOOD, X_Slack_Request_Timestamp="soon"), COMMAND, 401),
    "timestamp in other digits": (without(GOOD, X_Slack_Request_Timestamp="١٧٩٨٧٦١٦٠٠"), COMMAND, 401),
    "timestamp with a sign": (without(GOOD, X_Slack_Request_Timestamp="+1798761600"), COMMAND, 401),
    "timestamp with a fraction": (without(GOOD, X_Slack_Request_Timestamp="1798761600.0"), COMMAND, 401),
    "timestamp without end": (without(GOOD, X_Slack_Request_Timestamp="9" * 5_000), COMMAND, 401),
    "signature in other letters": (without(GOOD, X_Slack_Signature="v0=ümlaut"), COMMAND, 401),
    "signature of another version": (
        without(GOOD, X_Slack_Signature="v1" + GOOD["X-Slack-Signature"][2:]),
        COMMAND,
        401,
    ),
    "signature cut short": (without(GOOD, X_Slack_Signature=GOOD["X-Slack-Signature"][:-1]), COMMAND, 401),
    "signed with another secret": (signed(COMMAND, secret="another"), COMMAND, 401),
    "body changed on the way": (GOOD, COMMAND + b"&text=dog", 401),
    "body is no UTF-8": (signed(b"\xff\xfe"), b"\xff\xfe", 400),
    "JSON is cut short": (signed(b'{"type":', kind="application/json"), b'{"type":', 400),
    "JSON is a list": (signed(b"[]", kind="application/json"), b"[]", 400),
    "JSON is too deep": (signed(b"[" * 100_000, kind="application/json"), b"[" * 100_000, 400),
    "payload is a list": (signed(b"payload=%5B%5D"), b"payload=%5B%5D", 400),
    "form of something else": (signed(b"hello=world"), b"hello=world", 400),
    "empty": (signed(b""), b"", 400),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_request_that_is_malformed_or_not_slacks_is_refused(kind: str) -> None:
    headers, body, status = MALFORMED[kind]
    assert signature.fault(headers, body, SECRET, NOW) == status


@dataclass
class Front:
    """The bot's front with real listeners on a real store, and a Slack that says who the bot is."""

    client: "TestClient[web.Request, web.Application]"
    store: Store
    slack: dict[str, Any] = field(default_factory=dict[str, Any])

    async def send(self, body: bytes | BytesIO, headers: dict[str, str]) -> tuple[int, str]:
        """POST what Slack would; gives status and body."""
        async with self.client.post("/slack/events", data=body, headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def front(store: Store) -> AsyncGenerator[Front]:
    slack: dict[str, Any] = {"status": 200}

    async def auth_test(_: web.Request) -> web.Response:
        if slack.get("throttles"):
            slack["throttles"] -= 1
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "0"})
        if slack["status"] != 200:
            return web.Response(status=slack["status"], text="upstream connect error")
        return web.json_response({"ok": True, "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0"})

    outside = web.Application()
    outside.router.add_post("/api/auth.test", auth_test)
    async with TestServer(outside) as server:
        told = settings(SLACK_API_URL=str(server.make_url("/api/")))
        bolt = app.build(Desk(told, store, Catalogue(store), time.time))
        async with TestClient(TestServer(http.server(bolt, SECRET, lambda: NOW))) as client:
            yield Front(client, store, slack)


async def test_command_is_answered_and_its_replay_opens_nothing_new(front: Front) -> None:
    for _ in range(2):
        status, text = await front.send(COMMAND, GOOD)
        assert status == 200
        assert "riobugger" in json.loads(text)["text"]
    assert len(await front.store.members("T0", "runs")) == 1


@pytest.mark.parametrize("kind", MALFORMED)
async def test_no_listener_runs_on_what_is_refused(front: Front, kind: str) -> None:
    headers, body, status = MALFORMED[kind]
    if not all(value.isascii() for value in headers.values()):
        headers = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    assert (await front.send(body, headers))[0] == status
    assert await front.store.members("T0", "runs") == []


async def test_body_that_is_too_large_is_refused(front: Front) -> None:
    body = b"command=/train&text=" + b"a" * 1_100_000
    assert (await front.send(BytesIO(body), signed(body)))[0] == 413


async def test_get_is_for_health_alone(front: Front) -> None:
    async with front.client.get("/slack/events") as answer:
        assert answer.status == 405
    async with front.client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize("throttles", [1, app.AGAIN, 9])
async def test_command_waits_for_a_slack_that_is_throttled_and_says_so_when_it_stays_so(
    front: Front, throttles: int
) -> None:
    front.slack["throttles"] = throttles
    status, text = await front.send(COMMAND, GOOD)
    assert status == 200
    told = json.loads(text)["text"]
    assert ("riobugger" in told) if throttles <= app.AGAIN else (told == words.trouble.SLACK_AWAY)


async def test_event_waits_at_slack_while_slack_does_not_say_who_the_bot_is(front: Front) -> None:
    event = {
        "type": "app_mention",
        "user": "U0",
        "text": "<@U0BOT> learn riobugger the cat",
        "ts": "1.0",
        "channel": "C0",
    }
    body = json.dumps({"type": "event_callback", "team_id": "T0", "event_id": "E0", "event": event}).encode()
    headers = signed(body, kind="application/json")
    front.slack["status"] = 503
    assert (await front.send(body, headers))[0] == 500
    front.slack["status"] = 200
    assert (await front.send(body, headers))[0] == 200
    assert len(await front.store.members("T0", "runs")) == 1
