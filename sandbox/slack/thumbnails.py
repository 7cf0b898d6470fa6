"""Thumbnails of uploaded pictures, as Slack makes them: upright, PNG for PNG and GIF, JPEG for all else."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from sandbox.slack.heic import jpeg_within
from sandbox.slack.json_types import JsonObject

# Sides in pixels. The small ones are squares cut from the middle, the others the longest side, save one: a width.
SQUARES = (64, 80, 160)
_LONGEST = (360, 480, 720, 960, 1024)
_WIDTH = 800
# Pictures that are smaller than a side have no thumbnail of it, save this one.
_ALWAYS = 360
_QUALITY = 85
_DRAWN = {"PNG", "GIF"}


def make_thumbnail(source: Path, target: Path) -> tuple[int, int] | None:
    """Write what all thumbnails are made of and give the picture's width and height; None for what cannot be read."""
    try:
        data = source.read_bytes()
        with Image.open(BytesIO(jpeg_within(data) or data)) as picture:
            width, height = picture.size
            kind = "PNG" if picture.format in _DRAWN else "JPEG"
            base = _base_size(width, height)
            picture.draft("RGB", base)
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if kind == "PNG" else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    turned = (upright.width > upright.height) != (width > height)
    upright.thumbnail((base[1], base[0]) if turned else base)
    upright.save(target, kind, quality=_QUALITY)
    return (height, width) if turned else (width, height)


def _base_size(width: int, height: int) -> tuple[int, int]:
    """Give the size in which both the largest thumbnail and the one of a fixed width are contained."""
    scale = min(1.0, max(max(_LONGEST) / max(width, height), _WIDTH / min(width, height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def thumbnail_of_side(base: Path, side: int) -> tuple[bytes, str]:
    """Make a thumbnail from what `make_thumbnail` wrote; gives its bytes and media type."""
    with Image.open(base) as picture:
        kind = picture.format or "JPEG"
        square = side in SQUARES
        size = (side, side) if square else _scaled(side, *picture.size)
        small = ImageOps.fit(picture, size) if square else picture.resize(size)
    out = BytesIO()
    small.save(out, kind, quality=_QUALITY)
    return out.getvalue(), f"image/{kind.lower()}"


def thumbnail_keys(address: str, ending: str, width: int, height: int) -> JsonObject:
    """Give the keys of a file object for its thumbnails; `address` is what stands before `_<side>.<ending>`."""
    keys: JsonObject = {f"thumb_{side}": f"{address}_{side}.{ending}" for side in SQUARES}
    sides = [side for side in _LONGEST if side <= max(width, height, _ALWAYS)]
    for side in sides + ([_WIDTH] if width >= _WIDTH else []):
        across, down = _scaled(side, width, height)
        keys[f"thumb_{side}"] = f"{address}_{side}.{ending}"
        keys |= {f"thumb_{side}_w": across, f"thumb_{side}_h": down}
    return keys | {"original_w": width, "original_h": height}


def _scaled(side: int, width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, side / (width if side == _WIDTH else max(width, height)))
    return max(1, round(width * scale)), max(1, round(height * scale))
