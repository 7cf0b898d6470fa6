"""Adam on one flat buffer: all weights are slices of it, so that a step is a handful of calls."""

from collections.abc import Sequence

import numpy as np

from sandbox.painter.pixels import Floats

MOMENTUM = 0.9
"""Decay of the running mean of gradients."""
MEMORY = 0.99
"""Decay of the running mean of squared gradients; short, because a run has few thousand updates."""
TINY = np.float32(1e-8)
"""Keeps the division finite."""


class Adam:
    """Holds the weights, their gradients and Adam's two running means.

    `weights` and `gradients` are lists of arrays to read and to fill; both are slices of flat buffers.
    """

    def __init__(self, start: Sequence[Floats]) -> None:
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
        self._mean *= np.float32(MOMENTUM)
        np.multiply(self._slope, np.float32(1 - MOMENTUM), out=self._scratch)
        self._mean += self._scratch
        self._square *= np.float32(MEMORY)
        np.multiply(self._slope, self._slope, out=self._scratch)
        self._scratch *= np.float32(1 - MEMORY)
        self._square += self._scratch
        np.multiply(self._square, np.float32(1 / (1 - MEMORY**self._updates)), out=self._scratch)
        np.sqrt(self._scratch, out=self._scratch)
        self._scratch += TINY
        np.divide(self._mean, self._scratch, out=self._scratch)
        self._scratch *= np.float32(rate / (1 - MOMENTUM**self._updates))
        self._flat -= self._scratch


def _slices(flat: Floats, like: Sequence[Floats]) -> list[Floats]:
    ends = np.cumsum([part.size for part in like])
    return [flat[end - part.size : end].reshape(part.shape) for part, end in zip(like, ends, strict=True)]
