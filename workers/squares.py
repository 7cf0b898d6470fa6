"""Makes the two squares that a model can learn from: the middle of a picture, and the whole of it on a ground."""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageStat

from workers.colours import flat_srgb, scalable

SIDE = 512
"""Stable Diffusion 2.1-base is trained at 512×512."""
QUALITY = 95
REDUCE_FIRST = 2.0
"""Pictures more than twice as large as twice what is wanted are first averaged down, which is quick and not seen."""
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by its EXIF orientation."""
_LIES = range(5, 9)
"""Orientations that swap width and height."""
_BLUR, _BLURRED_AT = 4, 64
"""The ground is blurred at an eighth of its size, which is as good and takes no time."""
_PLAIN = 6.0
"""Standard deviation up to which the edge of a picture is one colour, JPEG's noise included."""


@dataclass(frozen=True)
class Squares:
    """A picture's middle at 512×512, and the whole of it with a longer side of 512; upright, sRGB."""

    crop: Image.Image
    whole: Image.Image


def orientation(image: Image.Image) -> int:
    """Read the EXIF orientation, 1 to 8; EXIF that cannot be read says nothing."""
    try:
        told = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error):
        return 1
    return told if told in _UPRIGHT else 1


def upright_size(size: tuple[int, int], told: int) -> tuple[int, int]:
    """Give width and height of a picture once it is turned."""
    return (size[1], size[0]) if told in _LIES else size


def squares(image: Image.Image, told: int) -> Squares:
    """Scale a decoded picture both ways, then turn it upright and mend its colours, which is quick on small ones."""
    profile = image.info.get("icc_profile")
    plain = scalable(image)
    width, height = plain.size
    side, longer = min(width, height), max(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    size = max(1, round(SIDE * width / longer)), max(1, round(SIDE * height / longer))
    middle = _scaled(plain, (SIDE, SIDE), (left, top, left + side, top + side))
    whole = middle if width == height else _scaled(plain, size, (0, 0, width, height))
    crop = _finished(middle, told, profile)
    return Squares(crop, crop if whole is middle else _finished(whole, told, profile))


def _scaled(image: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=REDUCE_FIRST)


def _finished(small: Image.Image, told: int, profile: bytes | None) -> Image.Image:
    turn = _UPRIGHT.get(told)
    return flat_srgb(small if turn is None else small.transpose(turn), profile)


def fit(made: Squares) -> Image.Image:
    """Lay the whole picture on a square: on its own colour where its edges are plain, else on its blurred middle."""
    if made.whole.size == (SIDE, SIDE):
        return made.whole
    ground = _ground(made)
    ground.paste(made.whole, ((SIDE - made.whole.width) // 2, (SIDE - made.whole.height) // 2))
    return ground


def _ground(made: Squares) -> Image.Image:
    width, height = made.whole.size
    lies = width > height
    ends = (0, 0, width, 1), (0, height - 1, width, height)
    sides = (0, 0, 1, height), (width - 1, 0, width, height)
    edge = Image.new("RGB", (max(width, height), 2))
    for row, box in enumerate(ends if lies else sides):
        strip = made.whole.crop(box)
        edge.paste(strip if lies else strip.transpose(Image.Transpose.ROTATE_90), (0, row))
    told = ImageStat.Stat(edge)
    if max(told.stddev) <= _PLAIN:
        return Image.new("RGB", (SIDE, SIDE), (round(told.mean[0]), round(told.mean[1]), round(told.mean[2])))
    tiny = made.crop.resize((_BLURRED_AT, _BLURRED_AT), Image.Resampling.BOX)
    return tiny.filter(ImageFilter.GaussianBlur(_BLUR)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image) -> bytes:
    """Write a square out, with nothing but its pixels."""
    bare, out = image.copy(), io.BytesIO()
    bare.info = {}  # Pillow writes a comment that it finds there
    bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
