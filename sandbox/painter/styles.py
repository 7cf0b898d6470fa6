"""Styles: each turns a finished picture into another way of making pictures."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from sandbox.painter.inks import cartoon, neon, sketch, watercolour
from sandbox.painter.pixels import Floats, from_light, to_light
from sandbox.painter.strokes import oil, van_gogh
from sandbox.painter.texture import Brush, grey, luma, rim_distance, tint, vivid

PIXELS, PALETTE = 64, 20
"""Side and number of colours of pixel art."""
TILES = 56
"""Mosaic tiles along a side."""
JOINT = 0.06
"""Half the width of the joint between tiles, as a share of a tile."""
POP_PALETTES = np.array(
    [
        [[0.12, 0.05, 0.35], [0.95, 0.1, 0.5], [1, 0.75, 0.1], [1, 0.97, 0.8]],
        [[0.05, 0.2, 0.3], [0.1, 0.6, 0.7], [1, 0.45, 0.2], [1, 0.95, 0.6]],
        [[0.3, 0.02, 0.1], [0.2, 0.3, 0.9], [0.4, 0.9, 0.4], [0.95, 1, 0.8]],
        [[0.05, 0.05, 0.1], [0.6, 0.1, 0.7], [0.2, 0.85, 0.9], [1, 1, 0.85]],
    ],
    np.float32,
)
"""Four colours, dark to light, for each of the four prints."""


def black_and_white(picture: Floats, _rng: np.random.Generator) -> Floats:
    """Take the colours away and add a little contrast."""
    return grey(((luma(picture) - 0.5) * 1.15 + 0.5).clip(0, 1))


def sepia(picture: Floats, _rng: np.random.Generator) -> Floats:
    """Tone in brown."""
    return luma(picture)[..., None] * tint(1.08, 0.88, 0.65) + np.float32(0.03)


def vintage(picture: Floats, rng: np.random.Generator) -> Floats:
    """Fade like an old print: warm, low contrast, dark corners, grain."""
    side = len(picture)
    faded = picture * tint(0.884, 0.816, 0.697) + tint(0.09, 0.06, 0.08)
    across, down = rim_distance(side)
    corners = 1 - 0.35 * (across**2 + down**2 - 0.5).clip(0, 1)
    return faded * corners[..., None] + rng.normal(0, 0.025, (side, side, 1)).astype(np.float32)


def pop_art(picture: Floats, rng: np.random.Generator) -> Floats:
    """Print it four times in four colours each."""
    side = len(picture)
    small = luma(to_light(from_light(picture).resize((side // 2, side // 2))))
    low, high = np.quantile(small, 0.05), np.quantile(small, 0.95)
    tone = (((small - low) / (high - low + 1e-3)).clip(0, 1) * 4).astype(int).clip(0, 3)
    prints = [POP_PALETTES[k][tone] for k in rng.permutation(4)]
    sheet = np.concatenate([np.concatenate(prints[:2], 1), np.concatenate(prints[2:], 1)])
    return to_light(from_light(sheet).resize((side, side)))


def pixel(picture: Floats, _rng: np.random.Generator) -> Floats:
    """Reduce to large pixels in few colours."""
    side = len(picture)
    small = from_light(vivid(picture, 0.3)).resize((PIXELS, PIXELS), Image.Resampling.BOX)
    few = small.quantize(PALETTE, dither=Image.Dither.NONE).convert("RGB")
    return to_light(few.resize((side, side), Image.Resampling.NEAREST))


def mosaic(picture: Floats, rng: np.random.Generator) -> Floats:
    """Lay tiles of uneven tone with dark joints between them."""
    side = len(picture)
    tiles = to_light(from_light(vivid(picture, 0.4)).resize((TILES, TILES), Image.Resampling.BOX))
    tiles = tiles * (1 + rng.normal(0, 0.09, (TILES, TILES, 1)).astype(np.float32))
    laid = to_light(from_light(tiles).resize((side, side), Image.Resampling.NEAREST))
    place = np.arange(side) * TILES / side % 1
    joint = np.minimum(place, 1 - place) < JOINT
    return np.where((joint[:, None] | joint[None])[..., None], laid * 0.4 + 0.05, laid).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Style:
    """The phrases that call a style, and what it does."""

    phrases: tuple[str, ...]
    brush: Brush


STYLES = (
    Style(("pencil", "sketch", "drawing", "charcoal"), sketch),
    Style(("watercolor", "watercolour", "aquarelle"), watercolour),
    Style(("van gogh", "vangogh", "impressionist", "monet"), van_gogh),
    Style(("oil painting", "oil", "painting", "painted", "brush"), oil),
    Style(("cartoon", "comic", "anime", "pixar", "disney", "illustration"), cartoon),
    Style(("pop art", "warhol"), pop_art),
    Style(("pixel", "pixel art", "8-bit", "8bit", "minecraft"), pixel),
    Style(("neon", "cyberpunk", "synthwave"), neon),
    Style(("mosaic",), mosaic),
    Style(("black and white", "monochrome", "b&w", "noir"), black_and_white),
    Style(("sepia",), sepia),
    Style(("vintage", "polaroid", "retro", "film"), vintage),
)
"""The first style that a prompt names is the one that is used."""
