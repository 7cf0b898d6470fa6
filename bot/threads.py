"""The training thread that a message stands in."""

import asyncio

from bot.desk import Desk, Payload
from core import collecting
from core.records import Run

LOOK_SECONDS, LOOKS = 0.1, 15
"""Between looks for a thread whose card has just appeared, and how many: within the three seconds that Slack waits."""


class ThreadNotOpenError(Exception):
    """The thread's card is on its way; Slack delivers the event again when this one fails."""


async def run_of(desk: Desk, team: str, event: Payload, bot_user: str) -> Run | None:
    """Find the run in whose thread a message stands; people are often quicker than the card's own thread is known.

    Raises:
        ThreadNotOpenError: when cards of ours are on their way to the channel and this thread may be one of them.
    """
    channel, thread_ts = str(event["channel"]), str(event.get("thread_ts") or event["ts"])
    for _ in range(LOOKS):
        on_their_way = event.get("parent_user_id") == bot_user and await _cards_on_their_way(desk, team, channel)
        run = await collecting.run_of_thread(desk.store, team, channel, thread_ts)
        if run or not on_their_way:
            return run
        await asyncio.sleep(LOOK_SECONDS)
    raise ThreadNotOpenError(channel)


async def _cards_on_their_way(desk: Desk, team: str, channel: str) -> bool:
    """Say so before the thread is looked for: a card that arrives in between is then found, not taken for another's."""
    return bool(await desk.store.members(team, collecting.opening(channel)))
