"""Files on their way into messages: processed first, and their `shares` known a moment after the message."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from sandbox.slack.background import Background
from sandbox.slack.faults import Faults
from sandbox.slack.files_store import FileRecord, FileStore, share, type_of
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.people import Channel
from sandbox.slack.posting import Posting

# Makes the message only when it is posted, so that its timestamp is that moment's.
Make: TypeAlias = Callable[[], JsonObject]


class Sharing:
    """Processes fresh files and posts the messages that carry them."""

    def __init__(self, files: FileStore, posting: Posting, faults: Faults, background: Background) -> None:
        self._files = files
        self._posting = posting
        self._faults = faults
        self._background = background

    def received(self, record: FileRecord, *, by_person: bool) -> None:
        """Begin to process a file. Slack's own apps tell a file's type at once, unless processing is made late."""
        if by_person and not self._faults.late_processing_ms:
            record.wire |= type_of(record.name)
        self._background.start(self._process(record))

    def post(self, channel: Channel, message: JsonObject, thread_ts: str, records: list[FileRecord]) -> None:
        """Post a message with files."""
        self._posting.post(channel, message, thread_ts)
        for record in records:
            record.wire.setdefault("ims" if channel.is_im else "channels", []).append(channel.id)
        if records:
            self._background.start(self._mark(channel, message, records))

    def post_soon(self, channel: Channel, make: Make, thread_ts: str, records: list[FileRecord]) -> None:
        """Post the app's files a moment later; the app's next message may overtake them, as on Slack."""
        self._background.start(self._post_later(channel, make, thread_ts, records))

    def delete(self, record: FileRecord, *, tombstone: bool = True) -> None:
        """Delete a file; messages keep a tombstone in its place, or one file less and go when nothing is left."""
        places = self._posting.without_file(record.id, tombstone=tombstone)
        self._files.delete(record)
        self._posting.file_gone(record.id, places)

    def delete_message(self, channel: Channel, message: JsonObject) -> None:
        """Delete a person's message; its author's files go with it, save those that another message shows."""
        author, files = message["user"], as_objects(message.get("files"))
        carried = [record for file in files if (record := self._files.get(str(file["id"]))) is not None]
        self._posting.delete(channel, message)
        for record in carried:
            if record.user == author and record.stage != "deleted" and not self._posting.carries(record.id):
                self._files.delete(record)
                self._posting.file_gone(record.id, [channel])

    async def _post_later(self, channel: Channel, make: Make, thread_ts: str, records: list[FileRecord]) -> None:
        await asyncio.sleep(self._faults.processing_seconds())
        self.post(channel, make(), thread_ts, records)

    async def _process(self, record: FileRecord) -> None:
        await self._files.process(record, self._faults.processing_seconds())
        self._posting.refresh_file(record)

    async def _mark(self, channel: Channel, message: JsonObject, records: list[FileRecord]) -> None:
        await asyncio.sleep(self._faults.processing_seconds())
        for record in records:
            if record.stage != "deleted":
                share(record, channel.id, message)
                self._posting.refresh_file(record)
