"""A bound on how often an operation may be called."""

import time
from collections.abc import Callable
from threading import Lock


class Allowance:
    """A bucket that fills with `rate` calls a wall second up to `burst`; each call takes one. Rate 0: no bound."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._left = float(burst)
        self._at = clock()
        self._lock = Lock()

    def take(self) -> bool:
        """Whether this call is allowed."""
        if not self._rate:
            return True
        with self._lock:
            now = self._clock()
            self._left = min(float(self._burst), self._left + (now - self._at) * self._rate)
            self._at = now
            allowed = self._left >= 1
            self._left -= allowed
            return allowed
