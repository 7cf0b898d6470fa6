"""Painted backgrounds, out of focus: each takes a side in pixels and gives a picture from 0 to about 1."""

import numpy as np

from sandbox.painter.pixels import Floats
from sandbox.painter.texture import blur, clouds, gradient, lights, rim_distance, tint

_RIDGES = ((0.42, (0.58, 0.66, 0.78)), (0.55, (0.38, 0.48, 0.60)), (0.72, (0.22, 0.36, 0.26)))
"""Height and colour of the mountain chains, the farthest first."""
_WOODED = 0.6
"""Clouds above this stand for a wood far off."""


def space(side: int, rng: np.random.Generator) -> Floats:
    """Violet and teal nebulae with stars."""
    violet, teal = clouds(rng, side, 1.7)[..., None] ** 3, clouds(rng, side, 1.7)[..., None] ** 3
    nebula = 0.04 + 0.5 * violet * tint(0.5, 0.15, 0.75) + 0.45 * teal * tint(0.1, 0.35, 0.7)
    stars = np.zeros((side, side), np.float32)
    count = side * side // 700
    stars[rng.integers(0, side, count), rng.integers(0, side, count)] = rng.uniform(0.2, 1, count) ** 3
    return nebula + (stars * np.float32(0.7) + blur(stars, 0.7) * np.float32(2.5))[..., None]


def beach(side: int, rng: np.random.Generator) -> Floats:
    """Sky, a green sea, foam and sand."""
    bands = gradient(
        side,
        (0, (0.35, 0.65, 0.95)),
        (0.42, (0.80, 0.92, 0.98)),
        (0.425, (0.12, 0.5, 0.65)),
        (0.62, (0.25, 0.75, 0.75)),
        (0.66, (0.95, 0.97, 0.95)),
        (0.69, (0.88, 0.78, 0.58)),
        (1, (0.80, 0.67, 0.46)),
    )
    soft = blur(bands + _uneven(rng, side, 0.12, 1.4), side / 90)
    return soft + _uneven(rng, side, 0.03, 0.2)


def snow(side: int, rng: np.random.Generator) -> Floats:
    """A grey sky with a wood far off, over white ground."""
    bands = gradient(
        side,
        (0, (0.62, 0.70, 0.80)),
        (0.5, (0.80, 0.86, 0.92)),
        (0.55, (0.92, 0.95, 0.98)),
        (1, (0.97, 0.98, 1)),
    )
    wood = (clouds(rng, side, 1.5) > _WOODED)[..., None] * np.linspace(1, 0, side, dtype=np.float32)[:, None, None]
    return blur(lights(bands - np.float32(0.25) * wood, rng, 60, [(0.4, 0.4, 0.45)]), side / 60)


def forest(side: int, rng: np.random.Generator) -> Floats:
    """Dark greens with light falling through the leaves."""
    leaves = clouds(rng, side, 1.3)[..., None] * tint(0.25, 0.48, 0.16)
    sky = np.linspace(1, 0, side, dtype=np.float32)[:, None, None] ** 3 * tint(0.8, 0.9, 0.4)
    greens = [(0.35, 0.5, 0.15), (0.5, 0.6, 0.2), (0.2, 0.35, 0.1)]
    return lights(blur(0.10 + leaves + 0.35 * sky, side / 50), rng, 70, greens, lowest=0.7)


def sunset(side: int, rng: np.random.Generator) -> Floats:
    """A red and gold sky, the sun above a dark land."""
    bands = gradient(
        side,
        (0, (0.20, 0.16, 0.42)),
        (0.35, (0.75, 0.30, 0.42)),
        (0.6, (1, 0.58, 0.25)),
        (0.70, (1, 0.80, 0.42)),
        (0.705, (0.20, 0.10, 0.18)),
        (1, (0.08, 0.05, 0.12)),
    )
    across, down = rim_distance(side)
    away = (across - rng.uniform(-0.7, 0.7)) ** 2 + (down - 0.24) ** 2
    sun = np.exp(-away / np.float32(0.024))[..., None] * tint(1, 0.9, 0.5)
    veil = _uneven(rng, side, 0.15, 1.7) * tint(1, 0.6, 0.5)
    return blur(bands + sun + veil, side / 110)


def city(side: int, rng: np.random.Generator) -> Floats:
    """Street lights at night."""
    dark = gradient(side, (0, (0.03, 0.04, 0.12)), (1, (0.10, 0.06, 0.14)))
    lamps = [(1, 0.7, 0.25), (1, 0.35, 0.3), (0.3, 0.6, 1), (0.9, 0.3, 0.8), (1, 0.9, 0.7)]
    haze = blur(dark + np.float32(0.08) * clouds(rng, side, 1.5)[..., None], side / 60)
    return lights(haze, rng, 110, lamps, (0.012, 0.045))


def underwater(side: int, rng: np.random.Generator) -> Floats:
    """Blue depth with rays from the surface, and bubbles."""
    rays = (1 - np.abs(clouds(rng, side, 1.3) - 0.5) * 2) ** 6
    depth = gradient(side, (0, (0.25, 0.75, 0.85)), (1, (0.01, 0.15, 0.35)))
    fading = np.linspace(0.35, 0.035, side, dtype=np.float32)[:, None]
    return lights(blur(depth + (rays * fading)[..., None], side / 150), rng, 40, [(0.5, 0.8, 0.9)], (0.004, 0.015))


def mountains(side: int, rng: np.random.Generator) -> Floats:
    """Three chains of mountains under a clear sky."""
    picture = gradient(side, (0, (0.40, 0.62, 0.90)), (0.6, (0.88, 0.92, 0.97)), (1, (0.8, 0.85, 0.8)))
    down = np.linspace(0, 1, side)[:, None]
    for height, colour in _RIDGES:
        ridge = height + 0.10 * _ridge(side, rng)
        rock = tint(*colour) * (1 + 0.1 * (clouds(rng, side, 1.2) - 0.5))[..., None]
        picture = np.where((down > ridge[None])[..., None], rock, picture)
    return blur(picture, side / 160)


def _ridge(side: int, rng: np.random.Generator) -> Floats:
    """Draw a jagged line from -1 to 1 that begins and ends at 0."""
    steps = rng.normal(size=side)
    walk = np.cumsum(steps - steps.mean())
    return walk / np.float32(np.abs(walk).max() + 1e-6)


def desert(side: int, rng: np.random.Generator) -> Floats:
    """Sand under a pale sky."""
    bands = gradient(
        side,
        (0, (0.45, 0.70, 0.92)),
        (0.5, (0.95, 0.90, 0.78)),
        (0.52, (0.85, 0.62, 0.36)),
        (1, (0.70, 0.45, 0.22)),
    )
    return blur(bands + _uneven(rng, side, 0.12, 1.5), side / 110)


def _uneven(rng: np.random.Generator, side: int, amount: float, smoothness: float) -> Floats:
    return np.float32(amount) * (clouds(rng, side, smoothness) - np.float32(0.5))[..., None]
