"""Measures a picture with Pillow alone, in a few milliseconds: sharpness, likeness, shadows and lights."""

import struct
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageMath

from workers.squares import SIDE, Squares

DARK, BRIGHT = 8, 247
"""Luminance up to which a pixel is nearly black, and from which it is nearly white."""
_TILES = 8
_PERCENTILE = 0.9
_SOMETHING = 4.0
"""Variance of luminance above which a part of a picture shows something; the noise of JPEG stays below."""
_ZERO = 1024
"""What the filter adds, for it knows no numbers below 0; a Laplacian of bytes lies within ±1020."""
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=_ZERO)
_HASH = (9, 8)
_CELL, _CELL_SHOWS = 4, 16.0
"""Pixels, and variance of luminance, of the cells that show things on a plain ground; a line fills half of one."""
_FRAME = 1 / 32
"""Width of a picture's outermost part, of its shorter side."""
_GROUND = 0.995
"""Share of that part from which it is a ground that somebody chose, black or white, and no fault of the exposure."""


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
    dark, bright = _exposure(whole)
    return Measured(_sharpness(made.crop.convert("L"), shorter), _dhash(whole), dark, bright)


def _sharpness(crop: Image.Image, shorter: int) -> float:
    """Give the 90th percentile of the variances of tiles that show something: a sharp cat on a blurred ground is sharp.

    A small original is looked at in its own size, for enlarging it blurs it: that it is small is another matter.
    """
    tile = max(1, min(SIDE, shorter) // _TILES)
    size = tile * _TILES
    grey = crop if size == SIDE else crop.resize((size, size), Image.Resampling.LANCZOS)
    edges, shown = _variances(_laplacian(grey), tile), _variances(grey.convert("F"), tile)
    found = sorted(edge for edge, shows in zip(edges, shown, strict=True) if shows > _SOMETHING)
    return found[int(_PERCENTILE * len(found))] if found else 0.0


def _laplacian(grey: Image.Image) -> Image.Image:
    """Give the Laplacian as floats; the outermost pixels, which the filter passes over, are 0."""
    found = grey.convert("I").filter(_LAPLACIAN).convert("F").point(lambda value: value - _ZERO)
    inner = 1, 1, grey.width - 1, grey.height - 1
    framed = Image.new("F", grey.size)
    framed.paste(found.crop(inner), inner)
    return framed


def _variances(values: Image.Image, tile: int) -> tuple[float, ...]:
    """Give the variance of each tile, row by row, of a picture of floats; those at its ends may be narrower."""
    squared = ImageMath.lambda_eval(lambda names: names["v"] * names["v"], v=values)
    means, mean_squares = values.reduce(tile), squared.reduce(tile)
    variances = ImageMath.lambda_eval(lambda names: names["s"] - names["m"] * names["m"], s=mean_squares, m=means)
    return struct.unpack(f"={variances.width * variances.height}f", variances.tobytes())


def _dhash(whole: Image.Image) -> str:
    """Give 64 bits, one for each pixel of 8×8 that is lighter than its right neighbour, as 16 hexadecimal digits."""
    small = whole.resize(_HASH, Image.Resampling.LANCZOS).tobytes()
    width, height = _HASH
    bits = 0
    for row in range(height):
        for column in range(width - 1):
            place = row * width + column
            bits = bits << 1 | (small[place] > small[place + 1])
    return f"{bits:016x}"


def _exposure(whole: Image.Image) -> tuple[float, float]:
    """Give the shares of nearly black and nearly white pixels; on a ground of either, of what stands on it."""
    margin = max(1, round(_FRAME * min(whole.size)))
    inner = whole.crop((margin, margin, max(margin, whole.width - margin), max(margin, whole.height - margin)))
    counts = whole.histogram()
    frame = [every - within for every, within in zip(counts, inner.histogram(), strict=True)]
    if max(_shares(frame)) >= _GROUND:
        shown = whole.histogram(_shows_something(whole))
        counts = shown if sum(shown) else counts
    return _shares(counts)


def _shares(counts: list[int]) -> tuple[float, float]:
    total = sum(counts) or 1
    return sum(counts[: DARK + 1]) / total, sum(counts[BRIGHT:]) / total


def _shows_something(whole: Image.Image) -> Image.Image:
    """Give a mask of the cells that are not of one colour."""
    cells = -(-whole.width // _CELL), -(-whole.height // _CELL)
    marks = bytes(255 * (found > _CELL_SHOWS) for found in _variances(whole.convert("F"), _CELL))
    mask = Image.frombytes("L", cells, marks)
    return mask.resize((cells[0] * _CELL, cells[1] * _CELL), Image.Resampling.NEAREST).crop((0, 0, *whole.size))
