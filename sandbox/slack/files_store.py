"""Files: their bytes on disk, the objects that Slack tells about them, and their processing."""

import asyncio
import mimetypes
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sandbox.slack.ids import TEAM_ID, new_id
from sandbox.slack.json_types import JsonObject
from sandbox.slack.thumbnails import make_thumbnail, thumbnail_keys

_FILETYPES = {"jpeg": "jpg", "htm": "html", "txt": "text"}
_SHOWN_BY_BLOCKS = {"image/png", "image/jpeg", "image/gif"}
_UNKNOWN_MIME = "application/octet-stream"


@dataclass
class FileRecord:
    """One file. `wire` is Slack's object, shared by every message that shows the file and filled in as time goes.

    `stage`: awaiting (its bytes), uploaded, complete, deleted.
    """

    id: str
    name: str
    user: str
    size: int
    wire: JsonObject
    ticket: str
    stage: str = "awaiting"
    processed: bool = False

    @property
    def can_be_shown(self) -> bool:
        """Whether an image block may show it now."""
        return self.processed and self.stage == "complete" and self.wire["mimetype"] in _SHOWN_BY_BLOCKS


class FileStore:
    """The files by id, with their bytes in a folder."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self._folder = folder / "files"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._base_url = base_url
        self._files: dict[str, FileRecord] = {}

    def announce(self, name: str, size: int, user: str) -> FileRecord:
        """Make room for a file of `size` bytes that is about to be uploaded."""
        file_id = new_id("F")
        record = FileRecord(file_id, name, user, size, {}, secrets.token_urlsafe(24))
        record.wire = self._first_wire(record)
        self._files[file_id] = record
        return record

    def add(self, name: str, data: bytes, user: str) -> FileRecord:
        """Take a whole file, as a person's app uploads it."""
        record = self.announce(name, len(data), user)
        self.keep(record, data)
        record.stage = "complete"
        return record

    def keep(self, record: FileRecord, data: bytes) -> None:
        """Write the bytes of a file that was announced."""
        self.path(record).write_bytes(data)
        record.stage = "uploaded"

    def get(self, file_id: str) -> FileRecord | None:
        """Find a file by its id."""
        return self._files.get(file_id)

    def by_ticket(self, ticket: str) -> FileRecord | None:
        """Find the file that an upload URL was made for."""
        return next((each for each in self._files.values() if each.ticket == ticket), None)

    def path(self, record: FileRecord) -> Path:
        """Give the place of a file's bytes."""
        return self._folder / record.id

    def thumb_path(self, record: FileRecord) -> Path:
        """Give the place of a file's thumbnail."""
        return self._folder / f"{record.id}.thumb"

    def delete(self, record: FileRecord) -> None:
        """Leave a tombstone of a file and drop its bytes."""
        record.stage = "deleted"
        self.path(record).unlink(missing_ok=True)
        self.thumb_path(record).unlink(missing_ok=True)
        record.wire.clear()
        record.wire |= {"id": record.id, "mode": "tombstone"}

    def is_shown_by(self, name: str) -> bool:
        """Say of a file's id or private URL whether an image block may show it."""
        return any(each.can_be_shown and name in {each.id, each.wire["url_private"]} for each in self._files.values())

    async def process(self, record: FileRecord, seconds: float) -> None:
        """Do what Slack does to a fresh file and take as long: find its type, make a picture's thumbnail."""
        await asyncio.sleep(seconds)
        size = await asyncio.to_thread(make_thumbnail, self.path(record), self.thumb_path(record))
        if record.stage == "deleted":
            return
        record.wire |= type_of(record.name)
        if size is not None:
            record.wire |= self._picture_wire(record, *size)
        record.processed = True

    def _first_wire(self, record: FileRecord) -> JsonObject:
        now = int(time.time())
        address = f"{self._base_url}/files-pri/{TEAM_ID}-{record.id}"
        name = quote(record.name.lower().replace(" ", "_"))
        return {
            "id": record.id,
            "created": now,
            "timestamp": now,
            "name": record.name,
            "title": record.name,
            "mimetype": "",
            "filetype": "",
            "pretty_type": "",
            "user": record.user,
            "user_team": TEAM_ID,
            "editable": False,
            "size": record.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": True,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{address}/{name}",
            "url_private_download": f"{address}/download/{name}",
            "permalink": f"{self._base_url}/files/{record.user}/{record.id}/{name}",
            "channels": [],
            "groups": [],
            "ims": [],
            "shares": {},
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def _picture_wire(self, record: FileRecord, width: int, height: int) -> JsonObject:
        stem = quote(Path(record.name.lower().replace(" ", "_")).stem)
        address = f"{self._base_url}/files-tmb/{TEAM_ID}-{record.id}-{record.ticket[:10]}/{stem}"
        ending = "png" if record.wire["mimetype"] in {"image/png", "image/gif"} else "jpg"
        return thumbnail_keys(address, ending, width, height)


def type_of(name: str) -> JsonObject:
    """Guess a file's type from its name, as the keys that Slack's file object has for it."""
    ending = Path(name).suffix.lower().removeprefix(".")
    filetype = _FILETYPES.get(ending, ending) or "binary"
    mimetype = mimetypes.guess_type(name)[0] or {"heic": "image/heic"}.get(ending, _UNKNOWN_MIME)
    return {"mimetype": mimetype, "filetype": filetype, "pretty_type": filetype.upper()}


def share(record: FileRecord, channel: str, message: JsonObject) -> None:
    """Write into a file's object where it was shared."""
    place: JsonObject = {"ts": message["ts"], "channel_name": channel, "team_id": TEAM_ID, "reply_users": []}
    place |= {"reply_users_count": 0, "reply_count": 0}
    if "thread_ts" in message:
        place["thread_ts"] = message["thread_ts"]
    side = "private" if channel.startswith("D") else "public"
    shares: JsonObject = record.wire.setdefault("shares", {})
    shares.setdefault(side, {}).setdefault(channel, []).append(place)
