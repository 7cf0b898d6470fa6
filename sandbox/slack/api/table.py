"""The table of all methods: what runs, who may call it (by their token), and which scope it needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandbox.slack.api import auth, chat, conversations, files, reactions, views
from sandbox.slack.arguments import Arguments
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject

Run: TypeAlias = Callable[[Slack, Arguments], Awaitable[JsonObject]]


@dataclass(frozen=True)
class Method:
    """One method. `scopes`: any one of them is enough; methods that need one by channel look themselves.

    `reads_json`: Slack takes JSON bodies for methods that write; those that read see only the query and forms. So does
    files.getUploadURLExternal, whatever its documentation says: it answers that filename and length are missing.
    """

    run: Run
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"
    reads_json: bool = True


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")

METHODS: dict[str, Method] = {
    "api.test": Method(auth.say_back, caller="anyone"),
    "auth.test": Method(auth.who_am_i),
    "apps.connections.open": Method(auth.open_connection, caller="app"),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, reads_json=False),
    "conversations.info": Method(conversations.info, reads_json=False),
    "conversations.list": Method(conversations.listing, _READ, reads_json=False),
    "conversations.members": Method(conversations.members, reads_json=False),
    "conversations.history": Method(conversations.history, reads_json=False),
    "conversations.replies": Method(conversations.replies, reads_json=False),
    "conversations.open": Method(conversations.open_direct, ("im:write", "channels:manage", "mpim:write")),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",), reads_json=False),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.info": Method(files.info, ("files:read",), reads_json=False),
    "files.delete": Method(files.delete, ("files:write",)),
    "reactions.add": Method(reactions.add, ("reactions:write",)),
    "reactions.remove": Method(reactions.remove, ("reactions:write",)),
    "users.info": Method(auth.user_info, ("users:read",), reads_json=False),
    "views.open": Method(views.open_modal),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
}
