"""Slack's Web API over the wire: what its answers mean, and that nothing is sent twice by itself."""

import json
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.fake_slack import READ_NO_JSON
from tests.support.site import Site, a_site
from workers import slack
from workers.trouble import PATIENT, SOME, Trouble

JSON = {"Content-Type": "application/json; charset=utf-8"}
POST = "/api/chat.postMessage"


@pytest.fixture
async def site() -> AsyncGenerator[Site]:
    async with a_site() as site:
        yield site


@pytest.fixture
async def client(site: Site) -> AsyncGenerator[AsyncWebClient]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield slack.connect("xoxb-planted", f"{site.url}/api/", session)


async def trouble(client: AsyncWebClient, method: str = "chat.postMessage") -> Trouble:
    with pytest.raises(Trouble) as caught:
        await slack.call(client, method, channel="C1", text="hello", thread_ts=None)
    return caught.value


def says(site: Site, status: int = 200, path: str = POST, **answer: Any) -> None:
    site.gives(path, status, json.dumps(answer).encode(), JSON)


async def test_call_is_sent_as_json_without_what_is_none(client: AsyncWebClient, site: Site) -> None:
    says(site, ok=True, ts="1.1")
    answer = await slack.call(client, "chat.postMessage", channel="C1", blocks=[{"type": "divider"}], thread_ts=None)
    assert answer["ts"] == "1.1"
    (seen,) = site.seen
    assert json.loads(seen.body) == {"channel": "C1", "blocks": [{"type": "divider"}]}
    assert seen.headers["Authorization"] == "Bearer xoxb-planted"


@pytest.mark.parametrize("method", sorted(READ_NO_JSON))
async def test_method_that_reads_no_json_is_sent_a_form(client: AsyncWebClient, site: Site, method: str) -> None:
    says(site, path=f"/api/{method}", ok=True)
    await slack.call(client, method, file="F1", limit=200, include_all_metadata=True, ts=None)
    (seen,) = site.seen
    assert parse_qs(seen.body.decode()) == {"file": ["F1"], "limit": ["200"], "include_all_metadata": ["true"]}


async def test_retry_after_is_handed_on(client: AsyncWebClient, site: Site) -> None:
    site.gives(POST, 429, b'{"ok":false,"error":"ratelimited"}', headers=JSON | {"Retry-After": "9"})
    fault = await trouble(client)
    assert (fault.code, fault.after, fault.tries) == ("ratelimited", 9.0, PATIENT)


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable", "request_timeout"])
async def test_stumble_of_slack_is_waited_out(client: AsyncWebClient, site: Site, code: str) -> None:
    says(site, ok=False, error=code)
    assert (await trouble(client)).tries == PATIENT


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "invalid_auth", "missing_scope"])
async def test_refusal_of_slack_is_final_and_named(client: AsyncWebClient, site: Site, code: str) -> None:
    says(site, ok=False, error=code)
    fault = await trouble(client)
    assert (fault.code, fault.tries, fault.reason) == (code, 0, f"Slack says: {code}")


async def test_picture_that_slack_still_works_on_is_tried_a_few_times(client: AsyncWebClient, site: Site) -> None:
    says(site, ok=False, error="invalid_blocks")
    assert (await trouble(client)).tries == SOME


@pytest.mark.parametrize("status", [200, 404, 500, 502])
@pytest.mark.parametrize("kind", ["text/html", "application/json", "text/plain"])
@pytest.mark.parametrize("body", [b"<html>bad gateway</html>", b"", b'{"ok": tr'])
async def test_answer_that_is_not_slacks_is_waited_out(
    client: AsyncWebClient, site: Site, status: int, kind: str, body: bytes
) -> None:
    site.gives(POST, status, body, {"Content-Type": kind})
    assert (await trouble(client)).tries == PATIENT


async def test_call_whose_answer_is_lost_is_sent_once(client: AsyncWebClient, site: Site) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    site.answers[POST] = hang_up
    assert (await trouble(client)).tries == PATIENT
    assert len(site.seen) == 1


async def test_slack_that_is_away_is_waited_for() -> None:
    async with aiohttp.ClientSession() as session:
        away = slack.connect("xoxb-planted", "http://127.0.0.1:9/api/", session)
        fault = await trouble(away)
    assert fault.tries == PATIENT
    assert "planted" not in repr(fault) + repr(fault.__cause__)
