"""What kind of picture some bytes are, told by their beginning: a decoder sees only what claims to be its own. Pure."""

import struct
from importlib.util import find_spec

from workers.refusal import Refusal, RefusedError

HEIC_FULL = find_spec("pillow_heif") is not None
"""Whether HEIC is decoded at full size: the optional extra `heic` is installed."""
MEGAPIXELS_JPEG = 120
"""JPEG is decoded at a fraction of its size, so it may be larger."""
MEGAPIXELS = 25

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEIC_SAID_LATER = {b"mif1", b"msf1"}
"""Brands of HEIC and AVIF alike; the compatible brands behind them tell which."""
_WEBP_HEADER = 30
"""RIFF's and the first chunk's headers, and in that chunk at most 10 bytes up to the size of the canvas."""


def kind(data: bytes) -> str:
    """Name the format as Pillow does.

    Raises:
        RefusedError: when it is none that is taken, or a WebP that is cut short or claims too many pixels.
    """
    if data.startswith(_JPEG):
        return "JPEG"
    if data.startswith(_PNG):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        _check_webp(data)
        return "WEBP"
    if _is_heic(data):
        if HEIC_FULL:
            return "HEIF"
        raise RefusedError(Refusal.HEIC)
    raise RefusedError(Refusal.NO_PICTURE)


def check_size(size: tuple[int, int], name: str) -> None:
    """Refuse a picture whose header claims more pixels than are decoded."""
    is_jpeg = name == "JPEG"
    if size[0] * size[1] > (MEGAPIXELS_JPEG if is_jpeg else MEGAPIXELS) * 1_000_000:
        raise RefusedError(Refusal.TOO_MANY_PIXELS_JPEG if is_jpeg else Refusal.TOO_MANY_PIXELS)


def _is_heic(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    brand = data[8:12]
    end = min(int.from_bytes(data[:4]), 256)
    others = {data[place : place + 4] for place in range(16, end, 4)}
    return brand in _HEIC_BRANDS or (brand in _HEIC_SAID_LATER and bool(others & _HEIC_BRANDS))


def _check_webp(data: bytes) -> None:
    """Look at a WebP's length and size: Pillow reads all of it, and makes room for it, before it tells of either."""
    if len(data) < _WEBP_HEADER or len(data) < int.from_bytes(data[4:8], "little") + 8:
        raise RefusedError(Refusal.TRUNCATED)
    check_size(_webp_size(data), "WEBP")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the canvas as lossy, lossless and extended WebPs tell it; others are Pillow's to refuse."""
    match data[12:16]:
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L" if data[20] == 0x2F:  # noqa: PLR2004 - its signature
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case _:
            return 0, 0
