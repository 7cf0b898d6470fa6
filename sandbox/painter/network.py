"""The denoiser: a three-layer perceptron that guesses the clean code behind a noisy one.

Inputs and output are scaled by the noise level as in EDM (Karras and others, 2022) with a data deviation
of 1, so that the network sees numbers of the same size at every level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sandbox.painter.autoencoder import CODE
from sandbox.painter.concepts import SLOTS
from sandbox.painter.pixels import Floats
from sandbox.painter.words import CONDITION

HIDDEN = 320
"""Width of the two hidden layers."""
FREQUENCIES = (0.5, 1, 2, 4)
"""Waves, in the logarithm of the noise level, that tell the network how noisy its input is."""
LEAK = np.float32(0.1)
"""Slope of the leaky ReLU below zero."""
TOLD = CONDITION + SLOTS
"""Numbers of one condition: what describes the picture, and which concept it is of."""
LAYERS = (CODE + 2 * len(FREQUENCIES) + TOLD, HIDDEN, HIDDEN, CODE)
"""Widths from input to output."""
NAMED = np.float32(3)
"""What stands in the slot of the concept; the other slots are 0."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A forward pass: the clean codes (n, 64), and each layer's input for the way back."""

    clean: Floats
    inputs: list[Floats]


@dataclass(frozen=True, slots=True)
class Denoiser:
    """The weights: matrix and bias of each layer in turn."""

    weights: Sequence[Floats]

    def guess(self, noisy: Floats, sigma: Floats, condition: Floats) -> Guess:
        """Guess the clean codes behind noisy ones (n, 64), given noise levels (n, 1) and conditions."""
        spread = np.sqrt(1 + sigma * sigma)
        values = np.concatenate([noisy / spread, _waves(sigma), condition], 1)
        inputs = [values]
        for k in range(0, len(self.weights) - 2, 2):
            values = values @ self.weights[k] + self.weights[k + 1]
            values = np.maximum(values, LEAK * values)
            inputs.append(values)
        last = values @ self.weights[-2] + self.weights[-1]
        return Guess(last * (sigma / spread) + noisy / (spread * spread), inputs)


def output_scale(sigma: Floats) -> Floats:
    """Give how much the last layer weighs in the guess at a noise level."""
    return sigma / np.sqrt(1 + sigma * sigma)


def fresh_weights(rng: np.random.Generator) -> list[Floats]:
    """Draw the weights that training starts from; the last layer is small, so the first guess is calm."""
    weights: list[Floats] = []
    for inputs, outputs in pairwise(LAYERS):
        weights += [
            rng.normal(0, 1 / np.sqrt(inputs), (inputs, outputs)).astype(np.float32),
            np.zeros(outputs, np.float32),
        ]
    weights[-2] *= np.float32(0.05)
    return weights


def carried(weights: Sequence[Floats], change: Floats) -> list[Floats]:
    """Take weights learnt in one autoencoder's codes to another's, given the matrix (64, 64) between them."""
    moved = [weight.copy() for weight in weights]
    moved[0][:CODE] = change.T @ moved[0][:CODE]
    moved[-2] = moved[-2] @ change
    moved[-1] = moved[-1] @ change
    return moved


def _waves(sigma: Floats) -> Floats:
    level = np.log(sigma)
    return np.concatenate([wave(level * k) for k in FREQUENCIES for wave in (np.sin, np.cos)], 1).astype(np.float32)
