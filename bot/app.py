"""Bolt's app with every listener, and what people are told when one breaks."""

import json
import logging
import uuid
from typing import Any

from redis.exceptions import RedisError
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import (
    imagine,
    keep_awake,
    mention,
    overview,
    photos,
    start_training,
    train,
    use_as_training_set,
)
from bot.desk import App, Desk, Payload, whisper
from core import words

log = logging.getLogger(__name__)

FEATURES = (train, mention, photos, use_as_training_set, start_training, imagine, keep_awake, overview)


def build(desk: Desk) -> AsyncApp:
    """Make the app. Events are acknowledged after their listener, so that one that fails is delivered again."""
    client = AsyncWebClient(token=desk.settings.slack_bot_token, base_url=desk.settings.slack_api_url)
    app = AsyncApp(
        name="darkroom",
        client=client,
        process_before_response=True,
        request_verification_enabled=False,  # bot/http.py verifies, and answers 4xx where Bolt would break
    )
    listening: Any = app
    listen(listening, desk)
    listening.error(on_error)
    return app


def listen(app: App, desk: Desk) -> None:
    """Register every feature."""
    for feature in FEATURES:
        feature.register(app, desk)


async def on_error(error: Exception, body: Payload, respond: Any) -> BoltResponse:  # noqa: ANN401 - Bolt's AsyncRespond
    """Tell whoever waits for an answer; let Slack deliver an event again."""
    identity = uuid.uuid4().hex[:8]
    kind = _kind(body)
    log.error("fault %s in %s: %s", identity, kind, error, exc_info=error)
    text = words.RECORDS_AWAY if isinstance(error, RedisError) else words.unexpected(identity)
    if kind == "command":
        answer = json.dumps({"response_type": "ephemeral", "text": text})
        return BoltResponse(status=200, body=answer, headers={"content-type": "application/json"})
    if kind == "block_actions":
        await whisper(respond, text)
        return BoltResponse(status=200, body="")
    return BoltResponse(status=500, body="")


def _kind(body: Payload) -> str:
    return "command" if "command" in body else str(body.get("type", "unknown"))
