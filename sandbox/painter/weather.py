"""Weather in front of a scene: snow flakes, rain, fog."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sandbox.painter.pixels import Floats, to_light
from sandbox.painter.texture import clouds, mixed

FLAKES, DROPS = 260, 420
"""How many fall."""


def flakes(picture: Floats, rng: np.random.Generator) -> Floats:
    """Let snow fall."""
    side = len(picture)
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    for _ in range(FLAKES):
        radius = side * rng.uniform(0.0015, 0.007)
        x, y = rng.uniform(0, side, 2)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=int(rng.uniform(120, 255)))
    cover = to_light(image.filter(ImageFilter.GaussianBlur(side / 420)))
    return mixed(picture, np.ones_like(picture), cover)


def rain(picture: Floats, rng: np.random.Generator) -> Floats:
    """Let rain fall, slanted, in a dimmer light."""
    side = len(picture)
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    for _ in range(DROPS):
        x, y = rng.uniform(-0.1 * side, side), rng.uniform(-0.1 * side, side)
        length = side * rng.uniform(0.02, 0.06)
        draw.line((x, y, x + length * 0.25, y + length), fill=int(rng.uniform(60, 170)))
    streaks = to_light(image.filter(ImageFilter.GaussianBlur(0.6)))
    return picture * np.float32(0.85) + np.float32(0.6) * streaks[..., None]


def fog(picture: Floats, rng: np.random.Generator) -> Floats:
    """Let fog lie, thicker toward the ground."""
    side = len(picture)
    ground = np.linspace(0.6, 1.2, side, dtype=np.float32)[:, None]
    cover = 0.25 + 0.5 * clouds(rng, side, 1.8) * ground
    return mixed(picture, np.full_like(picture, 0.86), cover.clip(0, 1))
