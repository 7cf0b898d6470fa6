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
    """Mean (3072,), basis (64, 3072) and the scale that gives the subject's codes a variance of 1."""

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


def fit(pictures: Floats, own: slice, mean: Floats | None = None) -> Autoencoder:
    """Find the principal components of pictures (n, 32, 32, 3), n at least 64.

    They turn about the mean of the subject's `own` pictures, or a given one, and its codes have the variance of 1.
    """
    flat = pictures.reshape(len(pictures), -1)
    middle: Floats = flat[own].mean(0) if mean is None else mean
    centred = flat - middle
    # n is a tenth of the pixels, so the n x n Gram matrix is the cheap side of the decomposition.
    values, vectors = np.linalg.eigh(centred @ centred.T)
    strongest = np.argsort(-values)[:CODE]
    lengths = np.sqrt(np.maximum(values[strongest], 1e-6))
    basis = (centred.T @ vectors[:, strongest] / lengths).T.astype(np.float32)
    return Autoencoder(middle, basis, float((centred[own] @ basis.T).std()))


def change(old: Autoencoder, new: Autoencoder) -> Floats:
    """Give the matrix (64, 64) that takes codes of one autoencoder to another with the same mean."""
    return (old.basis @ new.basis.T * np.float32(old.scale / new.scale)).astype(np.float32)
