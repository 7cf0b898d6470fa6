"""What the network learns from: views of the photos, at 32x32, each with the condition that describes it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from sandbox.painter import views, words
from sandbox.painter.autoencoder import SIDE
from sandbox.painter.pixels import Floats, half
from sandbox.painter.views import View

VIEWS = 320
"""Views drawn in all, shared evenly by the photos."""
LARGEST = 768
"""Longest side of a stored photo, in pixels."""
THUMBNAIL = 160
"""Longest side of the copies that 32x32 views are rendered from."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A training photo and the name of its file, whose words can be asked for."""

    image: Image.Image
    name: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The stored photos, their file-name words, and n views with pictures (n, 32, 32, 3) and conditions."""

    photos: list[Image.Image]
    tags: list[list[str]]
    views: list[View]
    pictures: Floats
    conditions: Floats


def gather(rng: np.random.Generator, photos: Sequence[Photo]) -> Examples:
    """Draw the views of a set of photos."""
    stored = [prepared(photo.image) for photo in photos]
    tags = words.file_words([photo.name for photo in photos])
    drawn = [views.draw(rng, k % len(stored)) for k in range(VIEWS)]
    conditions = np.stack([words.of_view(view, tags[view.photo]) for view in drawn])
    return Examples(stored, tags, drawn, render_small([thumbnail(image) for image in stored], drawn), conditions)


def prepared(image: Image.Image) -> Image.Image:
    """Turn a photo upright, to RGB, and down to the stored size."""
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    return upright


def thumbnail(image: Image.Image) -> Image.Image:
    """Make the small copy that 32x32 views are rendered from."""
    small = image.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BOX)
    return small


def render_small(thumbnails: Sequence[Image.Image], drawn: Sequence[View]) -> Floats:
    """Render views at 32x32 (from twice that, for smoothness): (n, 32, 32, 3)."""
    return half(np.stack([views.render(thumbnails[view.photo], view, 2 * SIDE) for view in drawn]))
