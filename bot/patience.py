"""A Slack that is throttled is asked once more, as soon as it says, if there is time: a form opens within 3 seconds."""

import asyncio

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.async_handler import AsyncRetryHandler

THROTTLED = 429
WAIT_MOST = 1
"""Seconds of `Retry-After` that somebody who pressed a button has time for; slack_sdk's own handler waits for any."""


class Patience(AsyncRetryHandler):
    """Asks again after a 429 that does not last; `max_retry_count` is how often."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - slack_sdk gives all of it by name
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        return response is not None and response.status_code == THROTTLED and _seconds(response) <= WAIT_MOST

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - as above
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        """Wait as long as Slack says."""
        state.next_attempt_requested = True
        await asyncio.sleep(_seconds(response) if response else 0)
        state.increment_current_attempt()


def _seconds(response: HttpResponse) -> float:
    named: dict[str, str | list[str]] = {name.lower(): told for name, told in response.headers.items()}
    told = named.get("retry-after", "1")
    return float(told if isinstance(told, str) else told[0])
