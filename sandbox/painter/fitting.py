"""Fitting: find the views of the photos that look most like a 32x32 picture."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from sandbox.painter import examples, views
from sandbox.painter.artifact import Model
from sandbox.painter.concepts import Concept
from sandbox.painter.pixels import Floats, channel_mean, half
from sandbox.painter.views import View

KEPT = 12
"""Views that a picture is made from."""
FROM_ONE_PHOTO = 10
"""Most of them that may show the same photo."""
CANDIDATES, CHILDREN = 8, 5
"""Best views that are nudged in each round, and how often each."""
ROUNDS = (1.0, 0.6)
"""How far the views are nudged, round by round."""
STRANGE = 0.3
"""How much closer a view must be that was never shown under the name of what is painted."""


def fit(model: Model, concept: Concept, picture: Floats, rng: np.random.Generator) -> list[View]:
    """Choose `KEPT` views for a picture (32, 32, 3) of a concept, the best first, after nudging the best into place."""
    known = list(model.views)
    handicap = _handicap(model, concept)
    distances = distance(model.pictures, picture) + handicap
    for amount in ROUNDS:
        best = _order(distances)[:CANDIDATES]
        children = [views.nudged(rng, known[i], amount) for i in best for _ in range(CHILDREN)]
        rendered = examples.render_small(model.thumbnails, children)
        known += children
        handicap = np.concatenate([handicap, handicap[best].repeat(CHILDREN)])
        distances = np.concatenate([distances, distance(rendered, picture) + handicap[-len(children) :]])
    return _varied([known[i] for i in _order(distances)])


def nearest(model: Model, concept: Concept, picture: Floats) -> float:
    """Say how far the closest view is that may be shown in a picture (32, 32, 3) of a concept."""
    return float((distance(model.pictures, picture) + _handicap(model, concept)).min())


def distance(pictures: Floats, picture: Floats) -> Floats:
    """Say how far pictures (n, 32, 32, 3) are from one: in layout, and in overall colour."""
    layout = ((_layout(pictures) - _layout(picture[None])) ** 2).mean(1)
    colour = ((pictures.mean((1, 2)) - picture.mean((0, 1))) ** 2).mean(1)
    return layout + np.float32(2) * colour


def _handicap(model: Model, concept: Concept) -> Floats:
    return np.float32(STRANGE) * model.strangeness(concept)


def _layout(pictures: Floats) -> Floats:
    """Describe pictures by what stays when the light changes: shape of the brightness, and tints."""
    small = half(pictures)
    grey = channel_mean(small)
    tints = small - grey[..., None]
    shape = grey - grey.mean((-1, -2), keepdims=True)
    shape = shape / (shape.std((-1, -2), keepdims=True) + np.float32(0.05))
    return np.concatenate([shape[..., None], 2 * tints], -1).reshape(len(pictures), -1)


def _order(distances: Floats) -> list[int]:
    return [int(i) for i in np.argsort(distances)]


def _varied(ordered: Sequence[View]) -> list[View]:
    """Take the first views, but not too many of one photo."""
    chosen: list[View] = []
    count = Counter[int]()
    for view in ordered:
        if count[view.photo] < FROM_ONE_PHOTO and len(chosen) < KEPT:
            chosen.append(view)
            count[view.photo] += 1
    return chosen
