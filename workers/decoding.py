"""The decoding process: pictures come in on standard input, crops go out on standard output."""

import io
import resource
import signal
import struct
import sys
from enum import StrEnum
from typing import BinaryIO

SIDE = 512
"""Stable Diffusion 2.1-base is trained at 512×512."""
QUALITY = 95
MEGAPIXELS_JPEG = 120
"""JPEG is decoded at a fraction of its size, so it may be larger."""
MEGAPIXELS = 25
MEMORY_BYTES = 1 << 30
"""Address space; Python and Pillow map about half of it before the first picture."""
CPU_SECONDS = 10
"""Processor time a picture may take; the wall clock would call good photos damaged on a busy machine."""
_INDEXED = {"1", "P", "PA", "I", "I;16"}
"""Modes whose values are no brightness, so that they cannot be scaled as they are."""
FORMATS = ("JPEG", "PNG", "WEBP")


class Refusal(StrEnum):
    """Why a picture is not taken."""

    NO_PICTURE = "no_picture"
    TRUNCATED = "truncated"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PIXELS_JPEG = "too_many_pixels_jpeg"


class RefusedError(Exception):
    """A picture is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def crop(data: bytes) -> bytes:
    """Turn a picture upright, flatten it on white, crop its middle to a square and scale that to 512×512.

    Raises:
        RefusedError: when it is no JPEG, PNG or WebP, is damaged, or has too many pixels.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - the parent imports this module for its names alone

    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (OSError, ValueError, SyntaxError) as error:
        raise RefusedError(Refusal.NO_PICTURE) from error
    _check_size(image.size, image.format)
    try:
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
        if image.size[0] * image.size[1] > MEGAPIXELS * 1_000_000:
            raise RefusedError(Refusal.TOO_MANY_PIXELS_JPEG)  # a panorama: scaled by its short side, it stays too long
        ImageOps.exif_transpose(image, in_place=True)
        plain = image.convert("RGBA") if image.mode in _INDEXED else image
        small = ImageOps.fit(plain, (SIDE, SIDE), Image.Resampling.LANCZOS).convert("RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, struct.error) as error:
        raise RefusedError(Refusal.TRUNCATED) from error
    flat = Image.new("RGB", small.size, "white")
    flat.paste(small, mask=small.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _check_size(size: tuple[int, int], kind: str | None) -> None:
    is_jpeg = kind in {"JPEG", "MPO"}  # phones put a second picture behind the first and Pillow calls that MPO
    if size[0] * size[1] > (MEGAPIXELS_JPEG if is_jpeg else MEGAPIXELS) * 1_000_000:
        raise RefusedError(Refusal.TOO_MANY_PIXELS_JPEG if is_jpeg else Refusal.TOO_MANY_PIXELS)


def answer(data: bytes) -> bytes:
    """Give the reply to one picture, with its header."""
    try:
        kind, body = b"K", crop(data)
    except RefusedError as error:
        kind, body = b"E", error.refusal.value.encode()
    return struct.pack(">cI", kind, len(body)) + body


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer one picture after the other until the parent hangs up."""
    while len(header := source.read(4)) == 4:  # noqa: PLR2004 - a length, four bytes
        limit_next()
        sink.write(answer(source.read(struct.unpack(">I", header)[0])))
        sink.flush()


def limit_next() -> None:
    """Give the next picture its processor time; a process that uses it up is ended."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)
