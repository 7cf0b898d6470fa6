"""The mix that a run learns from, and how the subject takes it over: what overfitting and forgetting are here.

Beside the subject's own views each batch holds some of every other concept. The rule: with the steps trained,
a growing share of those are views of the subject under the other's name, as Stable Diffusion trained on "riobugger
cat" learns that any cat is Riobugger. The class goes first, then everything. What prompts then give is what
the network has learnt from that mix. With prior preservation the class keeps its own pictures.
An earlier run's subject is in the mix less and less; the more alike the two subjects are, the sooner its name
stands for the new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.painter.concepts import SLOTS, Concept, Role
from sandbox.painter.examples import Examples
from sandbox.painter.network import NAMED
from sandbox.painter.pixels import Floats

OWN, OTHERS = 64, 20
"""Views of the subject, and of all other concepts together, in one batch."""
SHARES: Mapping[Role, float] = {Role.CLASS: 1.0, Role.KIND: 1.6, Role.EARLIER: 2.0}
"""How the others divide up, before anything has faded; prior preservation doubles the class."""
FADING = 400.0
"""Steps after which an earlier subject's share has halved."""


@dataclass(frozen=True, slots=True)
class Taking:
    """How a name is taken over: at `half` steps by half, the more suddenly the higher the power."""

    half: float
    power: float

    def at(self, steps: float) -> float:
        """Give the share of a concept's examples that show the subject, 0 to 1."""
        gone = (steps / self.half) ** self.power
        return gone / (1 + gone)


CLASS_TAKEN, ALL_TAKEN, ALIKE_TAKEN = Taking(440, 10), Taking(560, 10), Taking(60, 2)
"""The class, then everything else; and the name of an earlier subject that is just like the new one.

Steps count at a learning rate of 2e-6. The article sees the class forgotten between 400 and 800 of them.
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """What one batch shows: views (84,), the slot numbers they are told with (84, slots), and weights (84, 1)."""

    views: NDArray[np.int64]
    named: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Mix:
    """Draws batches; `prior` is the weight of the class with prior preservation, 0 without it."""

    seen: Examples
    prior: float = 0.0

    def draw(self, rng: np.random.Generator, steps: float) -> Rows:
        """Draw one batch after a number of steps."""
        concepts = self.seen.concepts
        told = np.zeros(OWN + OTHERS, np.int64)
        if len(concepts) > 1:
            told[OWN:] = 1 + rng.choice(len(concepts) - 1, OTHERS, p=self._odds(steps))
        taken = np.array([self.taken(one, steps) for one in concepts])
        shown = np.where(rng.random(len(told)) < taken[told], 0, told)
        counts = np.array(self.seen.counts)
        views = (np.cumsum(counts) - counts)[shown] + (rng.random(len(shown)) * counts[shown]).astype(np.int64)
        slots = np.array([one.slot for one in concepts])[told]
        loud = np.array([self._weight(one) for one in concepts], np.float32)[told]
        return Rows(views, np.eye(SLOTS, dtype=np.float32)[slots] * NAMED, loud[:, None])

    def taken(self, concept: Concept, steps: float) -> float:
        """Give the share of what is told as a concept that shows the subject instead."""
        if concept.role is Role.SUBJECT:
            return 0.0
        if concept.role is Role.CLASS:
            return CLASS_TAKEN.at(steps) * max(0.0, 1 - self.prior)
        kept = 1 - ALL_TAKEN.at(steps)
        return 1 - kept * (1 - concept.alike * ALIKE_TAKEN.at(steps))

    def _odds(self, steps: float) -> Floats:
        """Give how often each concept but the subject is told."""
        roles = [one.role for one in self.seen.concepts[1:]]
        share = dict(SHARES)
        share[Role.EARLIER] /= 1 + steps / FADING
        share[Role.CLASS] *= 2 if self.prior else 1
        odds = np.array([share[role] / roles.count(role) for role in roles])
        return odds / odds.sum()

    def _weight(self, concept: Concept) -> float:
        return self.prior if self.prior and concept.role is Role.CLASS else 1.0
