"""What words can do to a finished picture: one scene behind the subject, then one style over all."""

from collections.abc import Iterable

import numpy as np
from PIL import Image

from sandbox.painter import words
from sandbox.painter.pixels import from_light, to_light
from sandbox.painter.scenes import SCENES, Scene, stage
from sandbox.painter.styles import STYLES
from sandbox.painter.texture import mixed


def apply(
    image: Image.Image, prompt: str, rng: np.random.Generator, strength: float, *, staged: bool = True
) -> Image.Image:
    """Apply the first scene, when it is to be `staged`, and the first style that a prompt names.

    `strength` runs from 0 to 1.
    """
    picture = to_light(image)
    scene = scene_of(prompt) if staged else None
    if scene is not None:
        picture = mixed(picture, stage(picture, scene, rng).clip(0, 1), strength)
    style = next((style for style in STYLES if names(prompt, style.phrases)), None)
    if style is not None:
        picture = mixed(picture, style.brush(picture.clip(0, 1), rng).clip(0, 1), strength)
    return image if scene is None and style is None else from_light(picture)


def scene_of(prompt: str) -> Scene | None:
    """Give the scene that a prompt asks for."""
    return next((scene for scene in SCENES if names(prompt, scene.phrases)), None)


def styled(prompt: str, style: str) -> str:
    """Ask for a style in a prompt that asks for none."""
    asks = any(names(prompt, one.phrases) for one in STYLES)
    return prompt if asks or not style else f"{prompt} {style}"


def names(prompt: str, phrases: Iterable[str]) -> bool:
    """Say whether a prompt holds one of the phrases."""
    return any(words.contains(prompt, phrase) for phrase in phrases)
