"""Slack over Socket Mode: a connection that the bot opens, for workspaces that cannot reach it."""

import contextlib
from collections.abc import AsyncGenerator

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from core.settings import Settings


@contextlib.asynccontextmanager
async def listening(app: AsyncApp, told: Settings) -> AsyncGenerator[None]:
    """Keep a connection to Slack; slack_sdk opens it anew when Slack refreshes it or it goes silent."""
    web_client = AsyncWebClient(token=told.slack_app_token, base_url=told.slack_api_url)
    handler = AsyncSocketModeHandler(app, told.slack_app_token, web_client=web_client)
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()
