"""Turns: Slack takes so much in a time, and who comes too soon comes again."""

from core.records import Message
from workers.house import House
from workers.step import postpone


async def waits(house: House, message: Message, what: str, seconds: float) -> bool:
    """Take the one turn that there is in this many seconds, or come back when there is one. True: it comes back."""
    after = await house.store.pace(message.team, what, seconds)
    if after:
        await postpone(house, message, after, tries=message.tries - 1)
    return after > 0
