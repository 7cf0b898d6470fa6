"""Scenes: a painted, out-of-focus background that comes in from the rim, a colour grade, and weather."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from sandbox.painter import backdrops, weather
from sandbox.painter.pixels import Floats, from_light, to_light
from sandbox.painter.texture import Brush, Colour, clouds, mixed, rim_distance, tint

Backdrop = Callable[[int, np.random.Generator], Floats]
"""Paints a background of a side in pixels."""
SHARE = 0.88
"""Side of the subject's part of the picture, as a share of the whole."""
CAST = 0.28
"""How much of the background's colour falls on the subject."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The phrases that call a scene, its background, the grade of the subject, and the weather before it."""

    phrases: tuple[str, ...]
    backdrop: Backdrop | None = None
    grade: Colour = (1.0, 1.0, 1.0)
    weather: Brush | None = None


SCENES = (
    Scene(("space", "galaxy", "moon", "planet", "stars"), backdrops.space, (0.85, 0.88, 1.1)),
    Scene(("beach", "sea", "ocean", "island", "tropical"), backdrops.beach, (1.06, 1.02, 0.95)),
    Scene(("snow", "winter", "ice", "christmas", "arctic"), backdrops.snow, (0.95, 1.0, 1.08), weather.flakes),
    Scene(("forest", "jungle", "garden", "park", "grass", "woods", "tree"), backdrops.forest, (0.97, 1.03, 0.92)),
    Scene(("sunset", "sunrise", "dusk", "golden hour"), backdrops.sunset, (1.15, 0.95, 0.78)),
    Scene(("underwater", "aquarium", "diving"), backdrops.underwater, (0.65, 0.95, 1.1)),
    Scene(("mountain", "mountains", "alps", "hill"), backdrops.mountains),
    Scene(("desert", "mars", "sahara", "dune"), backdrops.desert, (1.1, 1.0, 0.85)),
    Scene(("city", "street", "new york", "tokyo", "paris", "night"), backdrops.city, (0.85, 0.82, 1.0)),
    Scene(("rain", "storm"), None, (0.9, 0.95, 1.03), weather.rain),
    Scene(("fog", "mist", "cloud", "clouds"), None, (1.0, 1.0, 1.0), weather.fog),
)
"""The first scene that a prompt names is the one that is painted."""


def stage(picture: Floats, scene: Scene, rng: np.random.Generator) -> Floats:
    """Put a picture into a scene."""
    graded = picture * tint(*scene.grade)
    if scene.backdrop is not None:
        graded = _before(scene.backdrop(len(picture), rng).clip(0, 1).astype(np.float32), graded, rng)
    return graded if scene.weather is None else scene.weather(graded.clip(0, 1), rng)


def _before(back: Floats, picture: Floats, rng: np.random.Generator) -> Floats:
    """Place the picture, smaller, at the middle of the background's lower edge, in the background's light."""
    side = len(back)
    inner = round(side * SHARE)
    small = to_light(from_light(picture).resize((inner, inner), Image.Resampling.LANCZOS))
    tone = back.mean((0, 1))
    lit = small * (1 - CAST + CAST * tone / (tone.mean() + 1e-3))
    left, top = (side - inner) // 2, side - inner
    result = back.copy()
    place = result[top:, left : left + inner]
    place[:] = mixed(place, lit, oval(inner, rng))
    return result


def oval(side: int, rng: np.random.Generator) -> Floats:
    """Draw where the subject stays: a soft, uneven oval like a portrait vignette, 1 inside and 0 at the rim.

    An outline would cut into subjects that it misjudges; this never does.
    """
    across, down = rim_distance(side)
    upright = np.where(down < 0, down, down / 1.6)
    radius = (np.abs(across) ** 3 + np.abs(upright) ** 3) ** (1 / 3)
    edge = ((radius + 0.16 * (clouds(rng, side) - 0.5) - 0.64) / 0.30).clip(0, 1)
    return (1 - edge * edge * (3 - 2 * edge)).astype(np.float32)
