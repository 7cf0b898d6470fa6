"""A person at the bot's signed front: what they do arrives as Slack would send it, and what they see comes back."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp.test_utils import TestClient, TestServer

from bot import app, http
from bot.desk import Desk
from core.catalogue import Catalogue
from core.records import Message
from core.settings import Settings
from core.store import Store
from tests.support.records import CHANNEL, MIRA, TEAM
from tests.support.site import Site

if TYPE_CHECKING:
    from aiohttp import web

Json = dict[str, Any]
SECRET = "planted-signing-secret"
BOT = "U0BOT"
_NUMBERS = count(1)


@dataclass
class Person:
    """Mira in the pets' channel. `slack` is the site on which the bot calls Slack."""

    client: "TestClient[web.Request, web.Application]"
    slack: Site
    store: Store
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])

    async def command(self, name: str, text: str, **different: str) -> Json:
        """Type a slash command; gives what the bot answers at once."""
        usual = {"command": name, "text": text, "team_id": TEAM, "channel_id": CHANNEL, "user_id": MIRA}
        trigger = {"trigger_id": f"trigger-{next(_NUMBERS)}", "response_url": f"{self.slack.url}/respond"}
        return await self._send(urlencode(usual | trigger | different).encode(), "application/x-www-form-urlencoded")

    async def event(self, **event: Any) -> Json:
        """Do something that Slack tells as an event: a message, a mention, a look at the App Home."""
        usual = {"user": MIRA, "channel": CHANNEL, "ts": "1798761600.000300"}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{next(_NUMBERS)}", "event": usual | event}
        return await self._send(json.dumps(body).encode(), "application/json")

    async def press(self, action: str, value: str) -> Json:
        """Press a button."""
        pressed = {"action_id": action, "block_id": "row", "type": "button", "value": value}
        return await self._interact(type="block_actions", actions=[pressed], container={"type": "message"})

    async def submit(self, view: Json, **values: Any) -> Json:
        """Submit a modal with these values, and what stands in it where there are none; gives the bot's answer."""
        inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        state = {name: {"value": _typed(element, values.get(name))} for name, element in inputs.items()}
        submitted = {"id": "V1", "hash": "h"} | view | {"state": {"values": state}}
        return await self._interact(type="view_submission", view=submitted)

    async def shortcut(self, callback: str, message: Json) -> Json:
        """Use a message shortcut."""
        return await self._interact(type="message_action", callback_id=callback, message=message)

    def opened(self) -> Json:
        """Give the last modal that the bot opened."""
        opened = [json.loads(seen.body) for seen in self.slack.seen if seen.path == "/api/views.open"]
        view = opened[-1]["view"]
        return json.loads(view) if isinstance(view, str) else view

    def whispers(self) -> list[str]:
        """List what the bot has answered through response_url."""
        return [str(json.loads(seen.body)["text"]) for seen in self.slack.seen if seen.path == "/respond"]

    async def told(self) -> list[Message]:
        """List what the outbox is to show."""
        due = await self.store.overdue(TEAM, float("inf"))
        ids = [member.partition(":")[2] for member, _ in due if member.startswith("message:")]
        return await self.store.get_all(Message, TEAM, ids)

    async def _interact(self, **payload: Any) -> Json:
        usual = {"team": {"id": TEAM}, "user": {"id": MIRA}, "channel": {"id": CHANNEL}}
        fresh = {"trigger_id": f"trigger-{next(_NUMBERS)}", "response_url": f"{self.slack.url}/respond"}
        form = urlencode({"payload": json.dumps(usual | fresh | payload)})
        return await self._send(form.encode(), "application/x-www-form-urlencoded")

    async def _send(self, body: bytes, kind: str) -> Json:
        now = str(int(time.time()))
        mac = hmac.new(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={mac}"}
        async with self.client.post("/slack/events", data=body, headers=headers | self.headers) as answer:
            self.status, text = answer.status, await answer.text()
        return json.loads(text) if text.startswith("{") else {}


def _typed(element: Json, value: object) -> Json:
    if element["type"] == "checkboxes":
        return {"type": "checkboxes", "selected_options": element["options"] if value else []}
    return {"type": "plain_text_input", "value": element.get("initial_value") if value is None else value}


@asynccontextmanager
async def at_the_front(told: Settings, store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Open the bot's front to a person; Slack says who the bot is."""
    ok = json.dumps({"ok": True, "user_id": BOT, "bot_id": "B0BOT", "team_id": TEAM}).encode()
    for path in ("/api/auth.test", "/api/views.open"):
        slack.gives(path, body=ok, headers={"Content-Type": "application/json"})
    slack.gives("/respond", body=b"ok")
    bolt = app.build(Desk(told, store, Catalogue(store), time.time))
    async with TestClient(TestServer(http.server(bolt, SECRET, time.time))) as client:
        yield Person(client, slack, store)
