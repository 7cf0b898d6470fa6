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
    """One method. `scopes`: any one of them is enough; methods that need one by channel look themselves."""

    run: Run
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")

METHODS: dict[str, Method] = {
    "api.test": Method(auth.say_back, caller="anyone"),
    "auth.test": Method(auth.who_am_i),
    "apps.connections.open": Method(auth.open_connection, caller="app"),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink),
    "conversations.info": Method(conversations.info),
    "conversations.list": Method(conversations.listing, _READ),
    "conversations.members": Method(conversations.members),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "conversations.open": Method(conversations.open_direct, ("im:write", "channels:manage", "mpim:write")),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.info": Method(files.info, ("files:read",)),
    "files.delete": Method(files.delete, ("files:write",)),
    "reactions.add": Method(reactions.add, ("reactions:write",)),
    "reactions.remove": Method(reactions.remove, ("reactions:write",)),
    "users.info": Method(auth.user_info, ("users:read",)),
    "views.open": Method(views.open_modal),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
}
