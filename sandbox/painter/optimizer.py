"""Adam on one flat buffer: all weights are slices of it, so that a step is a handful of calls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.painter.pixels import Floats

TINY = 1e-12
"""Keeps the division finite when no epsilon is asked for."""
FORGETTING = 10.0
"""A run here has few thousand updates, so the mean of squared gradients forgets this much faster than is asked."""
FARTHEST = np.float32(10)
"""Most that a weight moves in one update, in learning rates; only odd settings come near it."""
LONGEST = 0.9999
"""Decay beyond which a running mean would never begin."""


@dataclass(frozen=True, slots=True)
class AdamSettings:
    """Adam's numbers as Stable Diffusion's script takes them; weight decay is apart from the gradients (AdamW)."""

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01

    @property
    def momentum(self) -> float:
        """Decay of the running mean of gradients."""
        return min(LONGEST, self.beta1)

    @property
    def memory(self) -> float:
        """Decay of the running mean of squared gradients."""
        return min(LONGEST, self.beta2**FORGETTING)


class Adam:
    """Holds the weights, their gradients and Adam's two running means.

    `weights` and `gradients` are lists of arrays to read and to fill; both are slices of flat buffers.
    """

    def __init__(self, start: Sequence[Floats], settings: AdamSettings) -> None:
        self._settings = settings
        self._flat = np.concatenate([part.ravel() for part in start])
        self._slope = np.zeros_like(self._flat)
        self._mean = np.zeros_like(self._flat)
        self._square = np.zeros_like(self._flat)
        self._scratch = np.zeros_like(self._flat)
        self._updates = 0
        self.weights = _slices(self._flat, start)
        self.gradients = _slices(self._slope, start)

    def update(self, rate: float) -> None:
        """Move the weights against the gradients at a learning rate."""
        self._updates += 1
        momentum, memory = self._settings.momentum, self._settings.memory
        self._mean *= np.float32(momentum)
        np.multiply(self._slope, np.float32(1 - momentum), out=self._scratch)
        self._mean += self._scratch
        self._square *= np.float32(memory)
        np.multiply(self._slope, self._slope, out=self._scratch)
        self._scratch *= np.float32(1 - memory)
        self._square += self._scratch
        np.multiply(self._square, np.float32(1 / (1 - memory**self._updates)), out=self._scratch)
        np.sqrt(self._scratch, out=self._scratch)
        self._scratch += np.float32(self._settings.epsilon + TINY)
        np.divide(self._mean, self._scratch, out=self._scratch)
        np.clip(self._scratch, -FARTHEST, FARTHEST, out=self._scratch)
        self._scratch *= np.float32(rate / (1 - momentum**self._updates))
        self._flat *= np.float32(1 - rate * self._settings.weight_decay)
        self._flat -= self._scratch


def _slices(flat: Floats, like: Sequence[Floats]) -> list[Floats]:
    ends = np.cumsum([part.size for part in like])
    return [flat[end - part.size : end].reshape(part.shape) for part, end in zip(like, ends, strict=True)]
