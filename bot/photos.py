"""Photos dropped in a training thread join its set."""

import asyncio
import re
from dataclasses import replace

from bot import direct
from bot.desk import App, Desk, Payload, is_direct, team_of
from bot.learn import dropped, learn, wish_to_learn
from core import choosing_photos, collecting
from core.records import Run

CLASS_PHOTOS = re.compile(r"\s*(?:<@[^>]+>[\s,:]*)?class\s+(?:photo|picture|image)s?\b", re.IGNORECASE)
"""How people say that photos show others of its kind."""

LOOK_SECONDS, LOOKS = 0.1, 15
"""Between looks for a thread whose card has just appeared, and how many: within the three seconds that Slack waits."""


class ThreadNotOpenError(Exception):
    """The thread's card is on its way; Slack delivers the event again when this one fails."""


def register(app: App, desk: Desk) -> None:
    """Listen for messages with files, and for what is said about them."""

    async def photos(body: Payload, event: Payload, context: Payload) -> None:
        if event.get("bot_id") or not event.get("user") or not event.get("files"):
            return
        team, bot_user = team_of(body), str(context.get("bot_user_id") or "")
        run = await _run(desk, team, event, bot_user)
        if run:
            role = "class" if CLASS_PHOTOS.match(str(event.get("text", ""))) else ""
            await collecting.take_photos(desk.store, run, replace(dropped(event), role=role), desk.now())
            return
        if is_direct(event):
            await direct.said(desk, team, event)
            return
        wish = wish_to_learn(str(event.get("text", "")), bot_user)
        if wish is not None:
            await learn(desk, team, event, wish)

    for subtype in ("file_share", "thread_broadcast"):
        app.event({"type": "message", "subtype": subtype})(photos)

    @app.event("message")
    async def other_messages(body: Payload, event: Payload, context: Payload) -> None:
        """Of messages without files, two are ours: those to the bot alone, and replies that say what comes next."""
        if event.get("bot_id") or event.get("subtype") or not event.get("user"):
            return
        bot_user = str(context.get("bot_user_id") or "")
        if not await _class_photos_next(desk, team_of(body), event, bot_user) and is_direct(event):
            await direct.said(desk, team_of(body), event)


async def _class_photos_next(desk: Desk, team: str, event: Payload, bot_user: str) -> bool:
    """Have the next photos of a thread taken as class photos. False: this reply does not say so, or it is no set's."""
    if not CLASS_PHOTOS.match(str(event.get("text", ""))):
        return False
    run = await _run(desk, team, event, bot_user)
    if run:
        await choosing_photos.say_next(desk.store, run, "class", desk.now())
    return run is not None


async def _run(desk: Desk, team: str, event: Payload, bot_user: str) -> Run | None:
    """Find the run in whose thread a message stands; people are often quicker than the card's own thread is known.

    Raises:
        ThreadNotOpenError: when cards of ours are on their way to the channel and this thread may be one of them.
    """
    channel, thread_ts = str(event["channel"]), event.get("thread_ts")
    if not thread_ts:
        return None
    for _ in range(LOOKS):
        on_their_way = event.get("parent_user_id") == bot_user and await _cards_on_their_way(desk, team, channel)
        run = await collecting.run_of_thread(desk.store, team, channel, str(thread_ts))
        if run or not on_their_way:
            return run
        await asyncio.sleep(LOOK_SECONDS)
    raise ThreadNotOpenError(channel)


async def _cards_on_their_way(desk: Desk, team: str, channel: str) -> bool:
    """Say so before the thread is looked for: a card that arrives in between is then found, not taken for another's."""
    return bool(await desk.store.members(team, collecting.opening(channel)))
