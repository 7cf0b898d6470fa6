"""What a prompt can ask of the model beside its words: the usual values, the ranges, and sizes by ratio."""

import math

COUNT_MOST = 4
SEED_MOST = 2**32 - 1
STEPS, STEPS_MOST = 50, 150
"""Diffusers' default, which the container takes as well; more than the most shows no difference."""
GUIDANCE, GUIDANCE_MOST = 7.5, 20
"""As above."""
GUIDANCE_IGNORED = 1
"""Up to here the container paints without guidance, and without looking at the negative prompt."""
SIDE = 512
"""Pixels that the model was trained with; other sizes can come back black."""
SIDE_LEAST, SIDE_MOST = 256, 1024
SIDE_STEP = 8
"""The container refuses sides that are no multiple of it."""
PIXELS_MOST = 800_000
RATIO_MOST = SIDE_MOST // SIDE_LEAST
"""How much longer one side may be than the other."""


def fits(width: int, height: int) -> bool:
    """Tell whether the model paints this size, in pixels."""
    return width * height <= PIXELS_MOST and all(_side(side) == side for side in (width, height))


def nearest(width: int, height: int) -> tuple[int, int]:
    """Give the size that fits and is like this one, made smaller where it has too many pixels."""
    width, height = max(1, width), max(1, height)
    shrink = min(1.0, SIDE_MOST / max(width, height), math.sqrt(PIXELS_MOST / (width * height)))
    sides = _side(width * shrink), _side(height * shrink)
    while sides[0] * sides[1] > PIXELS_MOST:
        sides = _side(sides[0] - SIDE_STEP), _side(sides[1] - SIDE_STEP)
    return sides


def of_ratio(across: int, down: int) -> tuple[int, int]:
    """Give the size in this ratio that is nearest to as many pixels as the model was trained with."""
    lean = math.sqrt(across / down)
    return _side(SIDE * lean), _side(SIDE / lean)


def _side(length: float) -> int:
    """Round to a side that the model paints."""
    return min(SIDE_MOST, max(SIDE_LEAST, round(length / SIDE_STEP) * SIDE_STEP))
