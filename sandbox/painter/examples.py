"""What the network learns from: views of photos, at 32x32, each with what it is of and what describes it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from sandbox.painter import views, words
from sandbox.painter.autoencoder import SIDE
from sandbox.painter.concepts import Concept
from sandbox.painter.pixels import Floats, half
from sandbox.painter.views import View

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
class Album:
    """The photos of one concept, and how many views are drawn of them in all."""

    concept: Concept
    photos: Sequence[Photo]
    views: int


@dataclass(frozen=True, slots=True)
class Examples:
    """Stored photos of all concepts, their file-name words, and n views.

    The views, their pictures (n, 32, 32, 3), what describes them (n, 22) stand concept by concept; `counts`
    has the number of views of each of `concepts`.
    """

    concepts: list[Concept]
    counts: list[int]
    photos: list[Image.Image]
    tags: list[list[str]]
    views: list[View]
    pictures: Floats
    conditions: Floats

    def vocabulary(self) -> list[str]:
        """Give the words of the subject's file names."""
        return sorted({word for view in self.views[self.of(0)] for word in self.tags[view.photo]})

    def of(self, index: int) -> slice:
        """Give where the views of a concept stand."""
        first = sum(self.counts[:index])
        return slice(first, first + self.counts[index])


def gather(rng: np.random.Generator, albums: Sequence[Album]) -> Examples:
    """Draw the views of each album's photos, shared evenly by them."""
    stored = [[prepared(photo.image) for photo in album.photos] for album in albums]
    photos = [photo for some in stored for photo in some]
    tags = [told for album in albums for told in words.file_words([photo.name for photo in album.photos])]
    drawn: list[View] = []
    first = 0
    for album, some in zip(albums, stored, strict=True):
        drawn += [views.draw(rng, first + k % len(some)) for k in range(album.views)]
        first += len(some)
    conditions = np.stack([words.of_view(view, tags[view.photo]) for view in drawn])
    pictures = render_small([thumbnail(photo) for photo in photos], drawn)
    counts = [album.views for album in albums]
    return Examples([album.concept for album in albums], counts, photos, tags, drawn, pictures, conditions)


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
