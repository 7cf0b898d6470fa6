"""Events for the app: made from what happens, and sent only when the manifest subscribes and the bot is there."""

from sandbox.slack.delivery import Delivery
from sandbox.slack.escaping import mentioned_users
from sandbox.slack.faults import Faults
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject, as_objects, copy_json
from sandbox.slack.manifest import EVENT_SCOPES, Manifest
from sandbox.slack.people import Channel
from sandbox.slack.ts import TsCounter

_MESSAGE_EVENTS = {"channel": "message.channels", "im": "message.im"}


class Events:
    """Turns what happens in the workspace into the app's events."""

    def __init__(self, manifest: Manifest, delivery: Delivery, faults: Faults, ts: TsCounter) -> None:
        self._manifest = manifest
        self._delivery = delivery
        self._faults = faults
        self._ts = ts

    def posted(self, channel: Channel, message: JsonObject) -> None:
        """Tell of a new message, and of the bot being mentioned in it."""
        wire = self._with_thin_files(message_event(channel, message))
        self._send(_MESSAGE_EVENTS[channel.kind], channel, wire)
        if _mentions_bot(channel, message):
            self._send("app_mention", channel, mention_event(wire))

    def changed(self, channel: Channel, message: JsonObject, previous: JsonObject) -> None:
        """Tell of an edited message."""
        self._about_message(
            channel, {"subtype": "message_changed", "message": bare(message), "previous_message": previous}
        )

    def deleted(self, channel: Channel, previous: JsonObject) -> None:
        """Tell of a message that is gone."""
        gone = {"subtype": "message_deleted", "deleted_ts": previous["ts"], "previous_message": bare(previous)}
        self._about_message(channel, gone)

    def reacted(self, channel: Channel, message: JsonObject, user: str, name: str, *, added: bool) -> None:
        """Tell of a reaction that came or went."""
        kind = "reaction_added" if added else "reaction_removed"
        item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
        event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]}
        self._send(kind, channel, event | {"event_ts": self._ts.next()})

    def file_shared(self, channel: Channel, file_id: str, user: str) -> None:
        """Tell of a file that was shared."""
        event = {"type": "file_shared", "file_id": file_id, "user_id": user, "file": {"id": file_id}}
        self._send("file_shared", channel, event | {"channel_id": channel.id, "event_ts": self._ts.next()})

    def file_deleted(self, channel: Channel, file_id: str) -> None:
        """Tell of a file that was deleted."""
        self._send("file_deleted", channel, {"type": "file_deleted", "file_id": file_id, "event_ts": self._ts.next()})

    def joined(self, channel: Channel, user: str, inviter: str) -> None:
        """Tell of somebody who became a member of a channel."""
        event = {"type": "member_joined_channel", "user": user, "channel": channel.id, "inviter": inviter}
        self._send("member_joined_channel", channel, event | {"channel_type": "C", "event_ts": self._ts.next()})

    def left(self, channel: Channel, user: str) -> None:
        """Tell of somebody who left a channel."""
        event = {"type": "member_left_channel", "user": user, "channel": channel.id, "channel_type": "C"}
        self._send("member_left_channel", channel, event | {"event_ts": self._ts.next()})

    def home_opened(self, channel: Channel, user: str, tab: str, view: JsonObject | None = None) -> None:
        """Tell of a person who opened a tab of the app's, home or messages; `channel` is their direct messages."""
        event: JsonObject = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
        event["event_ts"] = self._ts.next()
        self._send("app_home_opened", channel, event | ({"view": view} if view else {}))

    def _about_message(self, channel: Channel, event: JsonObject) -> None:
        moment = self._ts.next()
        about = {"type": "message", "channel": channel.id, "hidden": True, "ts": moment, "event_ts": moment}
        self._send(_MESSAGE_EVENTS[channel.kind], channel, about | {"channel_type": channel.kind} | event)

    def _send(self, name: str, channel: Channel, event: JsonObject) -> None:
        if channel.has_bot and name in self._manifest.events and self._manifest.allows(EVENT_SCOPES[name]):
            self._delivery.event(event)

    def _with_thin_files(self, event: JsonObject) -> JsonObject:
        if not self._faults.check_file_info:
            return event
        files = [
            thin_file(file) if self._faults.strikes(self._faults.check_file_info) else file
            for file in as_objects(event.get("files"))
        ]
        return event | ({"files": files} if files else {})


def bare(message: JsonObject) -> JsonObject:
    """Copy a message without its metadata, which message events do not carry."""
    return copy_json({key: value for key, value in message.items() if key != "metadata"})


def message_event(channel: Channel, message: JsonObject) -> JsonObject:
    """Make the event of a new message; files make it a `file_share`."""
    event = bare(message) | {"channel": channel.id, "event_ts": message["ts"], "channel_type": channel.kind}
    return event | ({"subtype": "file_share"} if message.get("files") else {})


def mention_event(event: JsonObject) -> JsonObject:
    """Make the app_mention that goes beside a message event; files come along."""
    left_out = {"subtype", "channel_type", "parent_user_id"}
    return {key: value for key, value in event.items() if key not in left_out} | {"type": "app_mention"}


def thin_file(file: JsonObject) -> JsonObject:
    """Give a file as Slack names it when the app must ask `files.info` for the rest."""
    return {"id": file["id"], "created": 0, "timestamp": 0, "user": "", "file_access": "check_file_info"}


def _mentions_bot(channel: Channel, message: JsonObject) -> bool:
    by_person = message["user"] != BOT_USER
    return by_person and not channel.is_im and BOT_USER in mentioned_users(str(message.get("text", "")))
