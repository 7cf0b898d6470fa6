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
WROTE, PRESSED = "1798761600.000300", "1798761600.000400"
"""When people write and press, where nothing else is said."""
_NUMBERS = count(1)


@dataclass
class Person:
    """Mira in the pets' channel, or `user` in her place. `slack` is the site on which the bot calls Slack."""

    client: "TestClient[web.Request, web.Application]"
    slack: Site
    store: Store
    user: str = MIRA
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])

    async def command(self, name: str, text: str, **different: str) -> Json:
        """Type a slash command; gives what the bot answers at once."""
        usual = {"command": name, "text": text, "team_id": TEAM, "channel_id": CHANNEL, "user_id": self.user}
        trigger = {"trigger_id": f"trigger-{next(_NUMBERS)}", "response_url": f"{self.slack.url}/respond"}
        return await self._send(urlencode(usual | trigger | different).encode(), "application/x-www-form-urlencoded")

    async def event(self, **event: Any) -> Json:
        """Do something that Slack tells as an event: a message, a mention, a look at the App Home."""
        usual = {"user": self.user, "channel": CHANNEL, "ts": WROTE}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{next(_NUMBERS)}", "event": usual | event}
        return await self._send(json.dumps(body).encode(), "application/json")

    async def press(self, action: str, value: str, **different: Any) -> Json:
        """Press a button."""
        pressed = {"action_id": action, "block_id": "row", "type": "button", "value": value}
        pressed |= {"action_ts": PRESSED}
        usual: Json = {"type": "block_actions", "actions": [pressed], "container": {"type": "message"}}
        return await self._interact(**(usual | different))

    async def choose(self, asked: Json, value: str) -> Json:
        """Choose from the list in a row of a message."""
        (element,) = asked["elements"]
        (option,) = [one for one in element["options"] if one["value"] == value]
        acted = {"type": element["type"], "action_id": element["action_id"], "block_id": asked["block_id"]}
        acted |= {"action_ts": PRESSED}
        told = {"actions": [acted | {"selected_option": option}], "container": {"type": "message"}}
        return await self._interact(type="block_actions", **told)

    async def submit(self, view: Json, **values: Any) -> Json:
        """Submit a modal with these values, and what stands in it where there are none; gives the bot's answer."""
        return await self._interact(type="view_submission", view=filled_in(view, values))

    async def accept(self, view: Json, **values: Any) -> Json:
        """Submit a modal, and once more if it comes back with another price; gives the bot's last answer."""
        answer = await self.submit(view, **values)
        return await self.submit(answer["view"]) if answer.get("response_action") == "update" else answer

    async def use(self, view: Json, action: str, **values: Any) -> Json:
        """Press a button of a modal, or choose in one of its fields; gives the modal as the bot draws it anew."""
        both = [(one, each) for one in view["blocks"] for each in _elements(one) if each.get("action_id") == action]
        ((block, element),) = both
        acted = {"action_id": action, "block_id": block.get("block_id", "row"), "type": "button"}
        acted |= {"action_ts": PRESSED}
        acted |= {"value": element["value"]} if "value" in element else {}
        shown, before = filled_in(view, values), len(self._drawn("/api/views.update"))
        told = {"actions": [acted], "view": shown, "container": {"type": "view"}, "response_url": None}
        await self._interact(type="block_actions", **told)
        drawn = self._drawn("/api/views.update")
        return carried_over(shown, drawn[-1]) if len(drawn) > before else view

    async def shortcut(self, callback: str, message: Json) -> Json:
        """Use a message shortcut."""
        return await self._interact(type="message_action", callback_id=callback, message=message)

    def opened(self) -> Json:
        """Give the last modal that the bot opened."""
        return self._drawn("/api/views.open")[-1]

    def drawn(self) -> list[Json]:
        """List the modals as the bot has drawn them anew."""
        return self._drawn("/api/views.update")

    def _drawn(self, path: str) -> list[Json]:
        sent = [json.loads(seen.body)["view"] for seen in self.slack.seen if seen.path == path]
        return [json.loads(view) if isinstance(view, str) else view for view in sent]

    def whispers(self) -> list[str]:
        """List the sentences that the bot has answered through response_url."""
        return [str(answer["text"]) for answer in self._answers() if not answer.get("blocks")]

    def answered(self) -> list[str]:
        """List the texts of all that the bot has answered through response_url, those of cards too."""
        return [str(answer["text"]) for answer in self._answers()]

    def shown(self) -> list[Json]:
        """Give the blocks of the last card that the bot has shown through response_url."""
        return [answer for answer in self._answers() if answer.get("blocks")][-1]["blocks"]

    def _answers(self) -> list[Json]:
        return [json.loads(seen.body) for seen in self.slack.seen if seen.path == "/respond"]

    async def told(self) -> list[Message]:
        """List what the outbox is to show."""
        due = await self.store.overdue(TEAM, float("inf"))
        ids = [member.partition(":")[2] for member, _ in due if member.startswith("message:")]
        return await self.store.get_all(Message, TEAM, ids)

    async def _interact(self, **payload: Any) -> Json:
        usual = {"team": {"id": TEAM}, "user": {"id": self.user}, "channel": {"id": CHANNEL}}
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


def _elements(block: Json) -> list[Json]:
    return [*block.get("elements", []), *([block["element"]] if "element" in block else [])]


def filled_in(view: Json, values: Json) -> Json:
    """Give a view as Slack tells of it: values by field (its block's id up to a dot), else what stands in it."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element, name = block["element"], block["block_id"]
            stands = view.get("state", {}).get("values", {}).get(name, {}).get(element["action_id"])
            given = values.get(name.partition(".")[0])
            state[name] = {element["action_id"]: stands if given is None and stands else _typed(element, given)}
    return {"id": "V1", "hash": "h"} | view | {"state": {"values": state}}


def carried_over(before: Json, after: Json) -> Json:
    """Give a view as it is drawn anew: what stands in blocks that keep their id stays, as it does in Slack."""
    names = {block.get("block_id") for block in after["blocks"]}
    kept = {name: fields for name, fields in before["state"]["values"].items() if name in names}
    return after | {"state": {"values": kept}}


def _typed(element: Json, value: object) -> Json:
    kind = element["type"]
    if kind == "checkboxes":
        before: list[Json] = element.get("initial_options", [])
        return {"type": kind, "selected_options": before if value is None else element["options"] * bool(value)}
    if kind in {"static_select", "radio_buttons"}:
        named = [one for one in element["options"] if one["value"] == value]
        return {"type": kind, "selected_option": named[0] if named else element.get("initial_option")}
    if kind.startswith("multi_"):
        key = kind.removeprefix("multi_").removesuffix("_select")
        return {"type": kind, f"selected_{key}": element.get(f"initial_{key}", []) if value is None else value}
    return {"type": kind, "value": element.get("initial_value") if value is None else value}


@asynccontextmanager
async def at_the_front(told: Settings, store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Open the bot's front to a person; Slack says who the bot is."""
    ok = json.dumps({"ok": True, "user_id": BOT, "bot_id": "B0BOT", "team_id": TEAM, "view": {"id": "V1"}}).encode()
    for path in ("/api/auth.test", "/api/views.open", "/api/views.update"):
        slack.gives(path, body=ok, headers={"Content-Type": "application/json"})
    slack.gives("/respond", body=b"ok")
    bolt = app.build(Desk(told, store, Catalogue(store), time.time))
    async with TestClient(TestServer(http.server(bolt, SECRET, time.time))) as client:
        yield Person(client, slack, store)
