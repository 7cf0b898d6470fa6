"""Trains once for all tests of the painter, and measures pictures."""

from functools import cache

import numpy as np
from PIL import Image

from sandbox.painter import artifact, training
from sandbox.painter.artifact import Model
from sandbox.painter.examples import Photo
from sandbox.painter.painting import Request, paint
from sandbox.painter.pixels import Floats
from sandbox.painter.recipe import Recipe
from sandbox.photos.sets import photo_set

STEPS = 60
QUICK = 12
"""Inference steps of a test's picture."""
SMALL = 256
"""Its side in pixels: half of what is painted otherwise, and three times as fast."""


def photos(subject: str) -> list[Photo]:
    """Open a sample set as training photos."""
    opened: list[Photo] = []
    for path in photo_set(subject).photos:
        with Image.open(path) as image:
            opened.append(Photo(image.convert("RGB"), path.name))
    return opened


def trained(subject: str, steps: int = STEPS) -> tuple[bytes, tuple[float, ...]]:
    """Train on a sample set, once: the artifact, and the loss after each step."""
    return _trained(subject, steps)


@cache
def _trained(subject: str, steps: int) -> tuple[bytes, tuple[float, ...]]:
    losses: list[float] = []
    recipe = Recipe(steps, instance_prompt=f"a photo of {subject} {photo_set(subject).noun}")
    data = training.train(photos(subject), recipe, lambda _step, loss: losses.append(loss))
    return data, tuple(losses)


def model(subject: str, steps: int = STEPS) -> Model:
    """Give the model that paints a sample set."""
    return _model(subject, steps)


@cache
def _model(subject: str, steps: int) -> Model:
    return artifact.load(trained(subject, steps)[0])


def picture(subject: str, prompt: str = "", seed: int = 1, steps: int = STEPS) -> Image.Image:
    """Give the picture that a model paints."""
    return _picture(subject, prompt, seed, steps)


@cache
def _picture(subject: str, prompt: str, seed: int, steps: int) -> Image.Image:
    said = prompt or f"a photo of {subject}"
    return paint(model(subject, steps), Request(said, seed=seed, steps=QUICK, width=SMALL, height=SMALL))


def light(image: Image.Image, side: int = 32) -> Floats:
    """Give a picture small, from 0 to 1."""
    return np.asarray(image.convert("RGB").resize((side, side)), np.float32) / np.float32(255)


def colours(image: Image.Image) -> Floats:
    """Count the colours of a picture in 64 boxes: shares that sum to 1."""
    boxes = (light(image, 64) * 3.999).astype(int) @ np.array([16, 4, 1])
    return np.bincount(boxes.ravel(), minlength=64).astype(np.float32) / np.float32(boxes.size)


def sharpness(image: Image.Image) -> float:
    """Say how much fine detail a picture has."""
    grey = light(image, SMALL).mean(-1)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def difference(one: Image.Image, other: Image.Image) -> float:
    """Give the mean difference of two pictures, 0 to 1."""
    return float(np.abs(light(one) - light(other)).mean())
