"""Which pictures messages show: files of theirs, and files that their blocks point at."""

from collections.abc import Iterable, Iterator

from sandbox.slack.blocks import elements_of
from sandbox.slack.json_types import JsonObject, as_object, as_objects

# No browser shows these; their thumbnails stand for them.
_THUMBNAIL_ONLY = {"image/heic", "image/heif"}


def shown_pictures(messages: Iterable[JsonObject]) -> Iterator[tuple[str, bool]]:
    """Give the id of each picture, and whether its thumbnail is what a browser shows of it."""
    for message in messages:
        for file in as_objects(message.get("files")):
            kind = str(file.get("mimetype", ""))
            if kind.startswith("image/"):
                yield str(file["id"]), kind in _THUMBNAIL_ONLY
        for block in as_objects(message.get("blocks")):
            for part in (block, *elements_of(block)):
                if as_object(part.get("slack_file")).get("id"):
                    yield str(part["slack_file"]["id"]), False
