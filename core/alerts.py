"""What the admins have to know: told in their channel; where none is set, to each of them alone."""

from core import outbox
from core.outbox import Blocks
from core.records import Message
from core.settings import Settings


def to_admins(told: Settings, team: str, key: str, text: str, now: float, blocks: Blocks = ()) -> list[Message]:
    """Write to the admins, once for each key; empty where the deployment names neither a channel nor an admin.

    Slack takes a person's id for a channel's: the message comes from the bot, to that person alone.
    """
    places = [told.admin_channel] if told.admin_channel else told.admins
    return [outbox.post(team, f"alert:{key}:{place}", (place, ""), text, now, blocks) for place in places]
