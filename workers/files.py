"""Files in Slack: bytes go up unseen; what a card shows is then made known to Slack without being shared anywhere."""

import os
from collections.abc import Mapping
from typing import IO, Any

import aiohttp

from core import words
from workers.house import House
from workers.trouble import PATIENT, Trouble, unreachable

LOOK_SECONDS = 1.0
"""Between looks whether Slack can show a picture yet: it usually takes it a second or two."""
_OK = 200
GONE = {"file_not_found", "file_deleted"}
"""What Slack answers about a file that is not there any more."""


async def send(house: House, name: str, data: bytes) -> str:
    """Send bytes to Slack, where nobody sees them yet; gives Slack's id of the file."""
    return await _send(house, name, data, len(data))


async def send_file(house: House, name: str, file: IO[bytes]) -> str:
    """Send a file that is too large for the memory, from its beginning, likewise; it may be closed afterwards."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    return await _send(house, name, file, length)


async def _send(house: House, name: str, data: bytes | IO[bytes], length: int) -> str:
    slot = await house.slack("files.getUploadURLExternal", filename=name, length=length)
    try:
        async with house.downloads.post(slot["upload_url"], data=data) as response:
            if response.status != _OK:
                raise unreachable(words.trouble.SLACK_UNREACHABLE, f"upload {response.status}")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise unreachable(words.trouble.SLACK_UNREACHABLE, type(error).__name__) from error
    return str(slot["file_id"])


async def upload(house: House, name: str, picture: bytes) -> str:
    """Upload a picture for an image block: a file of the app's own, in no channel."""
    file = await send(house, name, picture)
    await house.slack("files.completeUploadExternal", files=[{"id": file, "title": name}])
    return file


async def share(house: House, titles: Mapping[str, str], where: tuple[str, str], *, tried: bool, **said: Any) -> None:
    """Share files that were sent, as one message, unless an earlier try has done so.

    `titles`: by Slack's id of the file; `where`: channel and thread_ts (empty: in the channel itself).

    What an earlier try has shared Slack refuses to share again, and says only a moment later where it stands.
    """
    channel, thread_ts = where
    stands = await shared_at(house, next(iter(titles)), channel) if tried else None
    if stands:
        return
    files = [{"id": file, "title": title} for file, title in titles.items()]
    try:
        await house.reply("files.completeUploadExternal", thread_ts, files=files, channel_id=channel, **said)
    except Trouble as fault:
        if stands is None or fault.code not in GONE:
            raise


async def wait_until_shown(house: House, file: str) -> None:
    """Pass once Slack has looked at a picture: before that, a message with it is refused.

    Raises:
        Trouble: when it has not yet, so that the step is tried again.
    """
    info = (await house.slack("files.info", file=file)).get("file", {})
    if not info.get("mimetype"):
        raise Trouble(words.trouble.SLACK_UNREACHABLE, "processing", tries=PATIENT, after=LOOK_SECONDS)


async def shared_at(house: House, file: str, channel: str) -> str | None:
    """Give Slack's name (ts) of the message that a file stands in, in this channel; empty: in none yet.

    None: there is no such file. Slack writes this down a moment after the message is there.
    """
    try:
        info: dict[str, Any] = await house.slack("files.info", file=file)
    except Trouble as fault:
        if fault.code in GONE:
            return None
        raise
    shares: dict[str, dict[str, list[dict[str, Any]]]] = info.get("file", {}).get("shares") or {}
    return next((str(places[channel][0]["ts"]) for places in shares.values() if places.get(channel)), "")


async def delete(house: House, file: str) -> None:
    """Delete a file of the app's own; one that is gone is done."""
    try:
        await house.slack("files.delete", file=file)
    except Trouble as fault:
        if fault.code not in GONE:
            raise
