"""The composite: views blended band by band, wide soft seams for coarse bands, narrow ones for detail.

The network's own picture gives part of the coarse bands, so that layout and light are its own.
"""

from collections.abc import Mapping

import numpy as np
from PIL import Image

from sandbox.painter.pixels import Floats, half, resized, resized_plane

COARSEST = 8
"""Side in pixels of the last band."""


def blend(seen: Floats, weights: Floats, picture: Floats, confidence: Floats, keep: float) -> Floats:
    """Blend views (n, s, s, 3) by their weights (n, t, t) into one picture (s, s, 3).

    `picture` (32, 32, 3) is the network's own; `keep` is the share of its bands that stays at full
    confidence; `confidence` (32, 32) says where finer bands show.
    """
    own = _own_bands(picture)
    result: Floats | None = None
    for band in _bands(seen)[::-1]:
        side = band.shape[1]
        mixed = np.einsum("nhw,nhwc->hwc", _seams(weights, side), band)
        mixed = _as_far_as_known(mixed, own, resized_plane(confidence, side).clip(0, 1), keep)
        result = mixed if result is None else resized(result, side) + mixed
    if result is None:
        raise ValueError("no views to blend")
    return result


def _bands(pictures: Floats) -> list[Floats]:
    """Split pictures (n, s, s, 3) into Laplacian bands, the finest first."""
    bands: list[Floats] = []
    while pictures.shape[1] > COARSEST:
        smaller = half(pictures)
        bands.append(pictures - np.stack([resized(one, pictures.shape[1]) for one in smaller]))
        pictures = smaller
    return [*bands, pictures]


def _own_bands(picture: Floats) -> Mapping[int, Floats]:
    """Split the network's picture into the same bands, by their side in pixels."""
    return {band.shape[1]: band[0] for band in _bands(picture[None])}


def _seams(weights: Floats, side: int) -> Floats:
    """Bring weights (n, t, t) to a band's side, softened so that a seam is as wide as the band is coarse."""
    soft = max(COARSEST, min(side // 2, weights.shape[1]))
    planes = [resized_plane(resized_plane(one, soft, Image.Resampling.BOX), side) for one in weights]
    scaled = np.stack(planes).clip(0)
    return scaled / (scaled.sum(0) + np.float32(1e-6))


def _as_far_as_known(mixed: Floats, own: Mapping[int, Floats], trust: Floats, keep: float) -> Floats:
    """Mix a band with the network's own; where that has no such band, show it as far as it is trusted."""
    side = mixed.shape[0]
    if side not in own:
        return mixed * trust[..., None]
    share = trust[..., None] * np.float32(1 - keep)
    return own[side] + (mixed - own[side]) * share
