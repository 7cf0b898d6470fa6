"""Trigger ids: the right to open a view, for three seconds and once."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack.ids import new_id

TRIGGER_SECONDS = 3.0


@dataclass
class Trigger:
    """What a trigger stands for: the view whose button was pressed, and the channel where that was, if there is any."""

    user: str
    until: float
    view_id: str = ""
    channel: str = ""
    exchanged: bool = False


class TriggerError(Exception):
    """The trigger cannot be exchanged; the text is Slack's error code."""


class Triggers:
    """All trigger ids handed out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str = "", channel: str = "") -> str:
        """Hand out a trigger id for something that a person did."""
        name = f"{int(time.time() * 1000)}.{new_id('').lower()}"
        self._triggers[name] = Trigger(user, self._clock() + TRIGGER_SECONDS, view_id, channel)
        return name

    def exchange(self, name: str) -> Trigger:
        """Take a trigger id in; raises TriggerError."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise TriggerError("invalid_trigger_id")
        if trigger.exchanged:
            raise TriggerError("exchanged_trigger_id")
        if self._clock() > trigger.until:
            raise TriggerError("expired_trigger_id")
        trigger.exchanged = True
        return trigger
