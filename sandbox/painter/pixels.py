"""Pictures as arrays: the few operations that every stage shares.

A picture is float32 of shape (height, width, 3). The model works on a scale from -1 to 1 ("signal"), styles
and scenes on 0 to 1 ("light").
"""

from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats: TypeAlias = NDArray[np.floating[Any]]
"""Any array of floats; pictures are float32."""


def to_signal(image: Image.Image) -> Floats:
    """Turn an RGB image into a picture from -1 to 1."""
    return np.asarray(image, np.float32) / np.float32(127.5) - np.float32(1)


def from_signal(picture: Floats) -> Image.Image:
    """Turn a picture from -1 to 1 into an RGB image; what lies outside is cut off."""
    return Image.fromarray(((picture + 1) * np.float32(127.5)).clip(0, 255).astype(np.uint8))


def to_light(image: Image.Image) -> Floats:
    """Turn an RGB or grey image into an array from 0 to 1."""
    return np.asarray(image, np.float32) / np.float32(255)


def from_light(picture: Floats) -> Image.Image:
    """Turn an array from 0 to 1 into an RGB or grey image; what lies outside is cut off."""
    return Image.fromarray((picture.clip(0, 1) * np.float32(255) + np.float32(0.5)).astype(np.uint8))


def channel_mean(pictures: Floats) -> Floats:
    """Average the colours of pictures; NumPy's own mean is ten times slower over so short an axis."""
    return (pictures[..., 0] + pictures[..., 1] + pictures[..., 2]) * np.float32(1 / 3)


def half(pictures: Floats) -> Floats:
    """Halve height and width by averaging 2x2 pixels; any axes may come before the last three."""
    top = pictures[..., 0::2, :, :] + pictures[..., 1::2, :, :]
    return (top[..., 0::2, :] + top[..., 1::2, :]) * np.float32(0.25)


def resized_plane(plane: Floats, side: int, how: Image.Resampling = Image.Resampling.BICUBIC) -> Floats:
    """Resize one plane, shape (height, width), to a square of `side` pixels, keeping float precision."""
    return np.asarray(Image.fromarray(np.ascontiguousarray(plane)).resize((side, side), how))


def resized(picture: Floats, side: int) -> Floats:
    """Resize a picture to a square of `side` pixels."""
    return np.stack([resized_plane(picture[..., k], side) for k in range(picture.shape[-1])], -1)


def box_mean(values: Floats, radius: int, axes: tuple[int, int] = (0, 1)) -> Floats:
    """Average over a square window of 2*radius+1 along two axes; the rim repeats outward."""
    result: Floats = values.astype(np.float64)
    for axis in axes:
        length, window = values.shape[axis], 2 * radius + 1
        where = [min(max(place, 0), length - 1) for place in range(-radius - 1, length + radius)]
        total: Floats = np.cumsum(result.take(where, axis), axis)
        upper, lower = np.split(total, [window], axis)[1], np.split(total, [length], axis)[0]
        result = (upper - lower) / window
    return result.astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """Turn scores into weights that sum to 1 along the first axis."""
    weights = np.exp(scores - scores.max(0))
    return cast("Floats", weights / weights.sum(0))
