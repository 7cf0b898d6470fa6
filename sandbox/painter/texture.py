"""Brushes that styles and scenes share: brightness, blur, clouds, gradients, spots of light.

Pictures here run from 0 to 1 ("light"); sides are squares.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sandbox.painter.pixels import Floats, from_light, to_light

Colour: TypeAlias = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""
Brush: TypeAlias = Callable[[Floats, np.random.Generator], Floats]
"""Turns a picture into another of the same size, with chance."""

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def tint(*colour: float) -> Floats:
    """Make a colour, or a factor for each colour, that can be multiplied with a picture."""
    return np.array(colour, np.float32)


def luma(picture: Floats) -> Floats:
    """Give the brightness of a picture, shape (height, width)."""
    return picture @ _LUMA


def grey(brightness: Floats) -> Floats:
    """Make a picture of one brightness in all three colours."""
    return np.repeat(brightness[..., None], 3, -1)


def vivid(picture: Floats, amount: float) -> Floats:
    """Push colours away from grey; a negative amount pulls them toward it."""
    return picture + (picture - luma(picture)[..., None]) * np.float32(amount)


def mixed(one: Floats, other: Floats, share: Floats | float) -> Floats:
    """Mix two pictures; `share` 1 is the other. A plane (height, width) mixes place by place."""
    if isinstance(share, np.ndarray):
        return one + (other - one) * share[..., None]
    return one + (other - one) * np.float32(share)


def blur(values: Floats, radius: float) -> Floats:
    """Blur a picture or a plane."""
    return to_light(from_light(values).filter(ImageFilter.GaussianBlur(radius)))


def slope(plane: Floats) -> tuple[Floats, Floats]:
    """Give the change of a plane from left to right and from top to bottom."""
    down, across = np.gradient(plane)
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def clouds(rng: np.random.Generator, side: int, smoothness: float = 1.6) -> Floats:
    """Draw noise whose waves fall with the power `smoothness` of their frequency, squeezed to 0 to 1."""
    frequency = np.hypot(np.fft.fftfreq(side, 1 / side)[:, None], np.fft.rfftfreq(side, 1 / side)[None])
    frequency[0, 0] = 1
    waves = np.fft.rfft2(rng.normal(size=(side, side))) / frequency**smoothness
    noise = np.fft.irfft2(waves, s=(side, side))
    noise = (noise - noise.mean()) / noise.std()
    return (1 / (1 + np.exp(-1.5 * noise))).astype(np.float32)


def rim_distance(side: int) -> tuple[Floats, Floats]:
    """Give each pixel's place from -1 to 1: across and down, each (side, side)."""
    line = np.linspace(-1, 1, side, dtype=np.float32)
    down, across = np.meshgrid(line, line, indexing="ij")
    return across, down


def gradient(side: int, *stops: tuple[float, Colour]) -> Floats:
    """Paint bands of colour from top (0) to bottom (1), blended between the stops."""
    line, places = np.linspace(0, 1, side), [place for place, _ in stops]
    columns = [np.interp(line, places, [colour[k] for _, colour in stops]) for k in range(3)]
    return np.repeat(np.stack(columns, -1)[:, None], side, 1).astype(np.float32)


def lights(
    picture: Floats,
    rng: np.random.Generator,
    count: int,
    colours: Sequence[Colour],
    size: tuple[float, float] = (0.012, 0.04),
    lowest: float = 1.0,
) -> Floats:
    """Add spots of light out of focus; sizes are shares of the side, `lowest` how far down they reach."""
    side = len(picture)
    image = Image.new("RGB", (side, side))
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(count):
        radius = side * rng.uniform(*size)
        x, y = rng.uniform(0, side), rng.uniform(0, side * lowest)
        red, green, blue = (int(value * 255) for value in colours[int(rng.integers(len(colours)))])
        fill = (red, green, blue, int(rng.uniform(60, 170)))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
    return (picture + blur(to_light(image), side / 300)).clip(0, 1)
