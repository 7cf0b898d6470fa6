"""JPEGs as an endpoint paints them, and what is read out of those that were described."""

import io

from PIL import Image
from PIL.ExifTags import IFD, Base

SCAN = b"\xff\xda"
"""How the compressed data begins."""


def jpeg(side: int = 16, **options: object) -> bytes:
    """Paint a small picture; `options` are Pillow's."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def scan(data: bytes) -> bytes:
    """Give the compressed data of a JPEG of one scan; text in its header may look like the beginning of another."""
    return data[data.rindex(SCAN) :]


def comment(data: bytes) -> str:
    """Read the comment that a picture carries."""
    exif = Image.open(io.BytesIO(data)).getexif()
    written: bytes = exif.get_ifd(IFD.Exif)[Base.UserComment]
    assert written.startswith(b"UNICODE\0")
    return written[8:].decode("utf-16-le" if exif.endian == "<" else "utf-16-be")
