"""Thumbnails of uploaded pictures, as Slack makes them: upright, PNG for PNG and JPEG for all else, HEIC too."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from sandbox.slack.heic import jpeg_within
from sandbox.slack.json_types import JsonObject

# Sides in pixels. The small ones are squares cut from the middle.
SQUARES = (64, 80, 160)
_BOXES = (360, 480, 720, 800, 960, 1024)
# Pictures that are smaller than a box have no thumbnail of that size, save this one.
_ALWAYS = 360
_LARGEST = max(_BOXES)
_QUALITY = 85


def make_thumbnail(source: Path, target: Path) -> tuple[int, int] | None:
    """Write the largest thumbnail and give the picture's width and height; None for what cannot be read."""
    data = source.read_bytes()
    try:
        with Image.open(BytesIO(jpeg_within(data) or data)) as picture:
            width, height = picture.size
            kind = "PNG" if picture.format == "PNG" else "JPEG"
            picture.draft("RGB", (_LARGEST, _LARGEST))
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if kind == "PNG" else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_LARGEST, _LARGEST))
    upright.save(target, kind, quality=_QUALITY)
    turned = (upright.width > upright.height) != (width > height)
    return (height, width) if turned else (width, height)


def thumbnail_of_side(largest: Path, side: int) -> tuple[bytes, str]:
    """Make a thumbnail of one side from the largest one; gives its bytes and media type."""
    with Image.open(largest) as picture:
        kind = picture.format or "JPEG"
        small = ImageOps.fit(picture, (side, side)) if side in SQUARES else picture.copy()
    small.thumbnail((side, side))
    out = BytesIO()
    small.save(out, kind, quality=_QUALITY)
    return out.getvalue(), f"image/{kind.lower()}"


def thumbnail_keys(address: str, ending: str, width: int, height: int) -> JsonObject:
    """Give the keys of a file object for its thumbnails; `address` is what stands before `_<side>.<ending>`."""
    keys: JsonObject = {f"thumb_{side}": f"{address}_{side}.{ending}" for side in SQUARES}
    longest = max(width, height)
    for side in (side for side in _BOXES if side <= max(longest, _ALWAYS)):
        scale = min(1.0, side / longest)
        keys |= {
            f"thumb_{side}": f"{address}_{side}.{ending}",
            f"thumb_{side}_w": max(1, round(width * scale)),
            f"thumb_{side}_h": max(1, round(height * scale)),
        }
    return keys | {"original_w": width, "original_h": height}
