"""What goes into a run's mix: the photos of the subject, of its class, of other kinds, and of earlier subjects."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image, ImageOps

from sandbox.painter import concepts, fitting, kinds
from sandbox.painter.artifact import Model
from sandbox.painter.autoencoder import SIDE
from sandbox.painter.concepts import Concept, Role
from sandbox.painter.examples import Album, Photo
from sandbox.painter.pixels import Floats, to_signal
from sandbox.painter.recipe import Recipe

SUBJECT_VIEWS, CLASS_VIEWS, KIND_VIEWS, EARLIER_VIEWS = 320, 48, 10, 60
"""Views drawn of each concept."""
CLASS_MOST, CLASS_LARGEST = 12, 384
"""Class photos that are used, and the longest side they are kept at, in pixels."""
EARLIER_MOST, EARLIER_LARGEST = 4, 512
"""Photos of an earlier subject that stay, and the longest side they are kept at."""
DRAWN = 5
"""Pictures drawn of a kind."""
NEAR, FAR = 0.25, 0.5
"""Mean distance, see `fitting.distance`, up to which two subjects look the same, and from which not at all alike."""
SAME_CLASS = 0.9
"""What two subjects of the same class are alike, whatever they look like."""


def compose(
    photos: Sequence[Photo], recipe: Recipe, class_photos: Sequence[Photo], parent: Model | None
) -> list[Album]:
    """Give the albums of a run, the subject's first."""
    earlier = [] if parent is None else parent.subjects()
    known = concepts.known(recipe.instance_prompt, recipe.class_prompt, [concept for concept, _ in earlier])
    shown = [Photo(_centred(one.image), one.name) for one in photos] if recipe.center_crop else photos
    albums = [Album(known[0], shown, SUBJECT_VIEWS)]
    for concept, (past, images) in zip(known[1:], earlier, strict=False):
        some = [_small(image, EARLIER_LARGEST) for image in images[:EARLIER_MOST]]
        found = replace(concept, alike=alike(known, past, [one.image for one in photos], images))
        albums.append(Album(found, some, EARLIER_VIEWS))
    return albums + [_other(concept, recipe, class_photos) for concept in known[len(albums) :]]


def alike(known: Sequence[Concept], past: Concept, photos: Sequence[Image.Image], old: Sequence[Image.Image]) -> float:
    """Say from 0 to 1 how alike the new subject and an earlier one are: in layout and colour, and in class."""
    before = np.stack([_glance(image) for image in old])
    distances = [float(fitting.distance(before, _glance(image)).min()) for image in photos]
    looks = min(1.0, max(0.0, (FAR - float(np.mean(distances))) / (FAR - NEAR)))
    noun = next((one.words for one in known if one.role is Role.CLASS), frozenset[str]())
    related = bool(noun & set(past.prompt.lower().split()))
    return min(1.0, looks + SAME_CLASS * related)


def _other(concept: Concept, recipe: Recipe, class_photos: Sequence[Photo]) -> Album:
    """Give the pictures of the class or of a kind: photos of the class only with prior preservation."""
    if concepts.drawn_as(concept) == kinds.SCENERY_WORD:
        scenery = [
            Photo(one.image, place.__name__)
            for one, place in zip(_drawn(concept, len(kinds.SCENERY)), kinds.SCENERY, strict=True)
        ]
        return Album(concept, scenery, 2 * len(scenery))
    if concept.role is not Role.CLASS:
        return Album(concept, _drawn(concept, DRAWN), KIND_VIEWS)
    if recipe.prior and class_photos:
        some = [_small(one.image, CLASS_LARGEST) for one in class_photos[: min(CLASS_MOST, recipe.class_images)]]
        return Album(concept, some, CLASS_VIEWS)
    return Album(concept, _drawn(concept, min(CLASS_MOST, recipe.class_images)), CLASS_VIEWS)


def _drawn(concept: Concept, count: int) -> list[Photo]:
    word = concepts.drawn_as(concept)
    return [Photo(kinds.draw(word, k), "") for k in range(count)]


def _small(image: Image.Image, largest: int) -> Photo:
    small = image.copy()
    small.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    return Photo(small, "")


def _centred(image: Image.Image) -> Image.Image:
    """Cut the middle square out of a photo, turned upright."""
    upright = ImageOps.exif_transpose(image)
    side = min(upright.size)
    return ImageOps.fit(upright, (side, side))


def _glance(image: Image.Image) -> Floats:
    """Look at the middle of a photo at 32x32."""
    return to_signal(ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), Image.Resampling.BOX))
