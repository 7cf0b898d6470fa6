"""Things the painter knows before it has seen a photo: simple pictures, drawn by code, of a few kinds of things.

They stand for what Stable Diffusion knows of the world. Each kind is a table of shapes; chance moves and
colours them, so no two pictures of a kind are the same.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from sandbox.painter import backdrops
from sandbox.painter.pixels import from_light
from sandbox.painter.texture import Colour, gradient

SIDE = 192
"""Side in pixels of a drawn picture."""
FINER = 2
"""How much larger it is drawn at first, for smooth edges."""
SCENERY = (
    backdrops.mountains,
    backdrops.beach,
    backdrops.forest,
    backdrops.desert,
    backdrops.sunset,
    backdrops.snow,
    backdrops.space,
    backdrops.city,
    backdrops.underwater,
)
"""What a picture of no thing in particular shows, one after another."""
PICTURES_KEPT = 128
"""Drawn pictures that stay in memory; they are not to be changed."""
SCENERY_WORD = "scenery"
"""The name of that kind."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An ellipse (two corners) or a polygon, on a scale from 0 to 1; `paint` is a place in the palette or a colour."""

    points: tuple[tuple[float, float], ...]
    paint: int | Colour
    round: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """The words that name a kind, its shapes from back to front, and the palettes it comes in."""

    words: frozenset[str]
    shapes: tuple[Shape, ...]
    palettes: tuple[tuple[Colour, ...], ...]


def _oval(x: float, y: float, wide: float, high: float, paint: int | Colour) -> Shape:
    return Shape(((x - wide, y - high), (x + wide, y + high)), paint, round=True)


def _cut(paint: int | Colour, *points: tuple[float, float]) -> Shape:
    return Shape(points, paint)


def _kind(words: str, shapes: tuple[Shape, ...], *palettes: tuple[Colour, ...]) -> Kind:
    return Kind(frozenset(words.split()), shapes, palettes)


_BLACK, _WHITE, _GLASS, _GREEN = (0.08, 0.07, 0.08), (0.95, 0.94, 0.92), (0.65, 0.8, 0.9), (0.25, 0.5, 0.2)
_ROSE, _CREAM, _INK, _STRAW = (0.85, 0.5, 0.5), (0.95, 0.9, 0.8), (0.2, 0.22, 0.35), (0.95, 0.8, 0.25)
_SKINS = ((0.93, 0.76, 0.64), (0.55, 0.37, 0.26), (0.8, 0.6, 0.45))
_EYES = (_oval(0.38, 0.5, 0.045, 0.045, _BLACK), _oval(0.62, 0.5, 0.045, 0.045, _BLACK))

KINDS: Mapping[str, Kind] = {
    "cat": _kind(
        "cat cats kitten kitty tomcat",
        (
            _cut(0, (0.2, 0.48), (0.24, 0.1), (0.48, 0.32)),
            _cut(0, (0.8, 0.48), (0.76, 0.1), (0.52, 0.32)),
            _oval(0.5, 0.54, 0.33, 0.3, 0),
            _oval(0.5, 0.68, 0.16, 0.11, 1),
            *_EYES,
            _cut(_ROSE, (0.45, 0.6), (0.55, 0.6), (0.5, 0.66)),
        ),
        ((0.32, 0.33, 0.37), (0.75, 0.76, 0.8)),
        ((0.1, 0.1, 0.12), (0.3, 0.3, 0.33)),
        ((0.93, 0.93, 0.95), (1, 1, 1)),
    ),
    "dog": _kind(
        "dog dogs puppy hound",
        (
            _oval(0.5, 0.5, 0.28, 0.34, 0),
            _oval(0.22, 0.45, 0.1, 0.27, 1),
            _oval(0.78, 0.45, 0.1, 0.27, 1),
            _oval(0.5, 0.7, 0.18, 0.16, 2),
            *_EYES,
            _oval(0.5, 0.64, 0.07, 0.05, _BLACK),
        ),
        ((0.72, 0.52, 0.3), (0.45, 0.28, 0.14), _CREAM),
        ((0.9, 0.85, 0.75), (0.55, 0.35, 0.2), _WHITE),
        ((0.3, 0.22, 0.18), (0.15, 0.1, 0.08), (0.7, 0.5, 0.35)),
    ),
    "person": _kind(
        "person man woman boy girl child people lady guy face human",
        (
            _oval(0.5, 0.32, 0.24, 0.28, 1),
            _oval(0.5, 1.0, 0.42, 0.32, 2),
            _cut(0, (0.42, 0.55), (0.58, 0.55), (0.58, 0.75), (0.42, 0.75)),
            _oval(0.5, 0.4, 0.18, 0.23, 0),
            _oval(0.43, 0.38, 0.025, 0.02, _BLACK),
            _oval(0.57, 0.38, 0.025, 0.02, _BLACK),
            _oval(0.5, 0.53, 0.07, 0.02, _ROSE),
        ),
        (_SKINS[0], (0.3, 0.18, 0.1), (0.2, 0.4, 0.35)),
        (_SKINS[1], _BLACK, (0.8, 0.7, 0.2)),
        (_SKINS[2], (0.15, 0.1, 0.1), (0.35, 0.25, 0.5)),
    ),
    "cup": _kind(
        "cup cups mug coffee tea espresso teacup",
        (
            _oval(0.74, 0.56, 0.15, 0.16, 0),
            _oval(0.74, 0.56, 0.08, 0.09, 2),
            _cut(0, (0.2, 0.35), (0.72, 0.35), (0.66, 0.82), (0.26, 0.82)),
            _oval(0.46, 0.35, 0.26, 0.09, 1),
            _oval(0.46, 0.36, 0.22, 0.065, (0.25, 0.14, 0.08)),
        ),
        ((0.25, 0.5, 0.75), _WHITE, (0.85, 0.83, 0.8)),
        ((0.3, 0.6, 0.45), _CREAM, (0.8, 0.8, 0.85)),
        (_WHITE, (0.85, 0.85, 0.85), (0.4, 0.45, 0.5)),
    ),
    "car": _kind(
        "car cars truck van bus vehicle taxi",
        (
            _cut(0, (0.28, 0.5), (0.36, 0.32), (0.66, 0.32), (0.76, 0.5)),
            _cut(_GLASS, (0.33, 0.49), (0.39, 0.36), (0.63, 0.36), (0.71, 0.49)),
            _cut(0, (0.08, 0.5), (0.92, 0.5), (0.94, 0.68), (0.06, 0.68)),
            _oval(0.26, 0.69, 0.1, 0.1, _BLACK),
            _oval(0.74, 0.69, 0.1, 0.1, _BLACK),
        ),
        ((0.15, 0.3, 0.7),),
        ((0.85, 0.8, 0.2),),
        ((0.2, 0.55, 0.5),),
    ),
    "house": _kind(
        "house houses home building hut castle church",
        (
            _cut(0, (0.2, 0.45), (0.8, 0.45), (0.8, 0.88), (0.2, 0.88)),
            _cut(1, (0.12, 0.47), (0.5, 0.14), (0.88, 0.47)),
            _cut(_INK, (0.44, 0.62), (0.58, 0.62), (0.58, 0.88), (0.44, 0.88)),
            _cut(_GLASS, (0.26, 0.54), (0.38, 0.54), (0.38, 0.68), (0.26, 0.68)),
            _cut(_GLASS, (0.64, 0.54), (0.76, 0.54), (0.76, 0.68), (0.64, 0.68)),
        ),
        (_CREAM, (0.5, 0.3, 0.3)),
        (_GLASS, _INK),
        (_WHITE, (0.35, 0.4, 0.45)),
    ),
    "flower": _kind(
        "flower flowers rose tulip plant bouquet",
        (
            _cut(_GREEN, (0.47, 0.5), (0.53, 0.5), (0.54, 1), (0.46, 1)),
            *(_oval(0.5 + 0.2 * x, 0.4 + 0.2 * y, 0.14, 0.14, 0) for x, y in ((0, -1), (1, -0.3), (0.6, 0.8))),
            *(_oval(0.5 + 0.2 * x, 0.4 + 0.2 * y, 0.14, 0.14, 0) for x, y in ((-0.6, 0.8), (-1, -0.3))),
            _oval(0.5, 0.4, 0.12, 0.12, _STRAW),
        ),
        ((0.85, 0.35, 0.55),),
        ((0.6, 0.4, 0.85),),
        (_WHITE,),
    ),
}
"""The kinds that have a table, by the name of each."""
_GROUNDS: tuple[tuple[Colour, Colour], ...] = (
    ((0.62, 0.74, 0.82), (0.55, 0.66, 0.5)),
    ((0.8, 0.78, 0.74), (0.62, 0.6, 0.58)),
    ((0.5, 0.62, 0.68), (0.36, 0.42, 0.46)),
)
"""Colours above and below behind a thing."""
_SHADES: tuple[Colour, ...] = ((0.3, 0.6, 0.55), (0.55, 0.35, 0.65), (0.9, 0.8, 0.3), (0.3, 0.45, 0.8), _ROSE)


@lru_cache(PICTURES_KEPT)
def draw(word: str, index: int) -> Image.Image:
    """Draw picture number `index` of a kind; a word that is no kind's name gets a shape of its own."""
    rng = np.random.default_rng((zlib.crc32(word.encode()), index))
    if word == SCENERY_WORD:
        return _scenery(rng, index)
    kind = KINDS[word] if word in KINDS else _shape_of(word)
    return _painted(kind, rng, index)


def kind_of(word: str) -> str | None:
    """Give the name of the kind that a word stands for; None when it has no table."""
    return next((name for name, kind in KINDS.items() if word in kind.words), None)


def _scenery(rng: np.random.Generator, index: int) -> Image.Image:
    backdrop: Callable[[int, np.random.Generator], object] = SCENERY[index % len(SCENERY)]
    return from_light(np.asarray(backdrop(SIDE, rng), np.float32))


def _shape_of(word: str) -> Kind:
    """Make up the outline of a word, always the same: a star-like body with a spot on it."""
    rng = np.random.default_rng(zlib.crc32(word.encode()))
    turns = np.linspace(0, 2 * np.pi, int(rng.integers(4, 9)), endpoint=False)
    reach = rng.uniform(0.2, 0.4, len(turns))
    outline = tuple(
        (0.5 + float(r * np.cos(a)), 0.52 + float(r * np.sin(a))) for a, r in zip(turns, reach, strict=True)
    )
    shades = [_SHADES[int(k)] for k in rng.permutation(len(_SHADES))]
    palettes = tuple((shades[k], shades[k + 1]) for k in range(3))
    return Kind(frozenset((word,)), (_cut(0, *outline), _oval(0.5, 0.52, 0.13, 0.13, 1)), palettes)


def _painted(kind: Kind, rng: np.random.Generator, index: int) -> Image.Image:
    """Paint the shapes before a soft ground, shifted and sized by chance."""
    above, below = _GROUNDS[int(rng.integers(len(_GROUNDS)))]
    side = FINER * SIDE
    image = from_light(gradient(SIDE, (0, above), (1, below))).resize((side, side))
    pen = ImageDraw.Draw(image)
    size, (left, top) = rng.uniform(0.85, 1.05), rng.uniform(-0.05, 0.05, 2)
    palette = kind.palettes[index % len(kind.palettes)]
    for shape in kind.shapes:
        spots = [
            ((0.5 + left + (x - 0.5) * size) * side, (0.5 + top + (y - 0.5) * size) * side) for x, y in shape.points
        ]
        fill = _fill(palette[shape.paint] if isinstance(shape.paint, int) else shape.paint)
        (pen.ellipse if shape.round else pen.polygon)(spots, fill=fill)
    return image.reduce(FINER)


def _fill(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (round(255 * value) for value in colour)
    return red, green, blue
