"""Thumbnails of uploaded pictures, as Slack makes them: upright JPEG, at most 1024 pixels a side."""

from pathlib import Path

from PIL import Image, ImageOps

THUMB_SIDE = 1024
_QUALITY = 85


def make_thumbnail(source: Path, target: Path) -> tuple[int, int] | None:
    """Write a thumbnail and give the picture's width and height; None for what is no picture that can be read."""
    try:
        with Image.open(source) as picture:
            width, height = picture.size
            picture.draft("RGB", (THUMB_SIDE, THUMB_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((THUMB_SIDE, THUMB_SIDE))
    upright.save(target, "JPEG", quality=_QUALITY)
    turned = (upright.width > upright.height) != (width > height)
    return (height, width) if turned else (width, height)
