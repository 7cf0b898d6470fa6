"""`@Darkroom learn riobugger the cat` on a message with photos opens a set in that message's thread."""

import re

from bot.desk import Desk, Payload, is_direct
from core import grammar, outbox
from core.asking import Asked
from core.change import Change
from core.collecting import Dropped, File, Origin, open_set, run_of_thread, take_photos
from core.parents import parent_of

WISH = re.compile(r"\s*(?:<@[^>]+>[\s,:]*)?(learn|train|imagine|paint)\b(.*)", re.IGNORECASE | re.DOTALL)
"""What people say to the bot: a verb, and what it is about."""
LEARN = frozenset({"learn", "train"})


def wish_to_learn(text: str, bot_user: str) -> str | None:
    """Give what stands behind 'learn' in a text that mentions the bot; None when it is no such wish."""
    wish = WISH.match(text) if f"<@{bot_user}" in text else None
    return wish[2] if wish and wish[1].lower() in LEARN else None


def asked_in(team: str, event: Payload) -> Asked:
    """Say where a message is answered and who wrote it; its key is the same each time the event is delivered.

    In a channel that is a thread, so that nobody else is bothered; in direct messages, wherever it was written.
    """
    thread_ts = str(event.get("thread_ts") or "") if is_direct(event) else thread_of(event)
    key = f"{event['channel']}:{event['ts']}"
    return Asked(team, event["user"], event["channel"], thread_ts, key, noted=True)


async def tell(desk: Desk, asked: Asked, text: str) -> None:
    """Answer whoever wrote a message, seen by nobody else, once however often the event comes."""
    said = outbox.ephemeral(asked, f"answer:{asked.key}", text, desk.now())
    await desk.store.commit(Change(asked.team).once(said))


async def learn(desk: Desk, team: str, event: Payload, text: str) -> None:
    """Open a set in the message's thread, with the photos that came with it."""
    try:
        understood = grammar.learn(text)
        desk.bounds.word_filter.check_subject(understood)
        parent = await parent_of(desk.catalogue, team, understood, event["user"], event["channel"])
    except grammar.GrammarError as fault:
        await tell(desk, asked_in(team, event), str(fault))
        return
    photos = dropped(event)
    origin = Origin(team, event["channel"], event["user"], event["ts"], thread_of(event))
    if await open_set(desk.store, origin, understood, photos, desk.now(), parent):
        return
    run = await run_of_thread(desk.store, team, event["channel"], origin.thread_ts)
    if run and run.state == "collecting":
        await take_photos(desk.store, run, photos, desk.now())


def dropped(event: Payload) -> Dropped:
    """Read the files of a message."""
    attached: list[Payload] = event.get("files") or []
    files = [File(str(file["id"]), str(file.get("name") or file["id"]), _url(file)) for file in attached]
    return Dropped(str(event["user"]), str(event["ts"]), files)


def _url(file: Payload) -> str:
    """Give a file's address, unless Slack says that more has to be asked about it."""
    hosted = file.get("mode", "hosted") == "hosted" and not file.get("is_external")
    whole = hosted and file.get("file_access", "visible") == "visible"
    return str(file.get("url_private_download") or file.get("url_private") or "") if whole else ""


def thread_of(event: Payload) -> str:
    """Give the thread in which to answer a message: its own, or the one it opens."""
    return str(event.get("thread_ts") or event["ts"])
