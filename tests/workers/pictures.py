"""Pictures for the decoder: good ones in every format that Pillow writes, and the ones that do harm."""

import contextlib
import io
import random
import struct
import warnings
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageFont

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


def turned(orientation: int, size: tuple[int, int] = (96, 96)) -> bytes:
    """Give the scene as a phone stores it: turned, with an EXIF orientation that turns it back, and GPS."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that undoes each orientation
    image = scene(size)
    stored = image if orientation == 1 else image.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "planted maker"
    exif[0x8825] = {1: "N", 2: (47.0, 22.0, 33.0)}
    return encoded(stored, "JPEG", quality=95, exif=exif, comment=b"planted comment")


def logo(shape: str, size: tuple[int, int] = (800, 800), ink: str = "black", ground: str = "white") -> Image.Image:
    """Draw a disc, a ring, lines, a star, a word, or a small word in the middle of a plain ground."""
    image = Image.new("RGB", size, ground)
    draw, (width, height) = ImageDraw.Draw(image), size
    match shape:
        case "disc":
            draw.ellipse((width * 0.3, height * 0.3, width * 0.7, height * 0.7), fill=ink)
        case "ring":
            draw.ellipse((width * 0.25, height * 0.25, width * 0.75, height * 0.75), outline=ink, width=6)
        case "lines":
            for row in range(5):
                draw.line((width * 0.2, height * (0.2 + 0.12 * row), width * 0.8, height * (0.3 + 0.1 * row)), ink, 3)
        case "star":
            draw.regular_polygon((width // 2, height // 2, height // 3), 5, fill=ink)
        case _:
            letters = height // (24 if shape == "small word" else 5)
            draw.text((width // 2, height // 2), "ACME", ink, ImageFont.load_default(letters), anchor="mm")
    return image


def white_chair() -> Image.Image:
    """Draw a white chair on a white ground, its shades a few steps apart."""
    image = Image.new("RGB", (800, 800), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((280, 160, 520, 400), (236, 236, 233))
    draw.rectangle((264, 400, 536, 448), (225, 225, 222))
    draw.rectangle((280, 448, 304, 680), (215, 214, 210))
    draw.rectangle((496, 448, 520, 680), (215, 214, 210))
    return image


def black_cat() -> Image.Image:
    """Draw a black cat in front of a grey wall."""
    image = Image.new("RGB", (800, 800), (120, 120, 110))
    draw = ImageDraw.Draw(image)
    draw.ellipse((200, 240, 600, 780), (10, 10, 12))
    draw.ellipse((280, 80, 520, 336), (6, 6, 7))
    for left in (330, 430):
        draw.ellipse((left, 160, left + 40, 190), (180, 170, 40))
    return image


def profile_that_swaps_red_and_blue() -> bytes:
    """Give an ICC profile by which what looks red in the file is meant to be blue: sRGB's, two entries renamed."""
    create: Any = ImageCms.createProfile  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - Pillow says no type
    data = ImageCms.ImageCmsProfile(create("sRGB")).tobytes()
    swapped = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ", b"rTRC": b"bTRC", b"bTRC": b"rTRC"}
    entries = [data[place : place + 12] for place in range(132, 132 + 12 * int.from_bytes(data[128:132]), 12)]
    table = b"".join(swapped.get(entry[:4], entry[:4]) + entry[4:] for entry in entries)
    return data[:132] + table + data[132 + len(table) :]
