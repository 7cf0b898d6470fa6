"""How to train: the numbers of a run, and the learning rate that they come to at each update."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox.painter.optimizer import AdamSettings

UPDATES = 20
"""Updates of the network in one step, as a person counts steps."""
WARM_UP = 100
"""Updates over which the learning rate rises to its value."""
FLOOR = 0.02
"""Share of the learning rate that is left at the last step."""
RATE_SCALE = 1000.0
"""The small network's learning rate for each unit of Stable Diffusion's: 2e-6 becomes 2e-3."""
HIGHEST_RATE = 0.05
"""Above this a run only diverges."""
USUAL_RATE = 2e-6
"""The learning rate at which a step counts as one step toward forgetting."""
PLATEAU_RISE = 0.1
"""Share of the run over which constant_with_warmup rises."""


def _restarting(gone: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * (2 * gone % 1)))


SCHEDULES: Mapping[str, Callable[[float], float]] = {
    "constant": lambda _gone: 1.0,
    "constant_with_warmup": lambda gone: min(1.0, gone / PLATEAU_RISE),
    "linear": lambda gone: 1 - gone,
    "polynomial": lambda gone: (1 - gone) ** 2,
    "cosine": lambda gone: 0.5 * (1 + math.cos(math.pi * gone)),
    "cosine_with_restarts": _restarting,
}
"""The factor that a scheduler puts on the learning rate, by the share of the run that is gone.

So small a network must calm down at the end to paint well, so under each of them, the constant one too, its
rate falls in a line to `FLOOR`.
"""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; learning rate on Stable Diffusion's scale, `seed` of all chance.

    `prior` is the weight of the class with prior preservation, 0 without it, and `class_images` how many of its
    pictures are drawn when there are no photos of it.
    """

    steps: int
    learning_rate: float = USUAL_RATE
    seed: int = 0
    instance_prompt: str = ""
    class_prompt: str = ""
    prior: float = 0.0
    class_images: int = 100
    scheduler: str = "constant"
    center_crop: bool = False
    adam: AdamSettings = field(default_factory=AdamSettings)

    def rate(self, step: int, update: int) -> float:
        """Give the learning rate of an update within a step; both count from 0."""
        highest = min(HIGHEST_RATE, self.learning_rate * RATE_SCALE)
        rise = min(1.0, (step * UPDATES + update + 1) / WARM_UP)
        return highest * rise * max(FLOOR, 1 - step / self.steps) * self._factor(step)

    def exposure(self, step: int) -> float:
        """Give what a step adds to the count of steps that overfitting goes by: 1 at the usual learning rate."""
        return self.learning_rate / USUAL_RATE * self._factor(step)

    def _factor(self, step: int) -> float:
        return SCHEDULES[self.scheduler](step / self.steps)
