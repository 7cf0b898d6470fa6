"""Messages as Slack shapes them, before anything else happens to them."""

import uuid
from dataclasses import dataclass, field

from sandbox.slack.ids import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from sandbox.slack.json_types import JsonObject

# What Slack puts in the place of a text that the app did not give beside its blocks.
NO_TEXT = "This content can't be displayed."


@dataclass(frozen=True)
class Content:
    """What a message says: its text as stored, and its blocks, attachments, files and metadata if it has any."""

    text: str = ""
    blocks: list[JsonObject] = field(default_factory=list[JsonObject])
    attachments: list[JsonObject] = field(default_factory=list[JsonObject])
    files: list[JsonObject] = field(default_factory=list[JsonObject])
    metadata: JsonObject | None = None

    def wire(self) -> JsonObject:
        """Give the keys of a message object; what is empty is left out."""
        text = self.text or (NO_TEXT if self.blocks else "")
        rest = {"blocks": self.blocks, "attachments": self.attachments, "metadata": self.metadata}
        found: JsonObject = {"text": text} | {key: value for key, value in rest.items() if value}
        return found | ({"files": self.files, "upload": False} if self.files else {})


def person_message(user: str, ts: str, content: Content) -> JsonObject:
    """Shape a message that a person wrote."""
    shared = {"type": "message", "user": user, "ts": ts, "client_msg_id": str(uuid.uuid4()), "team": TEAM_ID}
    return shared | content.wire()


def bot_message(bot_name: str, ts: str, content: Content) -> JsonObject:
    """Shape a message that the app posted."""
    profile = {
        "id": BOT_ID,
        "app_id": APP_ID,
        "user_id": BOT_USER,
        "name": bot_name,
        "deleted": False,
        "team_id": TEAM_ID,
    }
    shared = {"type": "message", "user": BOT_USER, "ts": ts, "bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM_ID}
    return shared | {"bot_profile": profile} | content.wire()


def tombstone(message: JsonObject) -> JsonObject:
    """Shape what stays of a deleted message that has replies."""
    kept = {
        key: value for key, value in message.items() if key.startswith(("reply", "thread", "latest", "is_", "subs"))
    }
    gone: JsonObject = {"type": "message", "subtype": "tombstone", "text": "This message was deleted."}
    return gone | {"user": "USLACKBOT", "hidden": True, "ts": message["ts"]} | kept
