"""Photos dropped in a training thread join its set."""

import re
from dataclasses import replace

from bot import direct, threads
from bot.desk import App, Desk, Payload, bot_user_of, is_direct, team_of
from bot.learn import dropped, learn, wish_to_learn
from core import choosing_photos, collecting

CLASS_PHOTOS = re.compile(r"\s*(?:<@[^>]+>[\s,:]*)?class\s+(?:photo|picture|image)s?\b", re.IGNORECASE)
"""How people say that photos show others of its kind."""


def register(app: App, desk: Desk) -> None:
    """Listen for messages with files, and for what is said about them."""

    async def photos(body: Payload, event: Payload, context: Payload) -> None:
        if event.get("bot_id") or not event.get("user") or not event.get("files"):
            return
        team, bot_user = team_of(body), bot_user_of(context)
        run = await threads.run_of(desk, team, event, bot_user)
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
        if not await _class_photos_next(desk, team_of(body), event, bot_user_of(context)) and is_direct(event):
            await direct.said(desk, team_of(body), event)


async def _class_photos_next(desk: Desk, team: str, event: Payload, bot_user: str) -> bool:
    """Have the next photos of a thread taken as class photos. False: this reply does not say so, or it is no set's."""
    if not CLASS_PHOTOS.match(str(event.get("text", ""))):
        return False
    run = await threads.run_of(desk, team, event, bot_user)
    if run:
        await choosing_photos.say_next(desk.store, run, "class", event["ts"], desk.now())
    return run is not None
