"""What the admins have to know: told in their channel; where none is set, to each of them alone."""

from typing import Protocol

from core import outbox
from core.outbox import Blocks
from core.records import Message


class Told(Protocol):
    """What says who the admins are, and where they are found: the settings."""

    @property
    def admins(self) -> tuple[str, ...]:
        """Slack's ids of people."""
        ...

    @property
    def admin_channel(self) -> str:
        """Slack's id of a channel; empty: none."""
        ...


def to_admins(told: Told, team: str, key: str, text: str, now: float, blocks: Blocks = ()) -> list[Message]:
    """Write to the admins, once for each key; empty where the deployment names neither a channel nor an admin.

    Slack takes a person's id for a channel's: the message comes from the bot, to that person alone.
    """
    places = [told.admin_channel] if told.admin_channel else told.admins
    return [outbox.post(team, key_of(key, place), (place, ""), text, now, blocks) for place in places]


def key_of(key: str, place: str) -> str:
    """Give the key of what was posted to one place, by which it can be changed."""
    return f"alert:{key}:{place}"
