"""What goes to the app and how often: events at least once with Slack's retries, interactions once within 3 seconds."""

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from sandbox.slack.background import Background
from sandbox.slack.faults import Faults
from sandbox.slack.ids import APP_ID, BOT_USER, TEAM_ID, VERIFICATION_TOKEN, new_id
from sandbox.slack.json_types import JsonObject, copy_json

ACK_SECONDS = 3.0
# At once, after a minute, after five minutes.
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Outgoing:
    """One try to bring something to the app."""

    kind: Kind
    payload: JsonObject
    retry_num: int = 0
    retry_reason: str = ""


@dataclass(frozen=True)
class Ack:
    """The app's answer. `reason` of a failure: timeout, http_error or connection_failed."""

    ok: bool
    payload: JsonObject | None = None
    reason: str = ""
    no_retry: bool = False


class Transport(Protocol):
    """The way to the app: Socket Mode or signed HTTP requests."""

    async def send(self, outgoing: Outgoing) -> Ack:
        """Bring it to the app and wait at most ACK_SECONDS for the answer."""
        ...


class Delivery:
    """Brings events and interactions to the app over one transport."""

    def __init__(self, transport: Transport, faults: Faults, retry_scale: float, background: Background) -> None:
        self._transport = transport
        self._faults = faults
        self._retry_scale = retry_scale
        self._background = background

    def event(self, event: JsonObject) -> None:
        """Send an event in its envelope, in the background; each copy carries the same event_id."""
        payload = event_envelope(copy_json(event))
        for _ in range(self._faults.copies()):
            self._background.start(self._deliver(Outgoing("events_api", payload)))

    async def interact(self, kind: Kind, payload: JsonObject) -> Ack:
        """Send a command or an interaction once and wait for the answer; faults make presses late, or more than one."""
        if self._faults.down:
            return Ack(ok=False, reason="connection_failed")
        outgoing = Outgoing(kind, copy_json(payload))
        if payload.get("type") != "block_actions":
            return await self._transport.send(outgoing)
        for _ in range(1, self._faults.presses()):
            self._background.start(self._press(outgoing))
        return await self._press(outgoing)

    async def _press(self, outgoing: Outgoing) -> Ack:
        await asyncio.sleep(self._faults.press_late_ms / 1000)
        return await self._transport.send(outgoing)

    async def _deliver(self, outgoing: Outgoing) -> None:
        if self._faults.shuffle_ms:
            await asyncio.sleep(self._faults.shuffle_seconds())
        # Events of a Slack that is down are late, not lost.
        await self._faults.wait_until_up()
        ack = await self._transport.send(outgoing)
        for number, pause in enumerate(RETRY_AFTER_SECONDS, start=1):
            if ack.ok or ack.no_retry:
                return
            await asyncio.sleep(pause * self._retry_scale)
            ack = await self._transport.send(replace(outgoing, retry_num=number, retry_reason=ack.reason))


def event_envelope(event: JsonObject) -> JsonObject:
    """Wrap an event as the Events API does, with a new event_id."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": new_id("EC"),
    }
