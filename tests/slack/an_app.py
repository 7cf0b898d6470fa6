"""The small app that the tests put in front of this Slack: its manifest, and a real Bolt app to listen with."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

BOT_TOKEN = "xoxb-test-bot"
APP_TOKEN = "xapp-test-app"
SECRET = "test-signing-secret"

SCOPES = (
    "app_mentions:read,channels:history,channels:read,chat:write,commands,files:read,files:write,im:history,im:read,"
    "im:write,reactions:read,reactions:write,users:read"
)
EVENTS = (
    "app_home_opened,app_mention,file_shared,member_joined_channel,member_left_channel,"
    "message.channels,message.im,reaction_added,reaction_removed"
)

# What Bolt hands to a listener; its own types are only partly known to a strict checker.
Ack: TypeAlias = Callable[..., Awaitable[Any]]
Client: TypeAlias = Any


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest with all that the tests use; `scopes` and `events` (comma-separated) replace its own."""
    shortcuts = [
        {"name": "Use photos", "type": "message", "callback_id": "use_photos", "description": "Train on these"},
        {"name": "New set", "type": "global", "callback_id": "new_set", "description": "Begin a set"},
    ]
    return {
        "display_information": {"name": "Darkroom"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": changes.get("messages_tab_enabled", True),
                "messages_tab_read_only_enabled": changes.get("messages_tab_read_only_enabled", False),
            },
            "bot_user": {"display_name": "Darkroom", "always_online": True},
            "slash_commands": [
                {"command": "/train", "description": "Begin a training set", "usage_hint": "name kind"},
                {"command": "/say", "description": "Say it", "should_escape": True},
            ],
            "shortcuts": shortcuts,
        },
        "oauth_config": {"scopes": {"bot": changes.get("scopes", SCOPES).split(",")}},
        "settings": {
            "event_subscriptions": {"bot_events": changes.get("events", EVENTS).split(",")},
            "interactivity": {"is_enabled": changes.get("interactivity", True)},
            "socket_mode_enabled": True,
        },
    }


def sdk_client(url: str, token: str = BOT_TOKEN) -> Client:
    """A real client of slack_sdk that tries nothing twice."""
    return AsyncWebClient(token=token, base_url=f"{url}/api/", retry_handlers=[])


async def refused_answer(call: Awaitable[Any]) -> Any:  # noqa: ANN401 - slack_sdk's response is untyped
    """Make a call that must be refused, and give the answer."""
    with pytest.raises(SlackApiError) as refused:
        await call
    error: Any = refused.value
    return error.response


class AnApp:
    """A Bolt app that writes down all events, and answers as its handlers are set."""

    def __init__(self, url: str) -> None:
        self.client = sdk_client(url)
        self.bolt: Any = AsyncApp(
            client=self.client,
            signing_secret=SECRET,
            process_before_response=True,
            ignoring_self_events_enabled=False,
        )
        self.events: list[dict[str, Any]] = []
        self.bodies: list[dict[str, Any]] = []
        self.bolt.use(self._note)

    async def _note(self, body: dict[str, Any], next: Ack) -> None:  # noqa: A002 - Bolt's own name
        self.bodies.append(body)
        if "event" in body:
            self.events.append(body["event"])
        await next()

    def seen(self, kind: str, subtype: str | None = None) -> list[dict[str, Any]]:
        """The events of a type and subtype so far."""
        return [each for each in self.events if each["type"] == kind and each.get("subtype") == subtype]

    def payloads(self, kind: str) -> list[dict[str, Any]]:
        """The interactions of a type so far."""
        return [each for each in self.bodies if each.get("type") == kind]


@asynccontextmanager
async def connected(app: AnApp, url: str, ping_interval: float = 5) -> AsyncGenerator[None]:
    """Connect an app over Socket Mode.

    The SDK parts from a server that takes half of `ping_interval` (seconds) to answer a ping.
    """
    client = sdk_client(url, APP_TOKEN)
    handler = AsyncSocketModeHandler(app.bolt, APP_TOKEN, web_client=client, ping_interval=ping_interval)
    await handler.connect_async()
    yield
    await handler.close_async()
