"""Slack over Socket Mode: a connection that the bot opens, for workspaces that cannot reach it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from core.settings import Settings

log = logging.getLogger(__name__)

PING_SECONDS = 5.0
"""How often slack_sdk looks whether the connection still is one; what Slack sends meanwhile waits or fails."""


@contextlib.asynccontextmanager
async def listening(app: AsyncApp, told: Settings) -> AsyncGenerator[None]:
    """Keep a connection to Slack; slack_sdk opens it anew when Slack refreshes it or it goes silent."""
    web_client = AsyncWebClient(token=told.slack_app_token, base_url=told.slack_api_url)
    handler = AsyncSocketModeHandler(app, told.slack_app_token, web_client=web_client, ping_interval=PING_SECONDS)
    connecting = asyncio.create_task(handler.connect_async())  # tries for ever while Slack is away
    connecting.add_done_callback(_tell)
    try:
        yield
    finally:
        connecting.cancel()
        await asyncio.wait([connecting])
        await handler.close_async()


def _tell(connecting: asyncio.Task[None]) -> None:
    if not connecting.cancelled():
        log.info("connected to Slack over Socket Mode")
