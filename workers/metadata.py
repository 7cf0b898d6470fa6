"""What pictures say of themselves: a description in their EXIF, put in without touching the compressed data."""

import struct
from collections.abc import Iterator

from PIL import Image
from PIL.ExifTags import IFD, Base

_SOI, _SOS = b"\xff\xd8", 0xDA
_APP0, _APP1 = 0xE0, 0xE1
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xDA)})
"""Markers that no length follows; none has a place in a header."""
_EXIF = b"Exif\0\0"
_UNICODE = b"UNICODE\0"
"""How a UserComment begins that is UTF-16, in the byte order of its EXIF."""
_ORDERS = {"<": "utf-16-le", ">": "utf-16-be"}
_SEGMENT_MOST = 0xFFFF - 2

_Segment = tuple[int, int, int]
"""Its marker, where it begins, where it ends."""


def described(jpeg: bytes, description: str) -> bytes:
    """Give a JPEG with this description in it: as UserComment, and as ImageDescription in UTF-8.

    What EXIF there is keeps its other tags, unless it is broken. A file whose header cannot be followed up to its data,
    or has no room for the description, is given as it came.
    """
    try:
        header = list(_header(jpeg))
    except ValueError:
        return jpeg
    old = next((one for one in header if one[0] == _APP1 and _payload(jpeg, one).startswith(_EXIF)), None)
    payload = _exif(_payload(jpeg, old) if old else b"", description)
    if len(payload) > _SEGMENT_MOST:
        return jpeg
    start, end = old[1:] if old else (_front(header),) * 2
    return jpeg[:start] + struct.pack(">BBH", 0xFF, _APP1, len(payload) + 2) + payload + jpeg[end:]


def _header(jpeg: bytes) -> Iterator[_Segment]:
    """Give the segments up to the start of the first scan.

    Raises:
        ValueError: when it is not there.
    """
    if not jpeg.startswith(_SOI):
        raise ValueError("no JPEG")
    start = end = len(_SOI)
    while True:
        while jpeg[end : end + 2] == b"\xff\xff":
            end += 1
        if end + 4 > len(jpeg):
            raise ValueError("cut short")
        mark, marker, length = struct.unpack_from(">BBH", jpeg, end)
        if mark != 0xFF or marker in _ALONE or length < 2:  # noqa: PLR2004 - every marker begins so; lengths count their own two bytes
            raise ValueError("no segment where one has to be")
        if marker == _SOS:
            return
        end += 2 + length
        yield marker, start, end
        start = end


def _payload(jpeg: bytes, segment: _Segment) -> bytes:
    """Give what a segment holds, from behind its length."""
    _, start, end = segment
    while jpeg[start : start + 2] == b"\xff\xff":
        start += 1
    return jpeg[start + 4 : end]


def _front(header: list[_Segment]) -> int:
    """Give the place for EXIF: before all but JFIF's own segments, which have to be first."""
    front = len(_SOI)
    for marker, _, end in header:
        if marker != _APP0:
            break
        front = end
    return front


def _exif(before: bytes, description: str) -> bytes:
    """Write the description into EXIF, into a new one if there is none that can be read."""
    try:
        return _written(before, description)
    except (SyntaxError, ValueError, KeyError, TypeError, OSError, struct.error):
        return _written(b"", description)


def _written(before: bytes, description: str) -> bytes:
    exif = Image.Exif()
    exif.endian = ">"
    exif.load(before)
    exif[Base.ImageDescription] = description.encode()
    exif.get_ifd(IFD.Exif)[Base.UserComment] = _UNICODE + description.encode(_ORDERS[str(exif.endian)])
    return exif.tobytes()
