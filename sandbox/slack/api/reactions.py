"""reactions.*: the bot's reactions."""

from sandbox.slack.api.lookups import find_message, joined_channel
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject
from sandbox.slack.messages import is_emoji_name
from sandbox.slack.ts import is_ts


async def add(slack: Slack, args: Arguments) -> JsonObject:
    """reactions.add: react once with an emoji, named without colons."""
    return _react(slack, args, "already_reacted", add=True)


async def remove(slack: Slack, args: Arguments) -> JsonObject:
    """reactions.remove: take the bot's reaction away."""
    return _react(slack, args, "no_reaction", add=False)


def _react(slack: Slack, args: Arguments, error: str, *, add: bool) -> JsonObject:
    name = args.require("name", "invalid_name")
    if not is_emoji_name(name):
        raise ApiError("invalid_name")
    channel = joined_channel(slack, args)
    timestamp = args.require("timestamp", "no_item_specified")
    if not is_ts(timestamp):
        raise ApiError("bad_timestamp")
    message = find_message(slack, channel, timestamp)
    if not slack.posting.react(channel, message, BOT_USER, name, add=add):
        raise ApiError(error)
    return {}
