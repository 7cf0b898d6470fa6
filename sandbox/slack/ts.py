"""Message timestamps: Slack's ids for messages, seconds with six decimals, unique and rising."""

import re
import time
from collections.abc import Callable

_MICROS = 1_000_000
_SHAPE = re.compile(r"\d{10}\.\d{6}")


class TsCounter:
    """Hands out timestamps; each is greater than the one before, even within one microsecond."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """Give the next timestamp, such as `1712345678.000200`."""
        self._last = max(int(self._clock() * _MICROS), self._last + 1)
        seconds, micros = divmod(self._last, _MICROS)
        return f"{seconds}.{micros:06d}"


def is_ts(text: str) -> bool:
    """Say whether the text has the form of a timestamp."""
    return _SHAPE.fullmatch(text) is not None
