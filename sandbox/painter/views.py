"""Views of the photos: random crops, zooms, turns, mirrors, changes of light and small warps.

The network learns from views instead of photos, so that a handful of photos becomes a few hundred examples.
"""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from sandbox.painter.pixels import Floats, channel_mean, to_signal

GRID = 4
"""Points along each side of the mesh that warps a view."""
NUMBERS = 9
"""Numbers of a view before its mesh, see `View.row`."""


@dataclass(frozen=True, slots=True)
class View:
    """How one photo is looked at.

    `photo` is its index; `zoom` is 1 for the whole short side; `turn` is in degrees; `across` and `down`
    place the crop (0 left or top, 1 right or bottom); `brightness` and `saturation` are factors, `warmth`
    is added to red and taken from blue; `mesh` (4, 4, 2) shifts grid points by a share of the crop.
    """

    photo: int
    zoom: float
    turn: float
    mirrored: bool
    across: float
    down: float
    brightness: float
    warmth: float
    saturation: float
    mesh: Floats

    def row(self) -> Floats:
        """Give the view as one row of numbers, to be stored."""
        numbers = (self.photo, self.zoom, self.turn, self.mirrored, self.across, self.down)
        light = (self.brightness, self.warmth, self.saturation)
        return np.concatenate([np.array(numbers + light, np.float32), self.mesh.ravel()])


def from_row(row: Floats) -> View:
    """Read a view back from `View.row`."""
    photo, zoom, turn, mirrored, across, down, brightness, warmth, saturation = map(float, row[:NUMBERS])
    mesh = row[NUMBERS:].reshape(GRID, GRID, 2)
    where = (int(photo), zoom, turn, bool(mirrored), across, down)
    return View(*where, brightness, warmth, saturation, mesh)


def draw(rng: np.random.Generator, photo: int) -> View:
    """Draw a random view of a photo."""
    return View(
        photo=photo,
        zoom=float(np.exp(rng.uniform(0, 0.35))),
        turn=rng.normal(0, 4),
        mirrored=bool(rng.integers(2)),
        across=rng.beta(4, 4),
        down=rng.beta(4, 4),
        brightness=float(np.exp(rng.normal(0, 0.12))),
        warmth=rng.normal(0, 0.035),
        saturation=float(np.exp(rng.normal(0, 0.15))),
        mesh=rng.normal(0, 0.018, (GRID, GRID, 2)).astype(np.float32),
    )


def nudged(rng: np.random.Generator, view: View, amount: float) -> View:
    """Move a view a little; `amount` 1 is about a twelfth of the crop."""
    return replace(
        view,
        zoom=max(1.0, view.zoom * float(np.exp(rng.normal(0, 0.06 * amount)))),
        turn=view.turn + rng.normal(0, 2.5 * amount),
        across=float(np.clip(view.across + rng.normal(0, 0.08 * amount), 0, 1)),
        down=float(np.clip(view.down + rng.normal(0, 0.08 * amount), 0, 1)),
        brightness=view.brightness * float(np.exp(rng.normal(0, 0.05 * amount))),
        warmth=view.warmth + rng.normal(0, 0.015 * amount),
        mesh=view.mesh + rng.normal(0, 0.012 * amount, view.mesh.shape).astype(np.float32),
    )


def render(photo: Image.Image, view: View, side: int) -> Floats:
    """Look at a photo through a view: a square picture of `side` pixels, from -1 to 1."""
    warped = photo.transform(
        (side, side), Image.Transform.MESH, _quads(photo.size, view, side), Image.Resampling.BICUBIC
    )
    seen = to_signal(warped)
    tint = np.array([view.warmth, 0, -view.warmth], np.float32)
    grey = channel_mean(seen) * np.float32(view.brightness * (1 - view.saturation))
    # On a scale from 0 to 1 this is (grey + (seen - grey) * saturation) * brightness + tint.
    lit = seen * np.float32(view.brightness * view.saturation)
    lit += grey[..., None]
    lit += np.float32(view.brightness - 1) + 2 * tint
    return np.clip(lit, np.float32(-1), np.float32(1), out=lit)


_Quads = list[tuple[tuple[int, int, int, int], tuple[float, ...]]]


def _quads(size: tuple[int, int], view: View, side: int) -> _Quads:
    """Give Pillow's mesh: each cell of the result with the four photo points it shows."""
    xs, ys = _points(size, view)
    edges = [round(k * side / (GRID - 1)) for k in range(GRID)]
    quads: _Quads = []
    for i in range(GRID - 1):
        for j in range(GRID - 1):
            corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            points = tuple(float(axis[at]) for at in corners for axis in (xs, ys))
            quads.append(((edges[j], edges[i], edges[j + 1], edges[i + 1]), points))
    return quads


def _points(size: tuple[int, int], view: View) -> tuple[Floats, Floats]:
    """Place the mesh's grid points on the photo: their x and y in pixels, each (4, 4)."""
    width, height = size
    crop = min(width, height) / view.zoom
    angle = np.deg2rad(view.turn)
    middle_x = crop / 2 + view.across * (width - crop)
    middle_y = crop / 2 + view.down * (height - crop)
    line = np.linspace(-0.5, 0.5, GRID)
    grid_y, grid_x = np.meshgrid(line, line, indexing="ij")
    x = grid_x * (1 - 2 * view.mirrored) + view.mesh[..., 0]
    y = grid_y + view.mesh[..., 1]
    xs = middle_x + crop * (x * np.cos(angle) - y * np.sin(angle))
    ys = middle_y + crop * (x * np.sin(angle) + y * np.cos(angle))
    return (
        xs.clip(0, width - 1).astype(np.float32),
        ys.clip(0, height - 1).astype(np.float32),
    )
