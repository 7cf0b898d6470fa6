"""Response URLs: five answers within thirty minutes to something that a person did."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack.ids import APP_ID, new_id

USES = 5
LIFE_SECONDS = 30 * 60


@dataclass
class ResponseUrl:
    """Where the answers go: a person, a channel, and the message whose button was pressed (`ts`), if it was one."""

    user: str
    channel: str
    ts: str
    until: float
    left: int = USES


class ResponseUrlError(Exception):
    """The URL does not work any more; the text is Slack's error code."""


class ResponseUrls:
    """All response URLs handed out."""

    def __init__(self, base_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._base_url = base_url
        self._clock = clock
        self._urls: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, ts: str = "") -> str:
        """Hand out a response URL."""
        name = f"{APP_ID}-{new_id('')}"
        self._urls[name] = ResponseUrl(user, channel, ts, self._clock() + LIFE_SECONDS)
        return f"{self._base_url}/respond/{name}"

    def use(self, name: str) -> ResponseUrl:
        """Use a response URL once; raises ResponseUrlError."""
        found = self._urls.get(name)
        if found is None:
            raise ResponseUrlError("invalid_url")
        if self._clock() > found.until:
            raise ResponseUrlError("expired_url")
        if not found.left:
            raise ResponseUrlError("used_url")
        found.left -= 1
        return found
