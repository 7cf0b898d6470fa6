"""Messages that answer something a person did: in the ack of a command, or through a response URL."""

from sandbox.slack.api.lookups import find_message, read_content, thread_root
from sandbox.slack.arguments import Arguments
from sandbox.slack.delivery import Ack
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject
from sandbox.slack.people import Channel, User
from sandbox.slack.responses import ResponseUrl

_PLACES = {"ephemeral", "in_channel"}


def answer_failed(ack: Ack) -> str:
    """Name the error that a person sees when the app did not answer as it must."""
    return "operation_timeout" if ack.reason == "timeout" else "dispatch_failed"


def show_answer(slack: Slack, user: User, channel: Channel, answer: JsonObject) -> None:
    """Show what an app answered, to the person only unless it says `in_channel`; raises ApiError."""
    if not answer:
        return
    args = Arguments(answer)
    place = args.text("response_type") or "ephemeral"
    if place not in _PLACES:
        raise ApiError("invalid_response_type")
    content = read_content(slack, args)
    if not (content.text or content.blocks or content.attachments):
        raise ApiError("no_text")
    root = thread_root(slack, channel, args.text("thread_ts"))
    if place == "ephemeral":
        slack.posting.whisper(channel, user.id, slack.bot_message(content), root)
    else:
        slack.posting.post(channel, slack.bot_message(content), root)


def respond(slack: Slack, url: ResponseUrl, answer: JsonObject) -> None:
    """Act on what was sent to a response URL: delete or replace the original, or show a new message."""
    channel = slack.workspace.channels[url.channel]
    args = Arguments(answer)
    if args.flag("delete_original"):
        slack.posting.delete(channel, _original(slack, channel, url))
    elif args.flag("replace_original"):
        _replace(slack, channel, url, args)
    else:
        show_answer(slack, slack.workspace.users[url.user], channel, answer)


def _replace(slack: Slack, channel: Channel, url: ResponseUrl, args: Arguments) -> None:
    content = read_content(slack, args)
    changes: JsonObject = {"text": content.text, "blocks": content.blocks, "attachments": content.attachments}
    message = _original(slack, channel, url)
    kept = {name: value for name, value in changes.items() if value or name in message}
    slack.posting.change(channel, message, kept)


def _original(slack: Slack, channel: Channel, url: ResponseUrl) -> JsonObject:
    if not url.ts:
        raise ApiError("no_original_message")
    message = slack.messages.ephemeral(channel.id, url.ts) or find_message(slack, channel, url.ts)
    if message["user"] != BOT_USER:
        raise ApiError("cant_update_message")
    return message
