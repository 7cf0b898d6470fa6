"""The autoencoder: principal components take a 32x32 picture to 64 numbers and back."""

from dataclasses import dataclass

import numpy as np

from sandbox.painter.pixels import Floats

SIDE = 32
"""Side in pixels of the pictures that the network knows."""
CODE = 64
"""Numbers that stand for one such picture."""


@dataclass(frozen=True, slots=True)
class Autoencoder:
    """Mean (3072,), basis (64, 3072) and the scale that gives codes a variance of 1."""

    mean: Floats
    basis: Floats
    scale: float

    def encode(self, pictures: Floats) -> Floats:
        """Turn pictures (n, 32, 32, 3) into codes (n, 64)."""
        flat = pictures.reshape(len(pictures), -1)
        return ((flat - self.mean) @ self.basis.T / np.float32(self.scale)).astype(np.float32)

    def decode(self, codes: Floats) -> Floats:
        """Turn codes (n, 64) into pictures (n, 32, 32, 3) from -1 to 1."""
        flat = codes * np.float32(self.scale) @ self.basis + self.mean
        return flat.reshape(-1, SIDE, SIDE, 3).clip(np.float32(-1), np.float32(1))


def fit(pictures: Floats) -> Autoencoder:
    """Find the principal components of pictures (n, 32, 32, 3), n at least 64."""
    flat = pictures.reshape(len(pictures), -1)
    mean = flat.mean(0)
    centred = flat - mean
    # n is a tenth of the pixels, so the n x n Gram matrix is the cheap side of the decomposition.
    values, vectors = np.linalg.eigh(centred @ centred.T)
    strongest = np.argsort(-values)[:CODE]
    lengths = np.sqrt(np.maximum(values[strongest], 1e-6))
    basis = (centred.T @ vectors[:, strongest] / lengths).T.astype(np.float32)
    return Autoencoder(mean, basis, float((centred @ basis.T).std()))
