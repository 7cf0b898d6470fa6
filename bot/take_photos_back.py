"""Photos whose message is deleted, or that are taken out of it, leave their set, and pictures of ours the gallery."""

from bot import threads
from bot.desk import App, Desk, Payload, bot_user_of, team_of
from bot.learn import dropped
from core import choosing_photos, gallery


def register(app: App, desk: Desk) -> None:
    """Listen for the end of messages, and of files in them."""

    async def changed(body: Payload, event: Payload, context: Payload) -> None:
        before: Payload = event.get("previous_message") or {}
        kept = _files(event.get("message") or {})
        if len(kept) >= len(_files(before)):
            return
        if not before.get("bot_id"):
            lost = [file for file in before["files"] if str(file["id"]) not in kept]
            message = before | {"channel": event["channel"], "files": lost}
            await _take_away(desk, team_of(body), message, bot_user_of(context))
        if not kept:
            await gallery.message_gone(desk.store, team_of(body), event["channel"], before["ts"], desk.now())

    for subtype in ("message_deleted", "message_changed"):
        app.event({"type": "message", "subtype": subtype})(changed)


def _files(message: Payload) -> list[str]:
    """Give the ids of a message's files; a file that was deleted leaves a tombstone."""
    files: list[Payload] = message.get("files") or []
    return [str(file["id"]) for file in files if file.get("mode") != "tombstone"]


async def _take_away(desk: Desk, team: str, message: Payload, bot_user: str) -> None:
    run = await threads.run_of(desk, team, message, bot_user)
    if run:
        await choosing_photos.take_away(desk.store, run, dropped(message), desk.now())
