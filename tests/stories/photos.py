"""Photos for the stories, good and bad, as files that a person would drop."""

from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageEnhance, ImageFilter

File = tuple[str, bytes]
"""A file's name, and what is in it."""


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def blurred(photo: Path) -> File:
    """A photo in which nothing is in focus."""
    return "blurred.jpg", jpeg(Image.open(photo).filter(ImageFilter.GaussianBlur(9)))


def tiny(photo: Path) -> File:
    """A photo of 20 px."""
    return "tiny.jpg", jpeg(Image.open(photo).resize((20, 20)))


def black() -> File:
    """A photo with the lens cap on."""
    return "black.jpg", jpeg(Image.new("RGB", (700, 700)))


def alike(photo: Path, place: int = 1) -> File:
    """Another one of the same burst: a few pixels aside, a little lighter."""
    picture = Image.open(photo)
    moved = picture.crop((place, place, picture.width, picture.height))
    return f"burst-{place:02}.jpg", jpeg(ImageEnhance.Brightness(moved).enhance(1 + place / 100))


def unlike(count: int) -> list[File]:
    """Small sharp photos, each unlike all others."""
    tiles = [Image.frombytes("RGB", (8, 8), Random(place).randbytes(192)) for place in range(count)]  # noqa: S311 - pictures
    return [(f"tile-{place:02}.jpg", jpeg(tile.resize((96, 96), 0))) for place, tile in enumerate(tiles)]
