"""The bad habits that AWS can be given while it runs."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from threading import Lock
from typing import cast

from sandbox.aws.shapes import Json


@dataclass(frozen=True)
class FailInvoke:
    """The container answers so the next `times` calls."""

    status: int = 500
    message: str = "CUDA out of memory."
    times: int = 1


@dataclass(frozen=True)
class FaultSet:
    """`POST /sandbox/faults` takes these names. `throttle`, `lost_replies`: shares of the control plane's calls.

    `fail_training` and `fail_endpoint` are the reason that the next one created fails with, used once.
    `slow_invoke_s` is wall seconds that each invocation takes longer.
    """

    throttle: float = 0.0
    lost_replies: float = 0.0
    down: bool = False
    fail_training: str | None = None
    fail_endpoint: str | None = None
    stuck_endpoint: bool = False
    fail_invoke: FailInvoke | None = None
    slow_invoke_s: float = 0.0
    seed: int = 0


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _is_reason(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_object(value: object) -> bool:
    return value is None or isinstance(value, dict)


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and value >= 0


_CHECKS: dict[str, Callable[[object], bool]] = {
    "throttle": _is_share,
    "lost_replies": _is_share,
    "down": _is_switch,
    "fail_training": _is_reason,
    "fail_endpoint": _is_reason,
    "stuck_endpoint": _is_switch,
    "fail_invoke": _is_object,
    "slow_invoke_s": _is_count,
    "seed": _is_count,
}


def merged(old: FaultSet, text: str | bytes) -> FaultSet:
    """The fault set after a JSON object of changes.

    Raises:
        ValueError: not JSON, an unknown name or an impossible value.
    """
    changes: object = json.loads(text)
    if not isinstance(changes, dict):
        raise ValueError("faults are one JSON object")  # noqa: TRY004 - JSON that does not fit is a bad value here
    wishes = cast("Json", changes)
    for name, value in wishes.items():
        if name not in _CHECKS or not _CHECKS[name](value):
            raise ValueError(f"no such fault: {name}={value!r}")
    if isinstance(wishes.get("fail_invoke"), dict):
        wishes["fail_invoke"] = _fail_invoke(wishes["fail_invoke"])
    return replace(old, **wishes)


def _fail_invoke(wish: Json) -> FailInvoke:
    try:
        return FailInvoke(**wish)
    except TypeError as error:
        raise ValueError(f"no such fault: fail_invoke={wish!r}") from error


@dataclass
class Faults:
    """The fault set in force, and the dice, which `seed` makes repeatable."""

    current: FaultSet = field(default_factory=FaultSet)
    _lock: Lock = field(default_factory=Lock)
    _dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - no secret is drawn

    def change(self, text: str | bytes) -> None:
        """Take changes over; the rest stays as it is. See `merged`."""
        with self._lock:
            self.current = merged(self.current, text)
            self._dice.seed(self.current.seed)

    def reset(self) -> None:
        """Behave again."""
        with self._lock:
            self.current = FaultSet()

    def as_json(self) -> Json:
        """The fault set in force."""
        return asdict(self.current)

    def strikes(self, share: float) -> bool:
        """Throw the dice."""
        with self._lock:
            return share > 0 and self._dice.random() < share

    def take(self, name: str) -> str | None:
        """The scripted reason `fail_training` or `fail_endpoint`, which is then used up."""
        with self._lock:
            reason = cast("str | None", getattr(self.current, name))
            if reason is not None:
                self.current = replace(self.current, **{name: None})
            return reason

    def take_fail_invoke(self) -> FailInvoke | None:
        """The scripted answer to this invocation, if any is left."""
        with self._lock:
            wish = self.current.fail_invoke
            if wish is not None:
                left = replace(wish, times=wish.times - 1) if wish.times > 1 else None
                self.current = replace(self.current, fail_invoke=left)
            return wish
