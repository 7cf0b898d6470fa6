"""Measures a picture with Pillow alone, in a few milliseconds: sharpness, likeness, shadows and lights."""

import struct
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageMath

from workers.squares import SIDE, Squares

DARK, BRIGHT = 8, 247
"""Luminance up to which a pixel is nearly black, and from which it is nearly white."""
_TILES = 8
_PERCENTILE = 0.9
_ZERO = 1024
"""What the filter adds, for it knows no numbers below 0; a Laplacian of bytes lies within ±1020."""
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=_ZERO)
_HASH = (9, 8)


@dataclass(frozen=True)
class Measured:
    """See the fields of the same names in `Judged`."""

    sharpness: float
    dhash: str
    dark: float
    bright: float


def measure(made: Squares, shorter: int) -> Measured:
    """Measure a picture by its squares; `shorter` is the shorter side of the original in pixels."""
    whole = made.whole.convert("L")
    counts = whole.histogram()
    pixels = whole.width * whole.height
    return Measured(
        sharpness=_sharpness(made.crop.convert("L"), shorter),
        dhash=_dhash(whole),
        dark=sum(counts[: DARK + 1]) / pixels,
        bright=sum(counts[BRIGHT:]) / pixels,
    )


def _sharpness(crop: Image.Image, shorter: int) -> float:
    """Give the 90th percentile of the tiles' variances: a sharp cat on a blurred ground is sharp.

    A small original is looked at in its own size, for enlarging it blurs it: that it is small is another matter.
    """
    tile = max(1, min(SIDE, shorter) // _TILES)
    size = tile * _TILES
    grey = crop if size == SIDE else crop.resize((size, size), Image.Resampling.LANCZOS)
    variances = sorted(_tile_variances(_laplacian(grey), tile))
    return variances[int(_PERCENTILE * len(variances))]


def _laplacian(grey: Image.Image) -> Image.Image:
    """Give the Laplacian as floats; the outermost pixels, which the filter passes over, are 0."""
    found = grey.convert("I").filter(_LAPLACIAN).convert("F").point(lambda value: value - _ZERO)
    inner = 1, 1, grey.width - 1, grey.height - 1
    framed = Image.new("F", grey.size)
    framed.paste(found.crop(inner), inner)
    return framed


def _tile_variances(values: Image.Image, tile: int) -> list[float]:
    squared = ImageMath.lambda_eval(lambda names: names["v"] * names["v"], v=values)
    means, mean_squares = values.reduce(tile), squared.reduce(tile)
    variances = ImageMath.lambda_eval(lambda names: names["s"] - names["m"] * names["m"], s=mean_squares, m=means)
    return list(struct.unpack(f"={variances.width * variances.height}f", variances.tobytes()))


def _dhash(whole: Image.Image) -> str:
    """Give 64 bits, one for each pixel of 8×8 that is lighter than its right neighbour, as 16 hexadecimal digits."""
    small = whole.resize(_HASH, Image.Resampling.BOX).tobytes()
    width, height = _HASH
    bits = 0
    for row in range(height):
        for column in range(width - 1):
            place = row * width + column
            bits = bits << 1 | (small[place] > small[place + 1])
    return f"{bits:016x}"
