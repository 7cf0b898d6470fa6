"""Training: photos in, the bytes of an artifact out.

One step, as a person counts steps, is `UPDATES` updates of the small network on a batch of views each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.painter import artifact, autoencoder, examples, words
from sandbox.painter.autoencoder import CODE
from sandbox.painter.examples import Photo
from sandbox.painter.network import LEAK, Denoiser, fresh_weights, output_scale
from sandbox.painter.optimizer import Adam
from sandbox.painter.pixels import Floats

UPDATES = 20
"""Updates of the network in one step."""
BATCH = 64
"""Views in one update."""
WARM_UP = 100
"""Updates over which the learning rate rises to its value."""
FLOOR = 0.02
"""Share of the learning rate that is left at the last step; it falls in a line."""
RATE_SCALE = 1000.0
"""The small network's learning rate for each unit of Stable Diffusion's: 2e-6 becomes 2e-3."""
HIGHEST_RATE = 0.05
"""Above this a run only diverges."""
UNTOLD, PARTLY_TOLD = 0.12, 0.5
"""Chance that a view's condition is dropped whole, and that each of its numbers is."""
NOISE_CENTRE, NOISE_SPREAD = -0.2, 1.3
"""Mean and deviation of the logarithm of the noise level drawn for training."""
RECENT = 20
"""Steps whose mean is called the loss."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: steps, learning rate on Stable Diffusion's scale, seed of all chance, instance prompt."""

    steps: int
    learning_rate: float = 2e-6
    seed: int = 0
    instance_prompt: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Clean codes (n, 64), the same with noise, the noise levels (n, 1), and conditions."""

    clean: Floats
    noisy: Floats
    sigma: Floats
    condition: Floats


Report = Callable[[int, float], None]
"""Called after each step with its number, from 1, and the loss so far."""


def train(photos: Sequence[Photo], recipe: Recipe, report: Report) -> bytes:
    """Train on photos (at least one); the result is painted from after `artifact.load`."""
    rng = np.random.default_rng(recipe.seed)
    seen = examples.gather(rng, photos)
    encoder = autoencoder.fit(seen.pictures)
    codes = encoder.encode(seen.pictures)
    adam = Adam(fresh_weights(rng))
    losses: list[float] = []
    for step in range(recipe.steps):
        losses.append(_step(rng, adam, (codes, seen.conditions), _Rate(recipe, step)))
        report(step + 1, recent_mean(losses))
    subject = frozenset(words.split(recipe.instance_prompt))
    learned = artifact.Learned(seen, encoder, Denoiser(adam.weights), recent_mean(losses), subject)
    return artifact.dump(learned)


def recent_mean(losses: Sequence[float]) -> float:
    """Give the loss that a run reports: the mean over its latest steps."""
    return float(np.mean(losses[-RECENT:]))


@dataclass(frozen=True, slots=True)
class _Rate:
    """The learning rate of each update within a step."""

    recipe: Recipe
    step: int

    def at(self, update: int) -> float:
        highest = min(HIGHEST_RATE, self.recipe.learning_rate * RATE_SCALE)
        rise = min(1.0, (self.step * UPDATES + update + 1) / WARM_UP)
        return highest * rise * max(FLOOR, 1 - self.step / self.recipe.steps)


def _step(rng: np.random.Generator, adam: Adam, known: tuple[Floats, Floats], rate: _Rate) -> float:
    total = 0.0
    for update in range(UPDATES):
        total += _learn(adam, _draw(rng, *known))
        adam.update(rate.at(update))
    return total / UPDATES


def _draw(rng: np.random.Generator, codes: Floats, conditions: Floats) -> Batch:
    """Draw views, drop part of what is said about them, and add noise."""
    chosen = rng.integers(len(codes), size=BATCH)
    clean = codes[chosen]
    told = rng.random((BATCH, conditions.shape[1]), dtype=np.float32) >= PARTLY_TOLD
    told &= rng.random((BATCH, 1), dtype=np.float32) >= UNTOLD
    sigma = np.exp(rng.standard_normal((BATCH, 1), np.float32) * np.float32(NOISE_SPREAD) + np.float32(NOISE_CENTRE))
    noisy = clean + sigma * rng.standard_normal(clean.shape, np.float32)
    return Batch(clean, noisy, sigma, conditions[chosen] * told)


def _learn(adam: Adam, batch: Batch) -> float:
    """Fill the gradients for one batch and give its loss; 1 is a network that knows nothing but the mean."""
    guess = Denoiser(adam.weights).guess(batch.noisy, batch.sigma, batch.condition)
    error = guess.clean - batch.clean
    weight = 1 + 1 / (batch.sigma * batch.sigma)
    # The factor 16 lifts the gradients clear of Adam's epsilon.
    slope = 32 * weight * error * output_scale(batch.sigma) / (BATCH * CODE)
    for layer in range(len(guess.inputs) - 1, -1, -1):
        inputs, matrix = guess.inputs[layer], 2 * layer
        np.matmul(inputs.T, slope, out=adam.gradients[matrix])
        np.sum(slope, axis=0, out=adam.gradients[matrix + 1])
        if layer:
            slope = (slope @ adam.weights[matrix].T) * np.where(inputs > 0, np.float32(1), LEAK)
    return float((weight * error * error).mean())
