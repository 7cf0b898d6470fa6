"""files.*: the app's uploads, and what it may know of files."""

from sandbox.slack.api.lookups import joined_channel, read_blocks, thread_root
from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.files_store import FileRecord
from sandbox.slack.hub import Slack
from sandbox.slack.ids import BOT_USER
from sandbox.slack.json_types import JsonObject
from sandbox.slack.message_shapes import Content


async def get_upload_url(slack: Slack, args: Arguments) -> JsonObject:
    """files.getUploadURLExternal: announce a file of `length` bytes and get the URL to POST them to."""
    name = args.require("filename")
    length = args.number("length", 0)
    if length <= 0:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] invalid length"]})
    record = slack.files.announce(name, length, BOT_USER)
    if args.text("alt_txt"):
        record.wire["alt_txt"] = args.text("alt_txt")
    return {"upload_url": f"{slack.settings.base_url}/upload/v1/{record.ticket}", "file_id": record.id}


async def complete_upload(slack: Slack, args: Arguments) -> JsonObject:
    """files.completeUploadExternal: finish uploads, and share them in `channel_id` as one message that comes later."""
    given = args.objects("files", "invalid_arguments")
    if not given:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    records = [_uploaded(slack, str(each.get("id"))) for each in given]
    if args.text("channel_id") or args.text("channels"):
        _share(slack, args, records)
    for record, each in zip(records, given, strict=True):
        record.stage = "complete"
        record.wire["title"] = str(each.get("title") or record.name)
        slack.sharing.received(record, by_person=False)
    return {"files": [record.wire for record in records]}


async def info(slack: Slack, args: Arguments) -> JsonObject:
    """files.info: one file that the bot can see."""
    record = _visible(slack, args)
    return {"file": record.wire, "comments": [], "response_metadata": {"next_cursor": ""}}


async def delete(slack: Slack, args: Arguments) -> JsonObject:
    """files.delete: delete a file of the app's own."""
    record = _visible(slack, args)
    if record.user != BOT_USER:
        raise ApiError("cant_delete_file")
    slack.sharing.delete(record)
    return {}


def _uploaded(slack: Slack, file_id: str) -> FileRecord:
    record = slack.files.get(file_id)
    if record is None or record.user != BOT_USER or record.stage != "uploaded":
        raise ApiError("file_not_found")
    return record


def _share(slack: Slack, args: Arguments, records: list[FileRecord]) -> None:
    channel = joined_channel(slack, args, "channel_id" if args.text("channel_id") else "channels")
    root = thread_root(slack, channel, args.text("thread_ts"))
    comment = args.text("initial_comment")
    blocks = [] if comment else _blocks(slack, args)
    content = Content(comment, blocks, files=[record.wire for record in records])
    slack.sharing.post_soon(channel, lambda: slack.bot_message(content), root, records)


def _blocks(slack: Slack, args: Arguments) -> list[JsonObject]:
    blocks = read_blocks(slack, args.parsed("blocks", "invalid_blocks_format"))
    # Not documented, but so it is: github.com/slackapi/python-slack-sdk/issues/1756.
    if any(block["type"] == "markdown" for block in blocks):
        raise ApiError("internal_error")
    return blocks


def _visible(slack: Slack, args: Arguments) -> FileRecord:
    record = slack.files.get(args.require("file", "file_not_found"))
    if record is None or record.stage in {"awaiting", "uploaded"}:
        raise ApiError("file_not_found")
    if record.stage == "deleted":
        raise ApiError("file_deleted")
    places = [slack.workspace.channels[name] for name, _ in slack.messages.showing(record.id)]
    if record.user != BOT_USER and not any(channel.has_bot for channel in places):
        raise ApiError("file_not_found")
    return record
