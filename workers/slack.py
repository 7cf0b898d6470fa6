"""Slack's Web API, called with the bot token; its errors turned into troubles."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from core import words
from workers.trouble import SOME, Trouble, throttled, unreachable

CALL_SECONDS = 20
TOO_MANY = 429

_PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
"""Slack's own stumbles, by its documentation of errors."""


THREAD_GONE = frozenset({"thread_not_found", "invalid_thread_ts"})
"""What Slack answers when the first message of a thread has been deleted; at times it takes the reply all the same."""

_FORMS = {"files.info", "files.getUploadURLExternal", "conversations.replies", "conversations.history"}
"""Methods that do not read a JSON body: to them its arguments are missing."""


_GARBLED = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError)
"""What slack_sdk raises when there is no answer, or one that is not Slack's (text where JSON should be)."""


def connect(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make the client. It repeats nothing by itself: a repeated post would post twice; the outbox repeats.

    The session brings the time limit: slack_sdk's own `timeout` does not reach sessions that it is given.
    """
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[])


async def call(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    """Call a method; arguments that are None are left out.

    Raises:
        Trouble: whatever Slack, or the way to it, refuses.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    sent = {"data": _form(given)} if method in _FORMS else {"json": given}
    untyped: Any = client
    try:
        response = await untyped.api_call(method, **sent)
    except SlackApiError as error:
        raise trouble(error) from error
    except _GARBLED as error:
        raise unreachable(words.trouble.SLACK_UNREACHABLE, type(error).__name__) from error
    return response.data


def _form(arguments: dict[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in arguments.items()}


def trouble(error: SlackApiError) -> Trouble:
    """Say what an answer of Slack's means for the step that met it."""
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    code = _code(getattr(response, "data", None))
    if status == TOO_MANY or code == "ratelimited":
        after = {name.lower(): value for name, value in response.headers.items()}.get("retry-after", "1")
        return throttled(words.trouble.SLACK_UNREACHABLE, "ratelimited", float(after))
    if not code or status >= 500 or code in _PASSING:  # noqa: PLR2004 - HTTP's own border; no code: a proxy spoke
        return unreachable(words.trouble.SLACK_UNREACHABLE, code or str(status))
    said = _messages(response.data)
    return Trouble(f"Slack says: {code}", code, tries=SOME if code == "invalid_blocks" else 0, said=said)


def _messages(data: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in _code
    said: Any = data.get("response_metadata") or {}
    return tuple(str(message) for message in said.get("messages") or ())


def _code(data: Any) -> str:  # noqa: ANN401 - JSON, or what a proxy sent in its place
    return str(data.get("error", "")) if isinstance(data, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
