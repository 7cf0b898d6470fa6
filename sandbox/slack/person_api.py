"""What people do here: one function for each POST under `/person/`, from its JSON body to its JSON answer."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from sandbox.slack import interactions, modals
from sandbox.slack.commands import run_command
from sandbox.slack.containers import user_view
from sandbox.slack.errors import PersonError
from sandbox.slack.escaping import escape
from sandbox.slack.files_store import FileRecord
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_list, as_object
from sandbox.slack.message_shapes import Content, person_message
from sandbox.slack.messages import is_emoji_name, is_reply
from sandbox.slack.people import Channel, User

Deed: TypeAlias = Callable[[Slack, User, JsonObject], Awaitable[JsonObject]]


def _channel(slack: Slack, user: User, body: JsonObject) -> Channel:
    channel = slack.workspace.channels.get(str(body.get("channel")))
    if channel is None or user.id not in channel.members:
        raise PersonError("channel_not_found")
    return channel


def _writable_channel(slack: Slack, user: User, body: JsonObject) -> Channel:
    channel = _channel(slack, user, body)
    if channel.is_im and not slack.manifest.messages_tab:
        raise PersonError("messages_tab_disabled")
    if channel.is_im and slack.manifest.messages_read_only:
        raise PersonError("read_only_channel")
    return channel


def _message(slack: Slack, channel: Channel, body: JsonObject) -> JsonObject:
    message = slack.messages.get(channel.id, str(body.get("ts")))
    if message is None:
        raise PersonError("message_not_found")
    return message


def _where(body: JsonObject) -> tuple[str, str]:
    return str(body.get("block_id")), str(body.get("action_id"))


def _records(slack: Slack, user: User, body: JsonObject) -> list[FileRecord]:
    found = [slack.files.get(str(file_id)) for file_id in as_list(body.get("files"))]
    own = [record for record in found if record is not None and record.user == user.id and record.stage == "complete"]
    if len(own) != len(found):
        raise PersonError("file_not_found")
    return own


async def _say(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = _writable_channel(slack, user, body)
    records, text = _records(slack, user, body), str(body.get("text") or "")
    if not text.strip() and not records:
        raise PersonError("no_text")
    root = str(body.get("thread_ts") or "")
    found = slack.messages.get(channel.id, root)
    if root and (found is None or is_reply(found)):
        raise PersonError("thread_not_found")
    content = Content(escape(text), files=[record.wire for record in records])
    message = person_message(user.id, slack.ts.next(), content)
    slack.sharing.post(channel, message, root, records)
    return {"ts": message["ts"]}


async def _command(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = _writable_channel(slack, user, body)
    return await run_command(slack, user, channel, str(body.get("command")), str(body.get("text") or ""))


async def _act(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    named, given = as_object(body.get("container")), as_object(body.get("value"))
    return await interactions.press(slack, user, named, _where(body), given)


async def _suggest(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    named, typed = as_object(body.get("container")), str(body.get("value") or "")
    return await interactions.suggest(slack, user, named, _where(body), typed)


async def _fill(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    modals.fill(slack, user, str(body.get("view_id")), _where(body), as_object(body.get("value")))
    return {}


async def _submit(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    return await modals.submit(slack, user, str(body.get("view_id")))


async def _close(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    await modals.close(slack, user, str(body.get("view_id")), all_of_them=bool(body.get("all")))
    return {}


async def _view(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    return {"view": user_view(slack, user, str(body.get("view_id")))}


async def _shortcut(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    callback_id = str(body.get("callback_id"))
    if not body.get("ts"):
        return await interactions.use_global_shortcut(slack, user, callback_id)
    channel = _channel(slack, user, body)
    message = _message(slack, channel, body)
    return await interactions.use_message_shortcut(slack, user, channel, message, callback_id)


async def _home(slack: Slack, user: User, _body: JsonObject) -> JsonObject:
    if not slack.manifest.home_tab:
        raise PersonError("home_tab_disabled")
    view = slack.views.home(user.id)
    slack.events.home_opened(slack.workspace.direct(user.id), user.id, "home", view)
    return {"view": view}


async def _direct_messages(slack: Slack, user: User, _body: JsonObject) -> JsonObject:
    if not slack.manifest.messages_tab:
        raise PersonError("messages_tab_disabled")
    slack.events.home_opened(slack.workspace.direct(user.id), user.id, "messages")
    return {}


async def _react(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = _channel(slack, user, body)
    message = _message(slack, channel, body)
    add, name = not body.get("remove"), str(body.get("name")).strip(":")
    if not is_emoji_name(name):
        raise PersonError("invalid_name")
    if not slack.posting.react(channel, message, user.id, name, add=add):
        raise PersonError("already_reacted" if add else "no_reaction")
    return {}


async def _delete(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = _channel(slack, user, body)
    hidden = slack.messages.ephemeral(channel.id, str(body.get("ts")))
    message = hidden if hidden is not None else _message(slack, channel, body)
    if message["user"] != user.id and message.get("ephemeral_for") != user.id and not user.is_admin:
        raise PersonError("cant_delete_message")
    slack.sharing.delete_message(channel, message)
    return {}


async def _edit(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel, message = _own_message(slack, user, body)
    text = str(body.get("text") or "")
    if not text.strip() and not message.get("files"):
        raise PersonError("no_text")
    edited = {"user": user.id, "ts": slack.ts.next()}
    slack.posting.change(channel, message, {"text": escape(text), "edited": edited})
    return {}


async def _leave(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = _channel(slack, user, body)
    if channel.is_im:
        raise PersonError("method_not_supported_for_channel_type")
    slack.posting.left(channel, user.id)
    return {}


async def _join(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    channel = slack.workspace.channels.get(str(body.get("channel")))
    if channel is None or channel.is_im:
        raise PersonError("channel_not_found")
    slack.posting.joined(channel, user.id, user.id)
    return {}


async def _delete_file(slack: Slack, user: User, body: JsonObject) -> JsonObject:
    _, message = _own_message(slack, user, body)
    record = slack.files.get(str(body.get("file")))
    if record is None or all(file["id"] != record.id for file in message.get("files", [])):
        raise PersonError("file_not_found")
    if record.user != user.id:
        raise PersonError("cant_delete_file")
    slack.sharing.delete(record, tombstone=bool(body.get("tombstone")))
    return {}


def _own_message(slack: Slack, user: User, body: JsonObject) -> tuple[Channel, JsonObject]:
    channel = _channel(slack, user, body)
    message = _message(slack, channel, body)
    if message["user"] != user.id:
        raise PersonError("cant_update_message")
    return channel, message


DEEDS: dict[str, Deed] = {
    "message": _say,
    "command": _command,
    "action": _act,
    "suggest": _suggest,
    "view": _view,
    "view/input": _fill,
    "view/submit": _submit,
    "view/close": _close,
    "shortcut": _shortcut,
    "home": _home,
    "direct": _direct_messages,
    "reaction": _react,
    "delete": _delete,
    "edit": _edit,
    "file/delete": _delete_file,
    "leave": _leave,
    "join": _join,
}
