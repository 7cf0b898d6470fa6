"""The pace at which an app may post: about one message a second in each channel, with a small burst."""

import time
from collections.abc import Callable

PER_SECOND = 1.0
BURST = 4.0


class Pace:
    """A bucket of allowances for each channel."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def takes(self, channel: str) -> bool:
        """Take one allowance of a channel; False when there is none."""
        now = self._clock()
        left, then = self._buckets.get(channel, (BURST, now))
        left = min(BURST, left + (now - then) * PER_SECOND)
        self._buckets[channel] = (max(left - 1, left if left < 1 else 0), now)
        return left >= 1
