"""Reads the reply of older containers, pictures as nested lists of RGB values in JSON, 17 MB for four of 512×512.

`json.loads` makes an object of each of its millions of values and holds Python's lock for most of a second meanwhile.
Here the text becomes pixels by a few passes over bytes, of which none holds the lock for longer than milliseconds. Only
what is certain to be well formed is read; no other spelling of a number than the shortest is.
"""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops

KEY = "generated_images"
_SPACE = b" \t\n\r"
_DIGITS = b"0123456789"
_OPENING = re.compile(rb'"' + KEY.encode() + rb'"[ \t\n\r]*:[ \t\n\r]*(\[[ \t\n\r]*\[)')
_CHUNK = 1 << 18
"""Bytes of which spaces are taken out at a time."""
_ROWS = 32
"""Read at a time: what fits into a processor's cache goes twice as fast."""
_LONGEST_SIDE = 65_500
"""Pixels; libjpeg's limit."""

_FIELD = 6
"""Columns of a number: at most a bracket, three digits and a space, and one that is always free."""

_KINDS = bytes.maketrans(_DIGITS + _SPACE, b"0" * 10 + b" " * 4)
_TABS = bytes.maketrans(b",", b"\t")
_WORTH = [bytes((byte - 48) * worth % 256 if byte in _DIGITS else 0 for byte in range(256)) for worth in (1, 10, 100)]
"""What a digit is worth as ones, tens and hundreds."""


def _written(before: str = "", after: str = "") -> list[bytes]:
    """Make a table for each column of a field: what stands in it for each value, when rightly written.

    Where that is always the same, the table is that one byte.
    """
    fields = [(before + str(value) + after)[::-1].ljust(_FIELD).encode() for value in range(256)]
    return [bytes(column if len(set(column)) > 1 else column[:1]) for column in zip(*fields, strict=True)]


_CHANNELS = [(2, 0, _written(before="[")), (1, 0, _written()), (0, 1, _written(after="]"))]
"""Red, green, blue: which of a pixel's three fields it is backwards, the column of its ones, how it is written."""


class NestedError(ValueError):
    """A reply that is no object with equally deep, rectangular lists of whole numbers from 0 to 255."""


def is_nested(body: bytes) -> bool:
    """Tell whether a reply looks as if its pictures were lists; not whether they can be read."""
    return _OPENING.search(body) is not None


def jpegs(body: bytes) -> list[bytes]:
    """Give the pictures of a nested reply as JPEGs. Takes some tenths of a second of a thread.

    Raises:
        NestedError: when anything in the lists is not as it should be.
        ValueError: when the rest of the reply is no JSON.
    """
    lists = _pictures(body)
    try:
        return _read(lists)
    except NestedError:  # spaces may be elsewhere than after commas
        return _read(b"".join(_compact(chunk) for chunk in _chunks(lists)))


def _read(lists: bytes) -> list[bytes]:
    """Read lists with no spaces but after commas. A tab would pass for a comma."""
    if not (lists.startswith(b"[[[[") and lists.endswith(b"]]]]")) or b"\t" in lists:
        raise NestedError("not four deep, or spaced in a way of its own")
    space = b" " if b"]], [[" in lists[: lists.find(b"]]") + 6] else b""
    pictures = _cut(lists, b"]]]," + space + b"[[[")
    return [_jpeg(picture.split(b"]]," + space + b"[[")) for picture in pictures]


def _cut(lists: bytes, between: bytes) -> Iterator[bytes]:
    """Give what is inside the outermost brackets, picture by picture: `split` would hold the lock for all of them."""
    start, last = 4, len(lists) - 4
    while (end := lists.find(between, start, last)) >= 0:
        yield lists[start:end]
        start = end + len(between)
    yield lists[start:last]


def _pictures(body: bytes) -> bytes:
    """Cut the lists out. They have no quote in them, so they end before the next one; the rest is JSON without them."""
    found = _OPENING.search(body)
    if found is None:
        raise NestedError("no lists")
    start, quote = found.start(1), body.find(b'"', found.end())
    end = body.rfind(b"]", start, len(body) if quote < 0 else quote) + 1
    gaps: list[object] = []

    def gap(_: str) -> object:
        gaps.append(object())
        return gaps[-1]

    rest: Any = json.loads(body[:start] + b"NaN" + body[end:], parse_constant=gap)
    if not isinstance(rest, dict) or len(gaps) != 1 or rest.get(KEY) is not gaps[0]:  # pyright: ignore[reportUnknownMemberType] - what json gives
        raise NestedError("the lists are not where the pictures should be")
    return body[start:end]


def _chunks(lists: bytes) -> Iterator[bytes]:
    """Cut after closing brackets, where no number is cut in two."""
    start = 0
    while start < len(lists):
        end = lists.find(b"]", start + _CHUNK) + 1 or len(lists)
        yield lists[start:end]
        start = end


def _compact(chunk: bytes) -> bytes:
    """Take the spaces out; one between two digits would make one number of two."""
    compact = chunk.translate(None, _SPACE)
    if len(chunk) - len(compact) != chunk.count(b", "):
        kinds = chunk.translate(_KINDS)
        while b"  " in kinds:
            kinds = kinds.replace(b"  ", b" ")
        if b"0 0" in kinds:
            raise NestedError("no comma between numbers")
    return compact


def _jpeg(rows: list[bytes]) -> bytes:
    """Make a JPEG of rows such as `r,g,b],[r,g,b`."""
    width = rows[0].count(b"[") + 1
    if max(width, len(rows)) > _LONGEST_SIDE:
        raise NestedError("too large for a JPEG")
    padded = [_padded(row) for row in rows]
    if any(len(row) != width * 3 * _FIELD for row in padded):
        raise NestedError("no rectangle of RGB values")
    groups = [b"".join(padded[start : start + _ROWS]) for start in range(0, len(padded), _ROWS)]
    bands = [b"".join(_values(group, *channel) for group in groups) for channel in _CHANNELS]
    image = Image.merge("RGB", [Image.frombytes("L", (width, len(rows)), band) for band in bands])
    out = io.BytesIO()
    image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(out, "JPEG", quality=95)
    return out.getvalue()


def _padded(row: bytes) -> bytes:
    """Give each value of a row a field of the same length: backwards, so that a digit's column tells its worth."""
    return (b"\t[" + row + b"]")[::-1].translate(_TABS).expandtabs(_FIELD)


def _values(fields: bytes, place: int, start: int, written: list[bytes]) -> bytes:
    """Read one channel: a byte for each pixel. Whatever was read, it has to be written in just the way it is."""
    columns = [fields[place * _FIELD + column :: 3 * _FIELD] for column in range(_FIELD)]
    one, ten, hundred = (
        _line(digits.translate(worth)) for digits, worth in zip(columns[start : start + 3], _WORTH, strict=True)
    )
    values = ImageChops.add_modulo(ImageChops.add_modulo(one, ten), hundred).tobytes()
    if not all(map(_agrees, [values] * _FIELD, written, columns)):
        raise NestedError("something else than a whole number from 0 to 255")
    return values


def _agrees(values: bytes, written: bytes, column: bytes) -> bool:
    """Tell whether a column is what these values have in it."""
    return column == (values.translate(written) if len(written) > 1 else written * len(values))


def _line(data: bytes) -> Image.Image:
    """Show bytes to Pillow as a picture one pixel high, without a copy: its arithmetic is done in C."""
    return Image.frombuffer("L", (len(data), 1), data, "raw", "L", 0, 1)
