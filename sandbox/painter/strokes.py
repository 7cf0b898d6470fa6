"""Painting with strokes: lines of colour laid along the picture's contours, from wide brushes to fine ones."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sandbox.painter.pixels import Floats, box_mean, from_light, to_light
from sandbox.painter.texture import blur, clouds, luma, slope, tint, vivid

_Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Brush:
    """A brush: its size as a share of the side, and the error from which it paints over what is there."""

    size: float
    above: float


BRUSHES = (Brush(1 / 28, 0.0), Brush(1 / 52, 0.16), Brush(1 / 100, 0.16), Brush(1 / 210, 0.14))
"""The finest one is for what the others lose, above all small faces."""
BROAD = (*BRUSHES[:3], Brush(1 / 160, 0.24))
"""For a rougher manner: the finest strokes only where a face would be lost."""


def oil(picture: Floats, rng: np.random.Generator) -> Floats:
    """Paint in oil."""
    return _relief(_painted(picture, rng, 0.0, BRUSHES))


def van_gogh(picture: Floats, rng: np.random.Generator) -> Floats:
    """Paint with swirls, in stronger colours."""
    painted = _relief(_painted(picture, rng, 1.6, BROAD))
    return vivid(painted * tint(0.98, 1.0, 1.05), 0.35)


def _painted(picture: Floats, rng: np.random.Generator, swirl: float, brushes: tuple[Brush, ...]) -> Floats:
    side = len(picture)
    target = blur(picture, side / 400)
    angle = _directions(picture, rng, swirl)
    image = from_light(blur(picture, side / 64))
    for brush in brushes:
        _lay(image, target, angle, brush, rng)
    return to_light(image)


def _directions(picture: Floats, rng: np.random.Generator, swirl: float) -> Floats:
    """Give the angle of strokes at each pixel: along contours, and where there are none, in swirls."""
    side = len(picture)
    across, down = slope(luma(blur(picture, side / 102)))
    radius = max(2, side // 64)
    xx, yy, xy = (box_mean(product, radius) for product in (across * across, down * down, across * down))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.float32(np.pi / 2)
    if swirl:
        flat = np.exp(-np.sqrt(xx + yy) * 40)
        angle = angle + np.float32(swirl * np.pi) * (clouds(rng, side, 1.8) - np.float32(0.5)) * flat
    return angle.astype(np.float32)


def _lay(image: Image.Image, target: Floats, angle: Floats, brush: Brush, rng: np.random.Generator) -> None:
    """Lay one brush's strokes where the image is still too far from its target."""
    side = len(target)
    size = side * brush.size
    ys, xs = _spots(side, max(2, int(size * 0.75)), rng)
    error = np.abs(to_light(image) - target).sum(-1)[ys, xs]
    draw = ImageDraw.Draw(image)
    for k in rng.permutation(np.flatnonzero(error > brush.above)):
        y, x = int(ys[k]), int(xs[k])
        length = size * rng.uniform(1.1, 2.0)
        colour = target[y, x] * (1 + rng.normal(0, 0.06)) + rng.normal(0, 0.015, 3)
        red, green, blue = (int(value) for value in colour.clip(0, 1) * 255)
        dx, dy = np.cos(angle[y, x]) * length, np.sin(angle[y, x]) * length
        draw.line((x - dx, y - dy, x + dx, y + dy), fill=(red, green, blue), width=max(1, int(size * 0.8)))


def _spots(side: int, step: int, rng: np.random.Generator) -> tuple[_Places, _Places]:
    """Scatter points on an uneven grid: rows and columns."""
    line = np.arange(0, side, step)
    ys, xs = (place.ravel() for place in np.meshgrid(line, line, indexing="ij"))
    shift_y, shift_x = rng.integers(-step, step + 1, (2, ys.size))
    return np.clip(ys + shift_y, 0, side - 1), np.clip(xs + shift_x, 0, side - 1)


def _relief(picture: Floats) -> Floats:
    """Let the paint stand up a little, lit from the upper left."""
    bright = luma(picture)
    picture = picture + np.float32(0.35) * (bright - luma(blur(picture, 1.5)))[..., None]
    across, down = slope(luma(blur(picture, 0.7)))
    return vivid(picture + np.float32(0.5) * (across + down)[..., None], 0.25)
