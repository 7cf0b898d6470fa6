"""Photos whose message is deleted, or that are taken out of it, leave their set, and pictures of ours the gallery."""

from bot.desk import App, Desk, Payload, team_of
from core import choosing_photos, collecting, gallery


def register(app: App, desk: Desk) -> None:
    """Listen for the end of messages, and of files in them."""

    async def changed(body: Payload, event: Payload) -> None:
        before: Payload = event.get("previous_message") or {}
        after: Payload = event.get("message") or {}
        kept = _files(after)
        if len(kept) < len(_files(before)):
            await _take_away(desk, team_of(body), str(event["channel"]), before, kept)
            if not kept:
                await gallery.message_gone(desk.store, team_of(body), event["channel"], before["ts"], desk.now())

    for subtype in ("message_deleted", "message_changed"):
        app.event({"type": "message", "subtype": subtype})(changed)


def _files(message: Payload) -> list[str]:
    """Give the ids of a message's files; a file that was deleted leaves a tombstone."""
    files: list[Payload] = message.get("files") or []
    return [str(file["id"]) for file in files if file.get("mode") != "tombstone"]


async def _take_away(desk: Desk, team: str, channel: str, message: Payload, kept: list[str]) -> None:
    thread_ts = str(message.get("thread_ts") or message["ts"])
    run = await collecting.run_of_thread(desk.store, team, channel, thread_ts)
    if run:
        await choosing_photos.take_away(desk.store, run, str(message["ts"]), kept, desk.now())
