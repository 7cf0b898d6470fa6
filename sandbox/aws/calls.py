"""Every SageMaker call that came in, for tests to look at."""

from collections import deque
from dataclasses import asdict, dataclass
from threading import Lock

from sandbox.aws.shapes import Json

MOST = 50_000
"""Calls kept; the oldest go first."""


@dataclass(frozen=True)
class Call:
    """One call. `ok`: it had its effect; `error` is AWS's code; `lost`: the reply was cut off."""

    operation: str
    request: Json
    at: float
    ok: bool = True
    error: str | None = None
    lost: bool = False


class CallLog:
    """The latest calls, in the order they were answered."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=MOST)
        self._lock = Lock()

    def add(self, call: Call) -> None:
        """Remember a call."""
        with self._lock:
            self._calls.append(call)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._calls.clear()

    def listed(self, operation: str | None = None) -> list[Json]:
        """The calls as JSON, of one operation or all."""
        with self._lock:
            return [asdict(call) for call in self._calls if operation in (None, call.operation)]
