"""Delivers the outbox to Slack: each entry once, or brought up to date in place."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from core import alerts, collecting, outbox, words
from core.cards.elements import without_pictures
from core.change import Change
from core.records import HOMES, Message, Run
from workers import homes
from workers.house import House
from workers.slack import THREAD_GONE
from workers.trouble import Trouble, unreachable
from workers.turns import waits
from workers.views import draw

log = logging.getLogger(__name__)

EVENT_TYPE = "darkroom_outbox"
POST_SECONDS = 1.0
"""Slack takes about one message a second in a channel."""
UPDATE_SECONDS = 1.2
"""Slack takes 50 updates a minute."""
LOOK_BACK_SECONDS = 60
"""How far before its writing the search for a first try begins: clocks differ."""

_DONE = {"already_reacted", "no_reaction", "message_not_found"}
_PERSON = ("U", "W")
"""Ids of people: a message can be posted to one, but no history be read by it; twice is better than never."""
_DRAWN = {"view", "home", HOMES}
"""Entries that are drawn anew when they were touched while they were sent."""
_NOT_HERE = {"not_in_channel", "channel_not_found", "is_archived"}


async def deliver(house: House, message: Message) -> None:
    """Do what a pending entry asks for, and write down that it is done."""
    try:
        ts = await _CALLS[message.call](house, message)
    except Trouble as fault:
        if fault.code not in _DONE:
            raise
        ts = message.ts
    if ts is not None:
        await _sent(house, message, ts)


async def _sent(house: House, message: Message, ts: str) -> None:
    """Write down Slack's name of the message. It is a fact, so it is written whatever changed meanwhile."""
    done = replace(message.to("sent"), ts=ts, due=None)
    while not await _opens_thread(house, message, ts, Change(message.team).put(done)):
        current = await house.store.get(Message, message.team, message.id)
        if current is None or current.state != "pending":
            return
        if message.call in _DRAWN:
            done = replace(current.to("pending"), ts=ts, due=house.now())
        else:
            done = replace(current.to("sent"), ts=ts, due=None)


async def _opens_thread(house: House, message: Message, ts: str, change: Change) -> bool:
    """Commit; when the message is a card that has just opened its thread, let the run know its thread with it."""
    if message.call == "view" and not message.thread_ts and not message.ts:
        run = await house.store.get(Run, message.team, message.ref)
        if run and not run.thread_ts:
            threaded = replace(run, thread_ts=ts)
            collecting.link(change.put(threaded), threaded)
    return await house.store.commit(change)


async def _post(house: House, message: Message) -> str | None:
    if message.ts:
        return message.ts
    return await _post_once(house, message, message.text, list(message.blocks))


async def _post_once(house: House, message: Message, text: str, blocks: list[dict[str, Any]]) -> str | None:
    """Post, unless an earlier try of ours stands there already. None: it is not our turn in this channel yet."""
    if message.tries > 1 and (found := await _first_try(house, message)):
        return found
    if await waits(house, message, f"post:{message.channel}", POST_SECONDS):
        return None
    posted = await house.reply(
        "chat.postMessage",
        message.thread_ts,
        channel=message.channel,
        text=text,
        blocks=blocks or None,
        metadata={"event_type": EVENT_TYPE, "event_payload": {"key": message.id}},
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(posted["ts"])


async def _first_try(house: House, message: Message) -> str | None:
    """Find a message of ours by the key in its metadata; where its thread is gone, it stands in the channel."""
    if message.channel.startswith(_PERSON):
        return None
    try:
        found = await _since(house, message, message.thread_ts)
    except Trouble as fault:
        if fault.code not in THREAD_GONE:
            raise
        found = await _since(house, message, "")
    ours = (one for one in found if one.get("metadata", {}).get("event_payload", {}).get("key") == message.id)
    return next((str(one["ts"]) for one in ours), None)


async def _since(house: House, message: Message, thread_ts: str) -> list[dict[str, Any]]:
    """Read what stands in a thread, or in the channel, since about when a message was written down."""
    page = await house.slack(
        "conversations.replies" if thread_ts else "conversations.history",
        channel=message.channel,
        ts=thread_ts or None,
        oldest=f"{message.since - LOOK_BACK_SECONDS:.6f}",
        include_all_metadata=True,
        limit=200,
    )
    return page.get("messages", [])


async def _view(house: House, message: Message) -> str | None:
    text, blocks = await draw(house, message)
    if not message.ts:
        return await _post_once(house, message, text, blocks)
    if await waits(house, message, f"update:{message.ts}", UPDATE_SECONDS):
        return None
    await house.slack("chat.update", channel=message.channel, ts=message.ts, text=text, blocks=blocks)
    return message.ts


async def _ephemeral(house: House, message: Message) -> str:
    """Tell one person; on the second try without the pictures beside it, for one of which it may have been refused."""
    await house.reply(
        "chat.postEphemeral",
        message.thread_ts,
        channel=message.channel,
        user=message.user,
        text=message.text,
        blocks=(list(message.blocks) if message.tries <= 1 else without_pictures(message.blocks)) or None,
    )
    return ""


async def _react(house: House, message: Message) -> str:
    await house.slack("reactions.add", channel=message.channel, timestamp=message.ts, name=message.name)
    return message.ts


async def _erase(house: House, message: Message) -> str:
    """Delete another entry's message."""
    if ts := await _other(house, message):
        await house.slack("chat.delete", channel=message.channel, ts=ts)
    return ""


async def _amend(house: House, message: Message) -> str:
    """Change another entry's message."""
    if ts := await _other(house, message):
        blocks = list(message.blocks)
        await house.slack("chat.update", channel=message.channel, ts=ts, text=message.text, blocks=blocks)
    return ""


async def _other(house: House, message: Message) -> str:
    """Give Slack's name of the message that an entry is about; one that is still on its way is waited for."""
    other = await house.store.get(Message, message.team, message.ref)
    if other and other.state == "pending":
        raise unreachable(words.trouble.SLACK_UNREACHABLE, "not_sent_yet")
    return other.ts if other else ""


_CALLS: dict[str, Callable[[House, Message], Awaitable[str | None]]] = {
    "post": _post,
    "view": _view,
    "ephemeral": _ephemeral,
    "react": _react,
    "home": homes.publish,
    HOMES: homes.redraw_all,
    "erase": _erase,
    "amend": _amend,
}


async def give_up(house: House, message: Message, fault: Trouble) -> None:
    """Put an entry that Slack refuses with the dead letters; when a card cannot be posted, tell its owner."""
    dead = replace(message.to("dead"), due=None, text=message.text or str(fault))
    change = Change(message.team).put(dead).index("dead", message.id, house.now(), message.ttl)
    if message.call == "home":
        change.unindex(HOMES, message.user)
    run = await house.store.get(Run, message.team, message.ref) if message.call == "view" else None
    if run and not message.ts and fault.code in _NOT_HERE:
        told = words.training.not_in_channel(message.channel)
        change.put(replace(run.to("failed"), reason=told, due=None)).unindex("runs", run.id)
        change.once(outbox.post(run.team, f"not-here:{run.id}", (run.owner, ""), told, house.now()))
    if fault.code in _NOT_HERE:
        change.once(*alerts.to_each_admin(house.settings, message, house.now()))
    if message.call == "ephemeral" and fault.code in _NOT_HERE:
        told = words.training.not_in_channel(message.channel)
        change.once(outbox.post(message.team, f"dm:{message.id}", (message.user, ""), told, house.now()))
    await house.store.commit(change)
