"""The record of all Web API calls, for tests."""

import time
from collections import deque

from sandbox.slack.json_types import JsonObject, copy_json

_KEPT = 20_000


class CallLog:
    """The last calls, oldest first; tokens never get in."""

    def __init__(self) -> None:
        self._calls: deque[JsonObject] = deque(maxlen=_KEPT)

    def add(self, method: str, args: JsonObject, error: str) -> None:
        """Note a call; `error` is Slack's error code, or empty when it was answered with ok."""
        kept = {key: value for key, value in args.items() if key != "token"}
        self._calls.append(
            {"method": method, "args": copy_json(kept), "ok": not error, "error": error or None, "at": time.time()}
        )

    def all(self) -> list[JsonObject]:
        """Give the calls."""
        return list(self._calls)
