"""What most methods begin with: find the channel, the message or the content that the arguments name, or refuse."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.blocks import check_blocks, complete_blocks
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject, as_list, as_object, is_object
from sandbox.slack.message_shapes import Content
from sandbox.slack.messages import is_reply
from sandbox.slack.people import Channel
from sandbox.slack.ts import is_ts

MAX_TEXT = 40_000
# Slack refuses the blocks of a message beyond about this many characters of JSON.
MAX_BLOCKS_TEXT = 13_200
MAX_ATTACHMENTS = 100


def find_channel(slack: Slack, args: Arguments, name: str = "channel") -> Channel:
    """Find the channel that an argument names; raises channel_not_found."""
    channel = slack.workspace.find(args.require(name, "channel_not_found"))
    if channel is None:
        raise ApiError("channel_not_found")
    return channel


def joined_channel(slack: Slack, args: Arguments, name: str = "channel") -> Channel:
    """Find a channel that the bot is in; raises channel_not_found or not_in_channel."""
    channel = find_channel(slack, args, name)
    if not channel.has_bot:
        raise ApiError("not_in_channel")
    return channel


def need_scope(slack: Slack, *scopes: str) -> None:
    """Raise missing_scope unless one of the scopes is granted."""
    if not slack.manifest.allows(scopes):
        provided = ",".join(sorted(slack.manifest.scopes))
        raise ApiError("missing_scope", needed=",".join(scopes), provided=provided)


def find_message(slack: Slack, channel: Channel, ts: str) -> JsonObject:
    """Find a message; raises message_not_found."""
    message = slack.messages.get(channel.id, ts)
    if message is None or message.get("subtype") == "tombstone":
        raise ApiError("message_not_found")
    return message


def own_message(slack: Slack, channel: Channel, ts: str, error: str) -> JsonObject:
    """Find a message of the bot's own; raises message_not_found or the given error."""
    message = find_message(slack, channel, ts)
    if message["user"] != BOT_USER:
        raise ApiError(error)
    return message


def thread_root(slack: Slack, channel: Channel, ts: str) -> str:
    """Check that `ts`, if there is one, is the root of a thread; raises invalid_thread_ts or thread_not_found."""
    if not ts:
        return ""
    if not is_ts(ts):
        raise ApiError("invalid_thread_ts")
    root = slack.messages.get(channel.id, ts)
    if root is None:
        raise ApiError("thread_not_found")
    if is_reply(root):
        raise ApiError("invalid_thread_ts")
    return ts


def read_content(slack: Slack, args: Arguments, longest: int = MAX_TEXT) -> Content:
    """Check what a message is to say; raises no_text, msg_too_long, invalid_blocks and so on."""
    text = args.text("text") or args.text("markdown_text")
    if len(text) > longest:
        raise ApiError("msg_too_long")
    blocks = read_blocks(slack, args.parsed("blocks", "invalid_blocks_format"))
    attachments = args.objects("attachments", "invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    return Content(text, blocks, attachments, metadata=_read_metadata(args))


def read_blocks(slack: Slack, found: object) -> list[JsonObject]:
    """Check the blocks of a message and fill in their ids; raises invalid_blocks or msg_blocks_too_long."""
    if found is None:
        return []
    problems = check_blocks(found, "message", slack.files.is_shown_by)
    if problems:
        raise ApiError("invalid_blocks", errors=problems, response_metadata={"messages": problems})
    if _length_of_texts(found) > MAX_BLOCKS_TEXT:
        raise ApiError("msg_blocks_too_long")
    return complete_blocks(found)


def _length_of_texts(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    parts = [*as_object(value).values(), *as_list(value)]
    return sum(_length_of_texts(part) for part in parts)


def _read_metadata(args: Arguments) -> JsonObject | None:
    found = args.parsed("metadata", "invalid_metadata_format")
    if found is None:
        return None
    metadata = as_object(found)
    shaped = isinstance(metadata.get("event_type"), str) and is_object(metadata.get("event_payload"))
    if not shaped or metadata.keys() - {"event_type", "event_payload", "entities"}:
        raise ApiError("invalid_metadata_format")
    return metadata
