"""Presets: the recipes that JumpStart's article gives for a kind of subject."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.hyperparameters import DEFAULTS, FALSE, TRUE

THING, FACE = "thing", "face"
MANY_PHOTOS = 8
"""From so many photos up, a thing takes the upper end of the article's 200 to 400 steps."""


@dataclass(frozen=True)
class Preset:
    """How a kind of subject is trained; its reason stands in words/recipe.py."""

    steps: int
    steps_of_many: int
    prior: bool = False


PRESETS: Mapping[str, Preset] = {
    THING: Preset(200, 400),
    FACE: Preset(800, 800, prior=True),
}

FIELDS = ("max_steps", "with_prior_preservation", "instance")
"""What a preset decides; everything else is the same for all."""


def hyperparameters(preset: str, photos: int) -> dict[str, str]:
    """Give a preset's hyperparameters for so many photos, all by JumpStart's names, as it writes them."""
    chosen = PRESETS[preset]
    steps = chosen.steps_of_many if photos >= MANY_PHOTOS else chosen.steps
    return dict(DEFAULTS) | {
        "max_steps": str(steps),
        "with_prior_preservation": TRUE if chosen.prior else FALSE,
    }
