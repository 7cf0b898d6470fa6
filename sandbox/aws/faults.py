"""The bad habits in force while AWS runs, and the dice."""

import random
from dataclasses import asdict, dataclass, field, replace
from threading import Lock
from typing import TypeVar

from sandbox.aws.fault_set import FailInvoke, FailNext, FaultSet, merged
from sandbox.aws.shapes import Json

T = TypeVar("T", FailNext, FailInvoke)


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

    def take(self, name: str, instance_type: str) -> str | None:
        """The reason that `fail_training` or `fail_endpoint` has for one on this instance type; it is used up by it."""
        with self._lock:
            wish: FailNext | None = getattr(self.current, name)
            if wish is None or wish.instance_type not in (None, instance_type):
                return None
            self.current = replace(self.current, **{name: _once_less(wish)})
            return wish.reason

    def take_one(self, name: str) -> bool:
        """Whether one of the number under this name, such as `interrupt_spot`, is left; it is used up."""
        with self._lock:
            left: int = getattr(self.current, name)
            if left:
                self.current = replace(self.current, **{name: left - 1})
            return left > 0

    def take_fail_invoke(self) -> FailInvoke | None:
        """The scripted answer to this invocation, if any is left."""
        with self._lock:
            wish = self.current.fail_invoke
            if wish is not None:
                self.current = replace(self.current, fail_invoke=_once_less(wish))
            return wish


def _once_less(wish: T) -> T | None:
    return replace(wish, times=wish.times - 1) if wish.times > 1 else None
