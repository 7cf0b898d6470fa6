"""Pictures for the decoder: good ones in every format that Pillow writes, and the ones that do harm."""

import contextlib
import io
import random
import struct
import warnings
import zlib
from functools import cache
from typing import Any

from PIL import Image

SIZE = (64, 48)


def scene(size: tuple[int, int] = SIZE, mode: str = "RGB") -> Image.Image:
    """Paint a left half in red and a right half in blue, with a green stripe along the top."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.paste("lime", (0, 0, size[0], size[1] // 4))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Write a picture out."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def every_format() -> dict[str, bytes]:
    """Give one good picture in each format that Pillow can write here."""
    Image.init()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # some formats leave Pillow one day
        tried = {kind: _in_some_mode(kind) for kind in sorted(Image.SAVE)}
    return {kind: data for kind, data in tried.items() if data}


def _in_some_mode(kind: str) -> bytes:
    for mode in ("RGB", "L", "1", "P"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            return encoded(scene(mode=mode), kind)
    return b""


def with_noise(size: tuple[int, int]) -> Image.Image:
    """Paint what does not compress."""
    return Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))  # noqa: S311 - a picture, no secret


def png_that_claims(width: int, height: int) -> bytes:
    """Give a small PNG whose header claims a size; one row of it is there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 + 3 * 16))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (header, rows, b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def webp_that_claims(width: int, height: int) -> bytes:
    """Give a WebP of a few bytes whose header claims a size (lossless, 14 bits a side)."""
    bits = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + b"\x88\x88\x08\x00"
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def jpeg_of_many_scans(scans: int) -> bytes:
    """Give a progressive JPEG that repeats its last scan: little to store, long to decode."""
    data = encoded(scene((2048, 2048)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def turned(orientation: int) -> bytes:
    """Give the scene as a phone stores it: turned, with an EXIF orientation that turns it back, and GPS."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that undoes each orientation
    image = scene((96, 96))
    stored = image if orientation == 1 else image.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "planted maker"
    exif[0x8825] = {1: "N", 2: (47.0, 22.0, 33.0)}
    return encoded(stored, "JPEG", quality=95, exif=exif, comment=b"planted comment")
