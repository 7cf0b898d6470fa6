"""Everything that happens to a message: stored, shown to people at once, and told to the app."""

from sandbox.slack.events import Events, bare
from sandbox.slack.files_store import FileRecord
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.live import Live, as_seen
from sandbox.slack.message_shapes import tombstone
from sandbox.slack.messages import MessageStore, add_reaction, remove_reaction
from sandbox.slack.people import Channel, Workspace


class Posting:
    """The one way by which messages come, change and go."""

    def __init__(self, workspace: Workspace, messages: MessageStore, live: Live, events: Events) -> None:
        self._workspace = workspace
        self._messages = messages
        self._live = live
        self._events = events

    def post(self, channel: Channel, message: JsonObject, thread_ts: str = "") -> None:
        """Post a message, into a thread when `thread_ts` names its root."""
        root = self._messages.get(channel.id, thread_ts)
        if root is not None:
            message |= {"thread_ts": root["ts"], "parent_user_id": root["user"]}
        self._messages.add(channel.id, message)
        self._show("message", channel, message)
        if root is not None:
            self._show("message_changed", channel, root)
        self._events.posted(channel, message)
        for file in as_objects(message.get("files")):
            self._events.file_shared(channel, file["id"], message["user"])

    def whisper(self, channel: Channel, user: str, message: JsonObject, thread_ts: str = "") -> None:
        """Show a message to one person only."""
        message |= {"ephemeral_for": user, "is_ephemeral": True}
        if thread_ts:
            message["thread_ts"] = thread_ts
        self._messages.add_ephemeral(channel.id, message)
        seen = as_seen(channel.id, message)
        self._live.push([user], {"type": "ephemeral", "channel": channel.id, "message": seen})

    def change(self, channel: Channel, message: JsonObject, changes: JsonObject) -> None:
        """Change some keys of a message; a key whose new value is empty goes away, except the text."""
        previous = bare(message)
        message |= changes
        for key in [key for key, value in changes.items() if not value and key != "text"]:
            del message[key]
        if "ephemeral_for" in message:
            seen = as_seen(channel.id, message)
            news = {"type": "message_changed", "channel": channel.id, "message": seen}
            self._live.push([message["ephemeral_for"]], news)
            return
        self._show("message_changed", channel, message)
        self._events.changed(channel, message, previous)

    def delete(self, channel: Channel, message: JsonObject) -> None:
        """Delete a message; one with replies leaves a tombstone, so that its thread stays."""
        if message.get("reply_count"):
            previous = bare(message)
            rest = tombstone(message)
            message.clear()
            message |= rest
            self._show("message_changed", channel, message)
            self._events.changed(channel, message, previous)
            return
        root = self._messages.root_of(channel.id, message)
        self._messages.remove(channel.id, message["ts"])
        to = [message["ephemeral_for"]] if "ephemeral_for" in message else channel.members
        self._live.push(to, {"type": "message_deleted", "channel": channel.id, "ts": message["ts"]})
        if root is not None:
            self._show("message_changed", channel, root)
        if "ephemeral_for" not in message:
            self._events.deleted(channel, message)

    def react(self, channel: Channel, message: JsonObject, user: str, name: str, *, add: bool) -> bool:
        """Add or remove a reaction; False when nothing changed."""
        happened = (add_reaction if add else remove_reaction)(message, user, name)
        if happened:
            self._show("message_changed", channel, message)
            self._events.reacted(channel, message, user, name, added=add)
        return happened

    def joined(self, channel: Channel, user: str, inviter: str) -> None:
        """Make somebody a member of a channel."""
        channel.members.add(user)
        self._events.joined(channel, user, inviter)

    def left(self, channel: Channel, user: str) -> None:
        """Let a member go."""
        channel.members.discard(user)
        self._events.left(channel, user)

    def refresh_file(self, record: FileRecord) -> None:
        """Show the messages that carry a file anew, once something about the file is known."""
        for channel_id, message in self._messages.showing(record.id):
            self._show("message_changed", self._workspace.channels[channel_id], message)

    def without_file(self, file_id: str, *, tombstone: bool) -> list[Channel]:
        """Take a file out of all messages that carry it, and give their channels."""
        carrying = self._messages.showing(file_id)
        for channel_id, message in carrying:
            channel = self._workspace.channels[channel_id]
            left = tombstoned(message["files"], file_id) if tombstone else others(message["files"], file_id)
            if left or message["text"] or message.get("blocks"):
                self.change(channel, message, {"files": left})
            else:
                self.delete(channel, message)
        return [self._workspace.channels[channel_id] for channel_id, _ in carrying]

    def carries(self, file_id: str) -> bool:
        """Say whether any message carries a file."""
        return bool(self._messages.showing(file_id))

    def file_gone(self, file_id: str, channels: list[Channel]) -> None:
        """Tell the app of a deleted file, if it could see it, and pages, whose blocks may show it."""
        self._live.push(self._live.everyone(), {"type": "file_gone", "file_id": file_id})
        for channel in channels[:1]:
            self._events.file_deleted(channel, file_id)

    def _show(self, kind: str, channel: Channel, message: JsonObject) -> None:
        seen = as_seen(channel.id, message)
        self._live.push(channel.members, {"type": kind, "channel": channel.id, "message": seen})


def tombstoned(files: list[JsonObject], file_id: str) -> list[JsonObject]:
    """Give the files of a message with a tombstone in the place of one."""
    return [{"id": file_id, "mode": "tombstone"} if file["id"] == file_id else file for file in files]


def others(files: list[JsonObject], file_id: str) -> list[JsonObject]:
    """Give the files of a message without one."""
    return [file for file in files if file["id"] != file_id]
