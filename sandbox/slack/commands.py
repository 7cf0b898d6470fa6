"""Slash commands: the app's own from its manifest, and Slack's `/invite`."""

from sandbox.slack.answers import answer_failed, show_answer
from sandbox.slack.errors import ApiError, PersonError
from sandbox.slack.escaping import escape, mentioned_users, with_names
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject
from sandbox.slack.payloads import command_form
from sandbox.slack.people import Channel, User


async def run_command(slack: Slack, user: User, channel: Channel, command: str, text: str) -> JsonObject:
    """Run a slash command and show what the app answers; gives the answer as `reply`."""
    if command == "/invite":
        return _invite(slack, user, channel, text)
    known = slack.manifest.command(command)
    if known is None:
        raise PersonError("unknown_command")
    form = command_form(user, channel, command, _sent_text(slack, text, keep=bool(known.get("should_escape"))))
    form["response_url"] = slack.responses.issue(user.id, channel.id)
    form["trigger_id"] = slack.triggers.issue(user.id, channel=channel.id)
    ack = await slack.delivery.interact("slash_commands", dict(form))
    if not ack.ok:
        return {"ok": False, "error": answer_failed(ack)}
    try:
        show_answer(slack, user, channel, ack.payload or {})
    except ApiError as refused:
        return {"ok": False, "error": "invalid_command_response", "detail": refused.error}
    return {"ok": True, "reply": ack.payload}


def _sent_text(slack: Slack, text: str, *, keep: bool) -> str:
    names = {user.id: user.name for user in slack.workspace.users.values()}
    return escape(text if keep else with_names(text, names))


def _invite(slack: Slack, user: User, channel: Channel, text: str) -> JsonObject:
    named = mentioned_users(text) or {
        each.id for each in slack.workspace.users.values() if each.name == text.strip().removeprefix("@").lower()
    }
    if BOT_USER not in named:
        raise PersonError("user_not_found")
    if channel.has_bot:
        raise PersonError("already_in_channel")
    slack.posting.joined(channel, BOT_USER, user.id)
    return {"ok": True, "reply": None}
