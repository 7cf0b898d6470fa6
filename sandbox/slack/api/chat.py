"""chat.*: messages of the app."""

from sandbox.slack.api.lookups import (
    find_channel,
    find_message,
    joined_channel,
    own_message,
    read_content,
    thread_root,
)
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.message_shapes import Content
from sandbox.slack.people import Channel

# chat.update takes less text than chat.postMessage.
_MAX_UPDATE_TEXT = 4000


async def post_message(slack: Slack, args: Arguments) -> JsonObject:
    """chat.postMessage: post, into a thread with `thread_ts`."""
    channel = _direct_messages(slack, args) or _postable_channel(slack, args)
    content = _some_content(slack, args)
    root = thread_root(slack, channel, args.text("thread_ts"))
    if slack.faults.post_pace and not slack.pace.takes(channel.id):
        raise ApiError("ratelimited")
    message = slack.bot_message(content)
    slack.posting.post(channel, message, root)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


async def update(slack: Slack, args: Arguments) -> JsonObject:
    """chat.update: change a message of the app's own. Blocks that are not sent stay; an empty list takes them away."""
    channel = joined_channel(slack, args)
    message = own_message(slack, channel, args.require("ts", "message_not_found"), "cant_update_message")
    content = read_content(slack, args, _MAX_UPDATE_TEXT)
    changes = _changes(args, content) | _new_files(slack, args)
    if not changes:
        raise ApiError("no_text")
    edited = {"user": BOT_USER, "ts": slack.ts.next()}
    slack.posting.change(channel, message, changes | {"edited": edited})
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


async def delete(slack: Slack, args: Arguments) -> JsonObject:
    """chat.delete: take a message of the app's own away."""
    channel = joined_channel(slack, args)
    message = own_message(slack, channel, args.require("ts", "message_not_found"), "cant_delete_message")
    slack.posting.delete(channel, message)
    return {"channel": channel.id, "ts": args.text("ts")}


async def post_ephemeral(slack: Slack, args: Arguments) -> JsonObject:
    """chat.postEphemeral: show a message to one member of the channel."""
    channel = _postable_channel(slack, args)
    user = args.require("user", "user_not_in_channel")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    content = _some_content(slack, args)
    root = thread_root(slack, channel, args.text("thread_ts"))
    message = slack.bot_message(content)
    slack.posting.whisper(channel, user, message, root)
    return {"message_ts": message["ts"]}


async def get_permalink(slack: Slack, args: Arguments) -> JsonObject:
    """chat.getPermalink: the address of a message."""
    channel = find_channel(slack, args)
    message = find_message(slack, channel, args.require("message_ts", "message_not_found"))
    link = f"{slack.settings.base_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _direct_messages(slack: Slack, args: Arguments) -> Channel | None:
    """Take a person's id for their direct messages, as no other method does."""
    person = slack.workspace.users.get(args.text("channel"))
    if person is None or person.is_bot:
        return None
    return _open_to_the_app(slack, slack.workspace.direct(person.id))


def _postable_channel(slack: Slack, args: Arguments) -> Channel:
    if slack.manifest.allows(("chat:write.public",)):
        return find_channel(slack, args)
    return _open_to_the_app(slack, joined_channel(slack, args))


def _open_to_the_app(slack: Slack, channel: Channel) -> Channel:
    if channel.is_im and not slack.manifest.messages_tab:
        raise ApiError("messages_tab_disabled")
    return channel


def _some_content(slack: Slack, args: Arguments) -> Content:
    content = read_content(slack, args)
    if not (content.text.strip() or content.blocks or content.attachments):
        raise ApiError("no_text")
    return content


def _changes(args: Arguments, content: Content) -> JsonObject:
    given: JsonObject = {"blocks": content.blocks, "attachments": content.attachments, "metadata": content.metadata}
    changes = {name: value for name, value in given.items() if args.has(name)}
    if args.has("text") or args.has("markdown_text"):
        changes["text"] = content.text
    return changes


def _new_files(slack: Slack, args: Arguments) -> JsonObject:
    if not args.has("file_ids"):
        return {}
    named = args.values["file_ids"]
    wanted = named.split(",") if isinstance(named, str) else named
    records = [slack.files.get(str(each).strip(' []"')) for each in wanted if each]
    return {"files": as_objects([record.wire for record in records if record is not None])}
