"""The bad habits that AWS can be given, as they are written."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from sandbox.aws.instance_limits import spread
from sandbox.aws.moderation_labels import TOP

if TYPE_CHECKING:
    from sandbox.aws.shapes import Json

T = TypeVar("T")
_ACTION = re.compile(r"[a-z-]+:[A-Z]\w+")


@dataclass(frozen=True)
class FailInvoke:
    """The container answers so the next `times` calls."""

    status: int = 500
    message: str = "CUDA out of memory."
    times: int = 1


@dataclass(frozen=True)
class FailNext:
    """The next `times` that are created fail with this reason; those on another instance type than the given do not."""

    reason: str
    times: int = 1
    instance_type: str | None = None


@dataclass(frozen=True)
class FaultSet:
    """`POST /sandbox/faults` takes these names. `throttle`, `lost_replies`: shares of the control plane's calls.

    `fail_training` and `fail_endpoint` are the reason that the next one created fails with, or an object of `reason`,
    `times` and `instance_type`. `slow_invoke_s` is wall seconds that each invocation takes longer. `quota` maps
    `[usage:]<instance type>` to the instances that the account may hold from now on; it replaces the last one as a
    whole. `denied` are IAM actions that the caller may not do, such as `pricing:GetProducts`. Jobs whose usage
    (`training`, `spot`) is in `no_capacity` wait in Pending while it is. The next `interrupt_spot` spot jobs that are
    seen in Training lose their instance there and then. `deprecated_model`: JumpStart's models all are.
    `moderation` maps categories at the top of Rekognition's taxonomy to how sure it is, in percent, that each picture
    shows them.
    """

    throttle: float = 0.0
    lost_replies: float = 0.0
    down: bool = False
    fail_training: FailNext | None = None
    fail_endpoint: FailNext | None = None
    stuck_endpoint: bool = False
    fail_invoke: FailInvoke | None = None
    slow_invoke_s: float = 0.0
    quota: Mapping[str, int] = field(default_factory=dict[str, int])
    denied: tuple[str, ...] = ()
    no_capacity: tuple[str, ...] = ()
    interrupt_spot: int = 0
    deprecated_model: bool = False
    moderation: Mapping[str, float] = field(default_factory=dict[str, float])
    seed: int = 0


def _share(value: object) -> object:
    return _only(value, isinstance(value, int | float) and 0 <= value <= 1)


def _number(value: object) -> object:
    return _only(value, isinstance(value, int) and value >= 0)


def _switch(value: object) -> object:
    return _only(value, isinstance(value, bool))


def _amount(value: object) -> object:
    return _only(value, isinstance(value, int | float) and value >= 0)


def _only(value: T, fits: bool) -> T:  # noqa: FBT001 - the outcome of a check, never written as a literal
    if not fits:
        raise ValueError("not a value for it")
    return value


def _fail_next(value: object) -> FailNext | None:
    if isinstance(value, str):
        return FailNext(value)
    if value is None:
        return None
    wish = FailNext(**cast("Json", value))
    return _only(wish, isinstance(wish.reason, str) and isinstance(wish.times, int) and wish.times > 0)  # type: ignore[reportUnnecessaryIsInstance] - as JSON gave it


def _fail_invoke(value: object) -> FailInvoke | None:
    return None if value is None else FailInvoke(**cast("Json", value))


def _quota(value: object) -> dict[str, int]:
    limits: dict[str, int] = {}
    for name, number in cast("Json", value).items():
        limits |= spread(name, number)
    return limits


def _actions(value: object) -> tuple[str, ...]:
    actions = tuple(cast("list[str]", value))
    return _only(actions, isinstance(value, list) and all(_ACTION.fullmatch(action) for action in actions))


def _job_usages(value: object) -> tuple[str, ...]:
    return _only(tuple(cast("list[str]", value)), isinstance(value, list) and {*value} <= {"training", "spot"})


def _sights(value: object) -> dict[str, float]:
    sights = cast("dict[str, float]", value)
    return _only(sights, all(name in TOP and 0 <= sure <= 100 for name, sure in sights.items()))  # noqa: PLR2004 - percent


_READERS: dict[str, Callable[[object], object]] = {
    "throttle": _share,
    "lost_replies": _share,
    "down": _switch,
    "fail_training": _fail_next,
    "fail_endpoint": _fail_next,
    "stuck_endpoint": _switch,
    "fail_invoke": _fail_invoke,
    "slow_invoke_s": _amount,
    "quota": _quota,
    "denied": _actions,
    "no_capacity": _job_usages,
    "interrupt_spot": _number,
    "deprecated_model": _switch,
    "moderation": _sights,
    "seed": _amount,
}


def merged(old: FaultSet, text: str | bytes) -> FaultSet:
    """The fault set after a JSON object of changes.

    Raises:
        ValueError: not JSON, an unknown name or an impossible value.
    """
    changes: object = json.loads(text)
    if not isinstance(changes, dict):
        raise ValueError("faults are one JSON object")  # noqa: TRY004 - JSON that does not fit is a bad value here
    return replace(old, **{name: _read(name, value) for name, value in cast("Json", changes).items()})


def _read(name: str, value: object) -> object:
    try:
        return _READERS[name](value)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"no such fault: {name}={value!r}") from error
