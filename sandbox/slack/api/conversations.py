"""conversations.*: channels, their members, their history and their threads."""

from sandbox.slack.api.lookups import find_channel, joined_channel, need_scope
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import TEAM_ID
from sandbox.slack.json_types import JsonObject
from sandbox.slack.people import Channel

_MOST = 999
_USUAL = 100


async def info(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.info: one channel."""
    channel = find_channel(slack, args)
    _need(slack, channel, "read")
    return {"channel": channel.wire()}


async def listing(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.list: the channels of the kinds in `types`."""
    wanted = (args.text("types") or "public_channel").split(",")
    kinds = {"public_channel": False, "im": True}
    shown = {kinds[kind.strip()] for kind in wanted if kind.strip() in kinds}
    channels = [channel.wire() for channel in slack.workspace.channels.values() if channel.is_im in shown]
    return {"channels": channels, "response_metadata": {"next_cursor": ""}}


async def members(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.members: who is in a channel."""
    channel = find_channel(slack, args)
    _need(slack, channel, "read")
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


async def history(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.history: messages outside threads, newest first."""
    channel = _readable(slack, args)
    found = _within(slack.messages.roots(channel.id), args)
    return _page(list(reversed(found)), args)


async def replies(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.replies: a thread, its root first. A reply's own `ts` gives that reply alone."""
    channel = _readable(slack, args)
    root = slack.messages.get(channel.id, args.require("ts", "thread_not_found"))
    if root is None:
        raise ApiError("thread_not_found")
    found = _within(slack.messages.replies(channel.id, root["ts"]), args)
    return _page(found, args, first=[root])


async def open_direct(slack: Slack, args: Arguments) -> JsonObject:
    """conversations.open: the direct messages with one person, or those in `channel`."""
    if args.text("channel"):
        channel = find_channel(slack, args)
    else:
        users = [user for user in args.text("users").split(",") if user]
        if len(users) != 1:
            raise ApiError("not_enough_users" if not users else "too_many_users")
        user = slack.workspace.users.get(users[0])
        if user is None or user.is_bot:
            raise ApiError("user_not_found" if user is None else "cannot_dm_bot")
        channel = slack.workspace.direct(user.id)
    wire = channel.wire() if args.flag("return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": wire}


def _readable(slack: Slack, args: Arguments) -> Channel:
    channel = joined_channel(slack, args)
    _need(slack, channel, "history")
    return channel


def _need(slack: Slack, channel: Channel, what: str) -> None:
    need_scope(slack, f"im:{what}" if channel.is_im else f"channels:{what}")


def _within(messages: list[JsonObject], args: Arguments) -> list[JsonObject]:
    oldest, latest = args.text("oldest") or "0", args.text("latest") or "9999999999"
    try:
        bounds = float(oldest), float(latest)
    except ValueError as error:
        raise ApiError("invalid_ts_oldest") from error
    edge = {oldest, latest} if args.flag("inclusive") else set[str]()
    return [each for each in messages if each["ts"] in edge or bounds[0] < float(each["ts"]) < bounds[1]]


def _page(messages: list[JsonObject], args: Arguments, first: list[JsonObject] | None = None) -> JsonObject:
    limit = args.number("limit", _USUAL)
    if not 0 < limit <= _MOST:
        raise ApiError("invalid_limit")
    start = _start(args.text("cursor"))
    shown = [*(first or []), *messages][start : start + limit]
    more = len(messages) + len(first or []) > start + limit
    page: JsonObject = {"messages": [_shown(each, args) for each in shown], "has_more": more, "pin_count": 0}
    return page | ({"response_metadata": {"next_cursor": f"next:{start + limit}"}} if more else {})


def _start(cursor: str) -> int:
    number = cursor.removeprefix("next:")
    if cursor and not number.isdecimal():
        raise ApiError("invalid_cursor")
    return int(number or 0)


def _shown(message: JsonObject, args: Arguments) -> JsonObject:
    if args.flag("include_all_metadata"):
        return message | {"team": TEAM_ID}
    return {key: value for key, value in message.items() if key != "metadata"}
