"""Bolt's app with every listener, and what people are told when one breaks."""

import json
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import (
    access,
    add_model,
    budgets,
    cancel,
    cancel_prompt,
    compare_steps,
    darkroom,
    gallery,
    idle_time,
    imagine,
    keep_awake,
    leftover,
    limits,
    mention,
    models,
    overview,
    photo_choices,
    photos,
    picture_buttons,
    rename,
    stars,
    start_training,
    take_photos_back,
    train,
    use_as_training_set,
)
from bot.desk import App, Desk, Payload, first_input, whisper
from bot.patience import Patience
from core import words
from core.settings import Settings
from core.store import StoreAwayError

log = logging.getLogger(__name__)

FEATURES = (
    idle_time,
    imagine,
    picture_buttons,
    train,
    mention,
    take_photos_back,
    photos,
    photo_choices,
    use_as_training_set,
    start_training,
    compare_steps,
    budgets,
    cancel,
    cancel_prompt,
    keep_awake,
    models,
    rename,
    access,
    limits,
    darkroom,
    add_model,
    stars,
    gallery,
    overview,
    leftover,
)
"""Bolt asks one listener after the other: what people do most stands first, and last who takes whatever is left."""


AGAIN = 2
"""How often Slack is asked again who the bot is when it is throttled for a second each time: it waits for three."""


_REFUSALS = {"expired_trigger_id": words.trouble.FORM_TOO_LATE, "ratelimited": words.trouble.SLACK_BUSY}
"""What people are told when Slack refuses something of ours, by its code; the rest nobody has foreseen."""


class SlackAwayError(ConnectionError):
    """Slack does not say who the bot is."""


def build(desk: Desk) -> AsyncApp:
    """Make the app. Events are acknowledged after their listener, so that one that fails is delivered again."""
    client: Any = AsyncWebClient(base_url=desk.settings.slack_api_url)
    client.retry_handlers.append(Patience(1))
    app = AsyncApp(
        name="darkroom",
        client=client,
        authorize=identity(desk.settings),
        process_before_response=True,
        request_verification_enabled=False,  # bot/http.py verifies, and answers 4xx where Bolt would break
    )
    listening: Any = app
    listen(listening, desk)
    listening.error(on_error)
    return app


def identity(told: Settings) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Say who the bot is. While Slack does not, fail, so that the event comes again: Bolt's own way answers 200."""
    client: Any = AsyncWebClient(token=told.slack_bot_token, base_url=told.slack_api_url)
    client.retry_handlers.append(Patience(AGAIN))
    result: Any = AuthorizeResult  # Bolt leaves its constructor half typed
    known: list[AuthorizeResult] = []

    async def authorize() -> AuthorizeResult:
        if not known:
            try:
                me = await client.auth_test()
            except SlackApiError as error:
                raise SlackAwayError("auth.test") from error
            known.append(result.from_auth_test_response(auth_test_response=me, bot_token=told.slack_bot_token))
        return known[0]

    return authorize


def listen(app: App, desk: Desk) -> None:
    """Register every feature."""
    for feature in FEATURES:
        feature.register(app, desk)


async def on_error(error: Exception, body: Payload, respond: Any) -> BoltResponse:  # noqa: ANN401 - Bolt's AsyncRespond
    """Tell whoever waits for an answer; let Slack deliver an event again."""
    identity = uuid.uuid4().hex[:8]
    kind = _kind(body)
    refused = _refused(error) if isinstance(error, SlackApiError) else ""
    if refused == "exchanged_trigger_id":
        log.info("the same press of a %s came twice: its first coming has opened the modal", kind)
        return BoltResponse(status=200, body="")
    log.error("fault %s in %s: %s", identity, kind, error, exc_info=error)
    text = _REFUSALS.get(refused) or words.trouble.unexpected(identity)
    if isinstance(error, StoreAwayError):
        text = words.trouble.RECORDS_AWAY
    elif isinstance(error, SlackAwayError):
        text = words.trouble.SLACK_AWAY
    if kind == "command":
        return _answer({"response_type": "ephemeral", "text": text})
    if kind == "block_actions":
        if body.get("response_url"):  # in a modal there is none; what is pressed last there says what is wrong
            await whisper(respond, text)
        return BoltResponse(status=200, body="")
    if kind == "view_submission":
        return _answer({"response_action": "errors", "errors": {first_input(body["view"]): text}})
    return BoltResponse(status=500, body="")


def _refused(error: SlackApiError) -> str:
    """Give Slack's code for what it refused."""
    answer: Any = error.response
    return str(answer.get("error"))


def _answer(payload: Payload) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload), headers={"content-type": "application/json"})


def _kind(body: Payload) -> str:
    return "command" if "command" in body else str(body.get("type", "unknown"))
