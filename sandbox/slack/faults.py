"""The bad days of a Slack: settings that tests and people turn on, and what they decide for one request."""

import asyncio
from dataclasses import asdict, dataclass, field
from secrets import SystemRandom
from typing import Any

from sandbox.slack.json_types import JsonObject, is_list

_CHANCE = SystemRandom()
# How long this Slack takes over a fresh file when nobody asks for more; real Slack takes a second or so.
USUAL_PROCESSING_MS = 120


@dataclass
class Faults:
    """All faults, off. Shares are 0 to 1, times are milliseconds.

    `event_copies` is how often each event is sent at least and at most, `press_copies` the same of what a person does
    to a button or a menu, which comes `press_late_ms` later; `lost_replies` is the share of API calls whose effect
    happens while the connection is cut; `check_file_info` the share of files that an event only names.
    """

    event_copies: list[int] = field(default_factory=lambda: [1, 1])
    shuffle_ms: float = 0
    press_copies: list[int] = field(default_factory=lambda: [1, 1])
    press_late_ms: float = 0
    rate_limit: float = 0
    lost_replies: float = 0
    down: bool = False
    login_page: bool = False
    late_processing_ms: float = 0
    unreachable_methods: list[str] = field(default_factory=list[str])
    post_pace: bool = False
    check_file_info: float = 0

    def __post_init__(self) -> None:
        self._up = asyncio.Event()
        self._up.set()

    def change(self, wanted: JsonObject) -> JsonObject:
        """Change some settings and give all that are in force; raises ValueError for a name or value that is wrong."""
        for name, value in wanted.items():
            if name not in self.__dataclass_fields__:
                raise ValueError(f"no such fault: {name}")
            setattr(self, name, _like(getattr(self, name), name, value))
        (self._up.clear if self.down else self._up.set)()
        return self.in_force()

    def in_force(self) -> JsonObject:
        """Give all settings by name."""
        return asdict(self)

    async def wait_until_up(self) -> None:
        """Wait while this Slack is down."""
        await self._up.wait()

    def copies(self) -> int:
        """Draw how often the next event is sent."""
        return _CHANCE.randint(*self.event_copies)

    def presses(self) -> int:
        """Draw how often the next press of a button is sent."""
        return _CHANCE.randint(*self.press_copies)

    def shuffle_seconds(self) -> float:
        """Draw how long the next event waits, so that others overtake it."""
        return _CHANCE.random() * self.shuffle_ms / 1000

    def processing_seconds(self) -> float:
        """Give how long a fresh file is processed."""
        return (self.late_processing_ms or USUAL_PROCESSING_MS) / 1000

    def strikes(self, share: float) -> bool:
        """Draw whether a fault with this share hits the present request."""
        return share > 0 and _CHANCE.random() < share


def _like(present: Any, name: str, value: object) -> object:  # noqa: ANN401 - a setting is of any of four types
    if is_list(present):
        if not is_list(value) or (name.endswith("_copies") and len(value) != len(present)):
            raise ValueError(f"{name} must be a list")
        return value
    if isinstance(present, bool) != isinstance(value, bool) or not isinstance(value, bool | int | float):
        raise ValueError(f"{name} has a value of the wrong type")
    return value
