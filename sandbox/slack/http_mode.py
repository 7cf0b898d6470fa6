"""Signed HTTP requests to the app's request URL, as Slack sends them when Socket Mode is off."""

import asyncio
import json
import secrets
import time
from http import HTTPStatus
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.delivery import ACK_SECONDS, Ack, Kind, Outgoing
from sandbox.slack.ids import VERIFICATION_TOKEN
from sandbox.slack.json_types import JsonObject, as_object, is_object, parse_json
from sandbox.slack.signing import signed_headers

_FORM = "application/x-www-form-urlencoded"
_CONTENT_TYPES: dict[Kind, str] = {
    "events_api": "application/json",
    "slash_commands": _FORM,
    "interactive": _FORM,
}
_VERIFY_EVERY_SECONDS = 0.3


class HttpMode:
    """Sends to one URL. Events wait until the app has answered the url_verification challenge."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None
        self._verifying: asyncio.Task[None] | None = None
        self.verified = asyncio.Event()

    async def start(self) -> None:
        """Begin to ask the URL for its challenge, until it answers."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ACK_SECONDS))
        self._verifying = asyncio.get_running_loop().create_task(self._verify())

    async def close(self) -> None:
        """Stop asking and close the connections."""
        if self._verifying is not None:
            self._verifying.cancel()
        if self._session is not None:
            await self._session.close()

    async def send(self, outgoing: Outgoing) -> Ack:
        """POST to the app and read its answer."""
        if outgoing.kind == "events_api" and not self.verified.is_set():
            return Ack(ok=False, reason="connection_failed")
        body = request_body(outgoing)
        headers = {"Content-Type": _CONTENT_TYPES[outgoing.kind], **_retry_headers(outgoing)}
        return await self._post(body, headers)

    async def _post(self, body: bytes, headers: dict[str, str]) -> Ack:
        if self._session is None:
            return Ack(ok=False, reason="connection_failed")
        headers |= signed_headers(self._secret, str(int(time.time())), body)
        headers["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                return read_answer(answer.status, await answer.read(), answer.headers.get("X-Slack-No-Retry", ""))
        except TimeoutError:
            return Ack(ok=False, reason="timeout")
        except aiohttp.ClientError:
            return Ack(ok=False, reason="connection_failed")

    async def _verify(self) -> None:
        while not self.verified.is_set():
            challenge = secrets.token_hex(16)
            body = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
            ack = await self._post(json.dumps(body).encode(), {"Content-Type": "application/json"})
            answer = as_object(ack.payload)
            if ack.ok and challenge in {answer.get("challenge"), answer.get("text")}:
                self.verified.set()
            else:
                await asyncio.sleep(_VERIFY_EVERY_SECONDS)


def request_body(outgoing: Outgoing) -> bytes:
    """Lay a payload out as Slack does: events as JSON, commands as a form, interactions as a form's `payload`."""
    if outgoing.kind == "events_api":
        return json.dumps(outgoing.payload).encode()
    if outgoing.kind == "slash_commands":
        return urlencode(outgoing.payload).encode()
    return urlencode({"payload": json.dumps(outgoing.payload)}).encode()


def read_answer(status: int, body: bytes, no_retry: str) -> Ack:
    """Read the app's answer; a body that is no JSON object counts as a text to show."""
    if status != HTTPStatus.OK:
        return Ack(ok=False, reason="http_error", no_retry=no_retry == "1")
    found = parse_json(body)
    if is_object(found):
        return Ack(ok=True, payload=found or None)
    words = body.decode(errors="replace").strip()
    return Ack(ok=True, payload={"text": words} if words else None)


def _retry_headers(outgoing: Outgoing) -> JsonObject:
    if not outgoing.retry_num:
        return {}
    return {"X-Slack-Retry-Num": str(outgoing.retry_num), "X-Slack-Retry-Reason": outgoing.retry_reason}
