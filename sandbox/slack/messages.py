"""The messages of the workspace: by channel and timestamp, with the bookkeeping of threads and reactions."""

import re

from sandbox.slack.json_types import JsonObject, as_objects

Messages = dict[str, JsonObject]
_EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


class MessageStore:
    """All messages in memory. A message is Slack's own object, kept in the order of its timestamps."""

    def __init__(self) -> None:
        self._channels: dict[str, Messages] = {}
        self._ephemeral: dict[str, Messages] = {}

    def add(self, channel: str, message: JsonObject) -> None:
        """Keep a message; a reply is counted on its root."""
        self._channels.setdefault(channel, {})[message["ts"]] = message
        self._count_replies(channel, message)

    def add_ephemeral(self, channel: str, message: JsonObject) -> None:
        """Keep a message that only the user in its `ephemeral_for` sees."""
        self._ephemeral.setdefault(channel, {})[message["ts"]] = message

    def get(self, channel: str, ts: str) -> JsonObject | None:
        """Find a message that everybody sees."""
        return self._channels.get(channel, {}).get(ts)

    def ephemeral(self, channel: str, ts: str) -> JsonObject | None:
        """Find a message that one person sees."""
        return self._ephemeral.get(channel, {}).get(ts)

    def remove(self, channel: str, ts: str) -> JsonObject | None:
        """Take a message away, ephemeral or not; its root's counters follow."""
        message = self._channels.get(channel, {}).pop(ts, None)
        if message is None:
            return self._ephemeral.get(channel, {}).pop(ts, None)
        self._count_replies(channel, message)
        return message

    def root_of(self, channel: str, message: JsonObject) -> JsonObject | None:
        """Give the root of the thread that a reply stands in; None for a message that is no reply."""
        root = message.get("thread_ts")
        return self.get(channel, root) if root and root != message["ts"] else None

    def roots(self, channel: str) -> list[JsonObject]:
        """Give the messages of a channel that stand in no thread, oldest first."""
        return [each for each in self._channels.get(channel, {}).values() if not is_reply(each)]

    def replies(self, channel: str, root: str) -> list[JsonObject]:
        """Give the replies in a thread, oldest first."""
        present = self._channels.get(channel, {}).values()
        return [each for each in present if is_reply(each) and each["thread_ts"] == root]

    def seen_by(self, channel: str, user: str) -> list[JsonObject]:
        """Give all that a person sees in a channel, in the order of timestamps."""
        own = [each for each in self._ephemeral.get(channel, {}).values() if each["ephemeral_for"] == user]
        return sorted([*self._channels.get(channel, {}).values(), *own], key=lambda each: each["ts"])

    def showing(self, file_id: str) -> list[tuple[str, JsonObject]]:
        """Give the messages that carry a file, with their channels."""
        return [
            (channel, message)
            for channel, messages in self._channels.items()
            for message in messages.values()
            if any(file["id"] == file_id for file in as_objects(message.get("files")))
        ]

    def _count_replies(self, channel: str, message: JsonObject) -> None:
        root = self.root_of(channel, message)
        if root is None:
            return
        replies = self.replies(channel, root["ts"])
        users = list(dict.fromkeys(each["user"] for each in replies))
        root |= {"thread_ts": root["ts"], "reply_count": len(replies), "reply_users_count": len(users)}
        root |= {"reply_users": users, "is_locked": False, "subscribed": False}
        root["latest_reply"] = replies[-1]["ts"] if replies else root["ts"]
        if not replies:
            for key in THREAD_KEYS:
                root.pop(key, None)


THREAD_KEYS = (
    "thread_ts",
    "reply_count",
    "reply_users_count",
    "reply_users",
    "latest_reply",
    "is_locked",
    "subscribed",
)


def is_reply(message: JsonObject) -> bool:
    """Say whether a message stands in a thread and is not its root."""
    return message.get("thread_ts", message["ts"]) != message["ts"]


def is_emoji_name(name: str) -> bool:
    """Say whether a text can be the name of an emoji, without colons."""
    return _EMOJI.fullmatch(name) is not None


def add_reaction(message: JsonObject, user: str, name: str) -> bool:
    """Add a reaction; False when the user has reacted so before."""
    reactions: list[JsonObject] = message.setdefault("reactions", [])
    for reaction in reactions:
        if reaction["name"] == name:
            if user in reaction["users"]:
                return False
            reaction["users"].append(user)
            reaction["count"] += 1
            return True
    reactions.append({"name": name, "users": [user], "count": 1})
    return True


def remove_reaction(message: JsonObject, user: str, name: str) -> bool:
    """Take a reaction away; False when there was none."""
    for reaction in as_objects(message.get("reactions")):
        if reaction["name"] == name and user in reaction["users"]:
            reaction["users"].remove(user)
            reaction["count"] -= 1
            message["reactions"] = [each for each in message["reactions"] if each["count"]]
            if not message["reactions"]:
                del message["reactions"]
            return True
    return False
