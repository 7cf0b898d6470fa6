"""HEIC photos as phones make them, on a machine without an HEVC encoder.

The box structure is that of ISO/IEC 23008-12 with one primary item; the item's coding is `jpeg`, which that standard
allows, where a phone writes `hvc1`. So readers that know HEVC only cannot open it, as Pillow cannot open a phone's.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

_BRANDS = {b"heic", b"heix", b"mif1"}
_JPEG_MAGIC = b"\xff\xd8"
_HEADER = 8


def heic(jpeg: bytes) -> bytes:
    """Wrap a JPEG in HEIC; the thumbnails that this Slack makes of the photo are made of that JPEG."""
    width, height = Image.open(BytesIO(jpeg)).size
    kind = _box(b"ftyp", b"heic", bytes(4), b"mif1", b"heic", b"jpeg")
    before = len(kind) + len(_meta(width, height, 0, len(jpeg))) + _HEADER
    return kind + _meta(width, height, before, len(jpeg)) + _box(b"mdat", jpeg)


def jpeg_within(data: bytes) -> bytes | None:
    """Give the JPEG of a photo that `heic` made; None for everything else, a phone's own HEIC too."""
    if data[4:8] != b"ftyp" or data[8:12] not in _BRANDS:
        return None
    kept = (payload for name, payload in _boxes(data) if name == b"mdat" and payload.startswith(_JPEG_MAGIC))
    return next(kept, None)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _HEADER <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < _HEADER:
            return
        yield data[at + 4 : at + _HEADER], data[at + _HEADER : at + size]
        at += size


def _meta(width: int, height: int, offset: int, length: int) -> bytes:
    item = _full(b"infe", 2, struct.pack(">HH4s", 1, 0, b"jpeg"), bytes(1))
    size = _full(b"ispe", 0, struct.pack(">II", width, height))
    assigned = _full(b"ipma", 0, struct.pack(">IHBB", 1, 1, 1, 1))
    return _full(
        b"meta",
        0,
        _full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
        _full(b"pitm", 0, struct.pack(">H", 1)),
        _full(b"iloc", 0, struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, offset, length)),
        _full(b"iinf", 0, struct.pack(">H", 1), item),
        _box(b"iprp", _box(b"ipco", size), assigned),
    )


def _full(name: bytes, version: int, *parts: bytes) -> bytes:
    return _box(name, bytes([version, 0, 0, 0]), *parts)


def _box(name: bytes, *parts: bytes) -> bytes:
    payload = b"".join(parts)
    return struct.pack(">I4s", len(payload) + _HEADER, name) + payload
