"""Styles made of lines and washes: pencil, watercolour, cartoon, neon."""

import numpy as np

from sandbox.painter.pixels import Floats, box_mean
from sandbox.painter.texture import blur, clouds, grey, luma, mixed, rim_distance, slope, tint, vivid

PAPER = (0.97, 0.96, 0.93)
"""Colour of watercolour paper."""
HUES = (0.0, 0.45, 0.7)
"""Where red, green and blue peak on the circle of neon colours."""


def sketch(picture: Floats, rng: np.random.Generator) -> Floats:
    """Draw with a pencil on grained paper."""
    side = len(picture)
    bright = luma(picture)
    dodge = (bright / (1.0001 - blur(1 - bright, 9 * side / 512))).clip(0, 1) ** 1.6
    return grey(dodge * (0.92 + 0.12 * clouds(rng, side, 0.4)))


def watercolour(picture: Floats, rng: np.random.Generator) -> Floats:
    """Wash flat patches of thin colour, darker at their edges, on paper that shows at the rim."""
    side = len(picture)
    scale = side / 512
    wash = flattened(flattened(picture, max(2, int(5 * scale))), max(1, int(3 * scale)))
    wash = mixed(wash, flattened(picture, max(1, int(2 * scale))), _detail(picture))
    across, down = slope(luma(blur(wash, scale)))
    pooled = (np.hypot(across, down) * (4 * scale)).clip(0, 0.45)
    thin = 1 - (1 - wash) * (0.75 + 0.4 * clouds(rng, side, 1.5))[..., None]
    thin = vivid(thin * (1 - pooled)[..., None], 0.3)
    rim = np.maximum(*(np.abs(place) for place in rim_distance(side)))
    bare = ((rim + 0.16 * (clouds(rng, side, 1.2) - 0.5) - 0.88) * 14).clip(0, 1)
    paper = np.broadcast_to(tint(*PAPER), picture.shape)
    return mixed(thin, paper, bare) - np.float32(0.03) * clouds(rng, side, 0.3)[..., None]


def cartoon(picture: Floats, _rng: np.random.Generator) -> Floats:
    """Flatten colours to a few tones and draw dark outlines."""
    scale = len(picture) / 512
    flat = flattened(flattened(picture, max(2, int(4 * scale))), max(2, int(3 * scale)))
    bright = luma(flat)
    steps = np.floor(bright * 6 + 0.5) / 6
    flat = vivid(flat * ((steps + 0.12) / (bright + 0.12))[..., None], 0.5)
    edge = luma(blur(picture, 1.3 * scale)) - 0.98 * luma(blur(picture, 2.6 * scale))
    line = 1 / (1 + np.exp(-(edge + 0.006) * 160))
    return flat * line[..., None] ** 0.8


def neon(picture: Floats, _rng: np.random.Generator) -> Floats:
    """Let contours glow in the dark, coloured by their direction."""
    scale = len(picture) / 512
    across, down = slope(luma(blur(picture, 1.2 * scale)))
    edge = (np.hypot(across, down) * (14 * scale)).clip(0, 1)
    turn = (np.arctan2(down, across) / np.pi + 1) / 2
    hue = np.stack([0.5 + 0.5 * np.cos(2 * np.pi * (turn + peak)) for peak in HUES], -1)
    glow = (edge[..., None] * hue).astype(np.float32)
    return picture * tint(0.16, 0.10, 0.30) + glow + blur(glow, 5 * scale) * np.float32(1.4)


def flattened(picture: Floats, radius: int) -> Floats:
    """Give each pixel the mean of its calmest neighbouring square (Kuwahara's filter)."""
    bright = luma(picture)
    mean = box_mean(picture, radius)
    unrest = box_mean(bright * bright, radius) - box_mean(bright, radius) ** 2
    calmest, result = np.full_like(unrest, np.inf), mean
    for shift in ((y, x) for y in (-radius, radius) for x in (-radius, radius)):
        here = np.roll(unrest, shift, (0, 1))
        result = np.where((here < calmest)[..., None], np.roll(mean, shift, (0, 1)), result)
        calmest = np.minimum(here, calmest)
    return result


def _detail(picture: Floats) -> Floats:
    """Say where small features crowd, 0 to 1: eyes and faces keep a finer wash."""
    side = len(picture)
    bright = luma(picture)
    fine = np.abs(bright - luma(blur(picture, side / 100)))
    return ((box_mean(fine, max(2, side // 40)) - np.float32(0.025)) * 30).clip(0, 1)
