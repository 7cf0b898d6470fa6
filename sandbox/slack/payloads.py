"""What all payloads of commands and interactions have in common: who, where, and how to answer."""

import time

from sandbox.slack.ids import APP_ID, TEAM_DOMAIN, TEAM_ID, VERIFICATION_TOKEN
from sandbox.slack.json_types import JsonObject
from sandbox.slack.people import Channel, User


def interaction(kind: str, user: User) -> JsonObject:
    """Begin the payload of an interaction of a kind, such as block_actions."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_part(channel: Channel) -> JsonObject:
    """Name a channel as interactions do."""
    return {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name}


def moment() -> str:
    """Give the present time as an `action_ts`."""
    return f"{time.time():.6f}"


def command_form(user: User, channel: Channel, command: str, text: str) -> dict[str, str]:
    """Begin the form of a slash command."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }
