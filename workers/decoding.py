"""The decoding process: pictures come in on standard input, squares and measurements go out on standard output."""

import io
import resource
import signal
import struct
import sys
from importlib import import_module
from typing import BinaryIO

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from workers import formats
from workers.judged import Judged
from workers.measuring import measure
from workers.refusal import Refusal, RefusedError
from workers.squares import SIDE, fit, jpeg, orientation, squares, upright_size

MEMORY_BYTES = 480 << 20
"""What the process may allocate. On Linux, RLIMIT_DATA counts all private memory that can be written to, in use or not,
and lets libraries be, which take 10 MB more. The largest good picture, a WebP of 25 MP, takes 413 MB.
"""
COEFFICIENT_BYTES = 2
"""Of a JPEG in several scans, libjpeg keeps all coefficients, one for each sample, however small it decodes it."""
CPU_SECONDS = 10
"""Processor time a picture may take; the wall clock would call good photos damaged on a busy machine."""

_TOO_LARGE = {Refusal.TOO_MANY_PIXELS, Refusal.TOO_MUCH_MEMORY}


def judge(data: bytes) -> Judged:
    """Make both squares of a picture and measure it.

    Raises:
        RefusedError: when it is no JPEG, PNG, WebP or HEIC, is damaged, has too many pixels or needs too much memory.
    """
    name = formats.kind(data)
    try:
        return _judge(data, name)
    except RefusedError as refused:
        raise RefusedError(_refusal(refused.refusal, name)) from refused
    except MemoryError as error:
        raise RefusedError(_refusal(Refusal.TOO_MUCH_MEMORY, name)) from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise RefusedError(Refusal.TRUNCATED) from error


def _refusal(refusal: Refusal, name: str) -> Refusal:
    """Call a HEIC that is too large, as phones of 48 megapixels make them, by its name: Slack's copy is taken then."""
    return Refusal.HEIC if name == "HEIF" and refusal in _TOO_LARGE else refusal


def _judge(data: bytes, name: str) -> Judged:
    image = Image.open(io.BytesIO(data), formats=[name])
    formats.check_size(image.size, name)
    if isinstance(image, JpegImageFile):
        _check_progressive(image)
    told = orientation(image)
    width, height = upright_size(image.size, told)
    image.draft("RGB", (SIDE, SIDE))
    if image.size[0] * image.size[1] > formats.MEGAPIXELS * 1_000_000:
        raise RefusedError(Refusal.TOO_MANY_PIXELS_JPEG)  # a panorama: scaled by its short side, it stays too long
    made = squares(image, told)
    found = measure(made, min(width, height))
    crop, whole = jpeg(made.crop), fit(made)
    return Judged(
        crop=crop,
        fit=crop if whole is made.crop else jpeg(whole),
        width=width,
        height=height,
        sharpness=found.sharpness,
        dhash=found.dhash,
        dark=found.dark,
        bright=found.bright,
    )


def _check_progressive(image: JpegImageFile) -> None:
    """Refuse what libjpeg has no room for; it would call that a broken file."""
    layers = [(across, down) for _, across, down, _ in image.layer]
    whole = max(across for across, _ in layers) * max(down for _, down in layers)
    samples = image.width * image.height * sum(across * down for across, down in layers) / whole
    if image.info.get("progressive") and samples * COEFFICIENT_BYTES > 0.9 * MEMORY_BYTES:
        raise RefusedError(Refusal.TOO_MUCH_MEMORY)


def answer(data: bytes) -> bytes:
    """Give the reply to one picture, with its header."""
    try:
        kind, body = b"K", judge(data).pack()
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


def prepare() -> None:
    """Let Pillow take pictures of any size, for ours is the limit, and HEIC where that is installed."""
    Image.MAX_IMAGE_PIXELS = None
    if formats.HEIC_FULL:
        import_module("pillow_heif").register_heif_opener()


def main() -> None:
    """Serve within the limits."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)


prepare()

if __name__ == "__main__":
    main()
