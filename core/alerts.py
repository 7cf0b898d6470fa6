"""What the admins have to know: told in their channel; where none is set, to each of them alone."""

from dataclasses import replace
from typing import Protocol

from core import outbox, words
from core.cards.blocks import context
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
    return [_alert(team, key, place, text, now, blocks) for place in places]


def to_each_admin(told: Told, unheard: Message, now: float) -> list[Message]:
    """Write to each admin alone what could not be written in their channel; empty for anything else."""
    if not unheard.alert or unheard.channel != told.admin_channel:
        return []
    why = words.alerts.not_in_channel(unheard.channel)
    text, blocks = f"{unheard.text}\n{why}", (*unheard.blocks, context(why)) if unheard.blocks else ()
    return [_alert(unheard.team, unheard.alert, admin, text, now, blocks) for admin in told.admins]


def _alert(team: str, key: str, place: str, text: str, now: float, blocks: Blocks) -> Message:
    return replace(outbox.post(team, key_of(key, place), (place, ""), text, now, blocks), alert=key)


def key_of(key: str, place: str) -> str:
    """Give the key of what was posted to one place, by which it can be changed."""
    return f"alert:{key}:{place}"
