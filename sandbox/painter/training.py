"""Training: photos in, the bytes of an artifact out.

One step, as a person counts steps, is `recipe.UPDATES` updates of the small network on a batch of views each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sandbox.painter import albums, artifact, autoencoder, examples
from sandbox.painter.artifact import Model
from sandbox.painter.autoencoder import CODE, Autoencoder
from sandbox.painter.examples import Photo
from sandbox.painter.mix import OWN, Mix, Moment
from sandbox.painter.network import LEAK, Denoiser, carried, fresh_weights, output_scale
from sandbox.painter.optimizer import Adam
from sandbox.painter.pixels import Floats
from sandbox.painter.recipe import UPDATES, Recipe

UNTOLD, PARTLY_TOLD = 0.12, 0.5
"""Chance that a view's condition is dropped whole, and that each of its numbers is."""
NOISE_CENTRE, NOISE_SPREAD = -0.2, 1.3
"""Mean and deviation of the logarithm of the noise level drawn for training."""
RECENT = 20
"""Steps whose mean is called the loss."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Clean codes (n, 64), the same with noise, noise levels (n, 1), conditions, and weights (n, 1)."""

    clean: Floats
    noisy: Floats
    sigma: Floats
    condition: Floats
    weights: Floats


Report = Callable[[int, float], None]
"""Called after each step with its number, from 1, and the loss so far."""


def train(
    photos: Sequence[Photo],
    recipe: Recipe,
    report: Report,
    class_photos: Sequence[Photo] = (),
    parent: Model | None = None,
) -> bytes:
    """Train on photos (at least one), from scratch or from a parent; the result is painted from after `artifact.load`.

    Class photos count only with prior preservation.
    """
    rng = np.random.default_rng(recipe.seed)
    seen = examples.gather(rng, albums.compose(photos, recipe, class_photos, parent))
    encoder = autoencoder.fit(seen.pictures, seen.of(0), None if parent is None else parent.encoder.mean)
    known = Known(Mix(seen, recipe.prior), encoder.encode(seen.pictures), seen.conditions)
    adam = Adam(_start(rng, encoder, parent), recipe.adam)
    losses = run(rng, adam, known, (recipe, report))
    seen = replace(seen, concepts=known.mix.left(sum(map(recipe.exposure, range(recipe.steps)))))
    return artifact.dump(artifact.Learned(seen, encoder, Denoiser(adam.weights), recent_mean(losses)))


def _start(rng: np.random.Generator, encoder: Autoencoder, parent: Model | None) -> list[Floats]:
    """Give the weights that training starts from: the parent's, where there is one."""
    if parent is None:
        return fresh_weights(rng)
    return carried(parent.network.weights, autoencoder.change(parent.encoder, encoder))


def recent_mean(losses: Sequence[float]) -> float:
    """Give the loss that a run reports: the mean over its latest steps."""
    return float(np.mean(losses[-RECENT:]))


@dataclass(frozen=True, slots=True)
class Known:
    """What batches are drawn from: the mix, and the codes (n, 64) and conditions (n, 22) of its views."""

    mix: Mix
    codes: Floats
    conditions: Floats


def run(rng: np.random.Generator, adam: Adam, known: Known, plan: tuple[Recipe, Report]) -> list[float]:
    """Take all steps; gives the loss of each, on the subject alone."""
    recipe, report = plan
    losses: list[float] = []
    trained = 0.0
    for step in range(recipe.steps):
        trained += recipe.exposure(step)
        moment, total = known.mix.at(trained), 0.0
        for update in range(UPDATES):
            total += _learn(adam, _draw(rng, known, moment))
            adam.update(recipe.rate(step, update))
        losses.append(total / UPDATES)
        report(step + 1, recent_mean(losses))
    return losses


def _draw(rng: np.random.Generator, known: Known, moment: Moment) -> Batch:
    """Draw views, drop part of what is said about them, and add noise."""
    rows = known.mix.draw(rng, moment)
    clean, said = known.codes[rows.views], known.conditions[rows.views]
    count = len(clean)
    told = rng.random(said.shape, dtype=np.float32) >= PARTLY_TOLD
    condition = np.concatenate([said * told, rows.named], 1) * (rng.random((count, 1), dtype=np.float32) >= UNTOLD)
    sigma = np.exp(rng.standard_normal((count, 1), np.float32) * np.float32(NOISE_SPREAD) + np.float32(NOISE_CENTRE))
    noisy = clean + sigma * rng.standard_normal(clean.shape, np.float32)
    return Batch(clean, noisy, sigma, condition, rows.weights)


def _learn(adam: Adam, batch: Batch) -> float:
    """Fill the gradients for one batch and give the subject's loss; 1 is a network that knows only the mean."""
    guess = Denoiser(adam.weights).guess(batch.noisy, batch.sigma, batch.condition)
    error = guess.clean - batch.clean
    weight = 1 + 1 / (batch.sigma * batch.sigma)
    # The factor 16 lifts the gradients clear of Adam's epsilon.
    slope = 32 * weight * batch.weights * error * output_scale(batch.sigma) / (OWN * CODE)
    for layer in range(len(guess.inputs) - 1, -1, -1):
        inputs, matrix = guess.inputs[layer], 2 * layer
        np.matmul(inputs.T, slope, out=adam.gradients[matrix])
        np.sum(slope, axis=0, out=adam.gradients[matrix + 1])
        if layer:
            slope = (slope @ adam.weights[matrix].T) * np.where(inputs > 0, np.float32(1), LEAK)
    return float((weight * error * error)[:OWN].mean())
