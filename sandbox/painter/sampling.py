"""Sampling: from noise to a 32x32 picture in the network's 64 numbers, by Euler steps with guidance."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sandbox.painter.artifact import Model
from sandbox.painter.autoencoder import CODE
from sandbox.painter.network import Denoiser
from sandbox.painter.pixels import Floats

NOISIEST, CLEANEST, BEND = 40.0, 0.03, 7.0
"""First and last noise level and the curve between them, after EDM."""
PLAIN, SLOPE = 1.0, 0.215
"""Guidance: its weight at a scale of 1, and what each unit of Stable Diffusion's scale adds.

The small network wants 2.4 where Stable Diffusion's default is 7.5.
"""
LOUDEST = 1.5
"""Guesses are scaled down to this deviation, or that without guidance, so that it does not burn the colours out."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to sample: condition (`network.TOLD`,), the condition to stay away from, guidance scale and steps."""

    condition: Floats
    negative: Floats
    guidance: float
    steps: int


def sample(model: Model, wish: Wish, noise: Floats) -> Floats:
    """Turn noise (n, 64) of deviation 1 into n pictures (n, 32, 32, 3)."""
    levels = schedule(wish.steps)
    codes = noise * levels[0]
    for now, then in pairwise(levels):
        clean = _guided(model.network, wish, codes, now)
        codes = clean + then / now * (codes - clean)
    return model.encoder.decode(codes)


def schedule(steps: int) -> Floats:
    """Give the noise levels of a number of steps, and 0 at the end."""
    bend = 1 / BEND
    line = NOISIEST**bend + np.linspace(0, 1, steps) * (CLEANEST**bend - NOISIEST**bend)
    return np.append(line**BEND, 0).astype(np.float32)


def start(rng: np.random.Generator, shape: tuple[int, int] = (1, CODE)) -> Floats:
    """Draw noise to start from."""
    return rng.standard_normal(shape, np.float32)


def _guided(network: Denoiser, wish: Wish, codes: Floats, level: np.float32) -> Floats:
    """Guess the clean codes, pushed from the negative condition toward the wished one."""
    sigma = np.full((len(codes), 1), level, np.float32)
    plain = network.guess(codes, sigma, _rows(wish.negative, codes)).clean
    if (wish.condition == wish.negative).all():
        return plain
    wished = network.guess(codes, sigma, _rows(wish.condition, codes)).clean
    clean = plain + np.float32(PLAIN + SLOPE * (wish.guidance - 1)) * (wished - plain)
    allowed = np.maximum(np.float32(LOUDEST), _loudness(plain))
    return clean / np.maximum(np.float32(1), _loudness(clean) / allowed)


def _loudness(codes: Floats) -> Floats:
    return np.sqrt((codes * codes).mean(1, keepdims=True))


def _rows(condition: Floats, codes: Floats) -> Floats:
    return np.broadcast_to(condition, (len(codes), len(condition)))
