"""auth.*, api.*, apps.* and users.*: who asks, and over which connection it is answered."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_ID, BOT_USER, TEAM_ID, TEAM_NAME
from sandbox.slack.json_types import JsonObject


async def who_am_i(slack: Slack, _args: Arguments) -> JsonObject:
    """auth.test: who the bot is."""
    return {
        "url": f"{slack.settings.base_url}/",
        "team": TEAM_NAME,
        "user": slack.workspace.users[BOT_USER].name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


async def say_back(_slack: Slack, args: Arguments) -> JsonObject:
    """api.test: say the arguments back, or the error in `error`."""
    if args.text("error"):
        raise ApiError(args.text("error"), args=args.values)
    return {"args": {key: value for key, value in args.values.items() if key != "token"}}


async def open_connection(slack: Slack, _args: Arguments) -> JsonObject:
    """apps.connections.open: a single-use address for a Socket Mode connection."""
    if not slack.manifest.socket_mode:
        raise ApiError("socket_mode_not_enabled")
    base = slack.settings.base_url.replace("http://", "ws://")
    return {"url": f"{base}/link/?ticket={slack.sockets.new_ticket()}&app_id={BOT_ID}"}


async def user_info(slack: Slack, args: Arguments) -> JsonObject:
    """users.info: one user."""
    user = slack.workspace.users.get(args.require("user", "user_not_found"))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": user.wire()}
