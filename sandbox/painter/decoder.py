"""Decoding: from the network's 32x32 picture to detail, by local analytic diffusion.

The optimal denoiser of a finite set of pictures is a weighted mean of them. Made local, so that each
pixel weighs the views by its own surroundings, it makes new pictures out of pieces that fit (Kamb and
Ganguli, 2024). It runs at 64 and 128 pixels; what it hands on is the weight of each view at each pixel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sandbox.painter import views
from sandbox.painter.artifact import Model
from sandbox.painter.autoencoder import SIDE
from sandbox.painter.composite import blend
from sandbox.painter.concepts import Concept
from sandbox.painter.fitting import fit
from sandbox.painter.pixels import Floats, box_mean, channel_mean, half, resized, softmax
from sandbox.painter.views import View

COARSE, FINE = 64, 128
"""Sides in pixels at which the local diffusion runs."""
FINE_BELOW = 0.3
"""Noise level at which it goes on from the coarse to the fine side."""
FIRST, LAST = 1.0, 0.05
"""Noise levels of its first and last step."""
FEWEST, MOST = 4, 15
"""Steps it takes at least and at most; more change nothing that can be seen."""
REACH = 0.2025
"""Half the width of a pixel's surroundings at full noise, as a share of the picture."""
LARGEST = 512
"""Side in pixels of the finest views; the photos hold no more."""
FAINT = 0.03
"""A view that weighs less than this everywhere is left out."""
OWN_SHARE = 0.65
"""How much of the coarse bands a well trained model takes from the views instead of the network."""
UNLEARNT, LEARNT = 0.93, 0.50
"""Training loss at which no detail shows, and at which all of it does."""
GOOD_FIT, FIT_SPREAD = 0.02, 0.03
"""Squared error up to which a view fits the network's picture, and how fast trust falls beyond it."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the network has painted, (32, 32, 3), what it is of, and the side in pixels at which it is to be seen."""

    picture: Floats
    concept: Concept
    side: int = LARGEST


@dataclass(frozen=True, slots=True)
class Trust:
    """How much detail to show: `gain` as a whole, by the loss, and `confidence` (32, 32) place by place."""

    gain: float
    confidence: Floats


def decode(model: Model, sketch: Sketch, steps: int, rng: np.random.Generator) -> Floats:
    """Turn a small picture into one of 512 x 512 pixels, or of half that side where it is enough."""
    picture = sketch.picture
    chosen = fit(model, sketch.concept, picture, rng)
    fine = _rendered(model, chosen, 2 * FINE)
    pyramid = _pyramid(fine)
    weights = _weigh(pyramid, picture, min(MOST, max(FEWEST, steps // 2)), rng)
    # Most views weigh nothing in the end, and full size is where the time goes.
    active = [k for k, weight in enumerate(weights) if weight.max() > FAINT]
    enough = sketch.side <= 2 * FINE
    finest = fine[active] if enough else _rendered(model, [chosen[k] for k in active], LARGEST)
    trust = _trust(model.loss, pyramid[SIDE], picture)
    return blend(finest, weights[active], picture, trust.confidence, 1 - OWN_SHARE * trust.gain)


def gain(loss: float) -> float:
    """Say how much detail a model may show, 0 to 1: as far as its training loss has come down."""
    return min(1.0, max(0.0, (UNLEARNT - loss) / (UNLEARNT - LEARNT)))


def _rendered(model: Model, chosen: Sequence[View], side: int) -> Floats:
    return np.stack([views.render(model.photos[view.photo], view, side) for view in chosen])


def _pyramid(pictures: Floats) -> Mapping[int, Floats]:
    """Give pictures (n, s, s, 3) at half their side and less, down to 32, by their side in pixels."""
    sizes: dict[int, Floats] = {}
    while pictures.shape[1] > SIDE:
        pictures = half(pictures)
        sizes[pictures.shape[1]] = pictures
    return sizes


def _trust(loss: float, small: Floats, picture: Floats) -> Trust:
    """Compare the views (n, 32, 32, 3) with the network's picture: detail shows where one of them fits."""
    error = box_mean(small - picture, 2, (1, 2)) ** 2
    closest = channel_mean(error).min(0)
    excess = np.maximum(0, box_mean(closest, 2) - np.float32(GOOD_FIT))
    overall = gain(loss)
    return Trust(overall, np.exp(-excess / np.float32(FIT_SPREAD)) * np.float32(overall))


def _weigh(pyramid: Mapping[int, Floats], picture: Floats, steps: int, rng: np.random.Generator) -> Floats:
    """Run the local diffusion and give the last step's weights (n, 128, 128)."""
    levels = np.append(np.geomspace(FIRST, LAST, steps), 0).astype(np.float32)
    side, weights = COARSE, np.empty(0, np.float32)
    noisy = clean = _noised(resized(picture, side), levels[0], rng)
    for now, then in pairwise(levels):
        if side == COARSE and now < FINE_BELOW:
            side = FINE
            noisy = _noised(resized(clean, side), now, rng)
        weights = _local_weights(pyramid[side], noisy, now)
        clean = np.einsum("nhw,nhwc->hwc", weights, pyramid[side])
        noisy = clean + then / now * (noisy - clean)
    return weights


def _noised(picture: Floats, level: np.float32, rng: np.random.Generator) -> Floats:
    return picture + level * rng.standard_normal(picture.shape, np.float32)


def _local_weights(seen: Floats, noisy: Floats, level: np.float32) -> Floats:
    """Weigh views (n, s, s, 3) at each pixel by how well their surroundings explain the noisy picture."""
    radius = max(2, int(len(noisy) * REACH * min(1.0, 0.35 + float(level))))
    error = ((noisy - seen) ** 2).sum(-1)
    area = (2 * radius + 1) ** 2
    spread = 2 * (float(level) ** 2 + 0.0025)
    return softmax(-box_mean(error, radius, (1, 2)) * np.float32(area / spread))
