"""All that one person sees, in one object: what the page draws when it is opened."""

from sandbox.slack.hub import Slack
from sandbox.slack.ids import APP_ID, BOT_ID, TEAM_DOMAIN, TEAM_ID, TEAM_NAME
from sandbox.slack.json_types import JsonObject
from sandbox.slack.live import as_seen
from sandbox.slack.people import Channel, User


def person_state(slack: Slack, user: User) -> JsonObject:
    """Give the workspace as this person sees it."""
    channels = slack.workspace.seen_by(user.id)
    return {
        "ok": True,
        "serial": slack.live.serial,
        "team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN},
        "me": user.wire(),
        "app": _app(slack),
        "users": [each.wire() for each in slack.workspace.users.values()],
        "channels": [_channel(slack, each) for each in channels],
        "messages": {each.id: _messages(slack, each, user) for each in channels},
        "commands": [_command(each) for each in slack.manifest.commands],
        "shortcuts": [
            {"name": each["name"], "callback_id": each["callback_id"], "type": each["type"]}
            for each in slack.manifest.shortcuts
        ],
        "home": slack.views.home(user.id),
        "views": slack.views.stack(user.id),
        "notes": list(slack.settings.notes),
        "speed": slack.settings.speed,
    }


def _app(slack: Slack) -> JsonObject:
    manifest = slack.manifest
    tabs = {"home": manifest.home_tab, "messages": manifest.messages_tab, "read_only": manifest.messages_read_only}
    return {"id": APP_ID, "bot_id": BOT_ID, "name": manifest.bot_name, "tabs": tabs}


def _channel(slack: Slack, channel: Channel) -> JsonObject:
    name = slack.manifest.bot_name if channel.is_im else channel.name
    return {
        "id": channel.id,
        "name": name,
        "is_im": channel.is_im,
        "is_member_bot": channel.has_bot,
        "members": sorted(channel.members),
    }


def _messages(slack: Slack, channel: Channel, user: User) -> list[JsonObject]:
    return [as_seen(channel.id, each) for each in slack.messages.seen_by(channel.id, user.id)]


def _command(command: JsonObject) -> JsonObject:
    return {key: command.get(key, "") for key in ("command", "description", "usage_hint")}
