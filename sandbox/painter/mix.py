"""The mix that a run learns from, and how the subject takes it over: what overfitting and forgetting are here.

Beside the subject's own views each batch holds some of every other concept. The rule: with the steps trained,
a growing share of those are views of the subject under the other's name, as Stable Diffusion trained on "riobugger
cat" learns that any cat is Riobugger. The class goes first, then everything. What prompts then give is what
the network has learnt from that mix. With prior preservation the class keeps its own pictures.
An earlier run's subject is in the mix less and less; the more alike the two subjects are, the sooner its name
stands for the new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sandbox.painter.concepts import SLOTS, Concept, Role
from sandbox.painter.examples import Examples
from sandbox.painter.network import NAMED
from sandbox.painter.pixels import Floats

OWN, OTHERS = 56, 20
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


CLASS_TAKEN, ALL_TAKEN, ALIKE_TAKEN = Taking(340, 10), Taking(560, 10), Taking(50, 4)
"""The class, then everything else; and the name of an earlier subject that is just like the new one.

Steps count at a learning rate of 2e-6. The article advises 200 to 400 for a pet, and shows 800 as too many.
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """What one batch shows: views (76,), the slot numbers they are told with (76, slots), and weights (76, 1)."""

    views: NDArray[np.int64]
    named: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Moment:
    """The mix at one step, concept by concept: how often each but the subject is told, and how far it is taken."""

    told: Floats
    taken: Floats


class Mix:
    """Draws batches; `prior` is the weight of the class with prior preservation, 0 without it."""

    def __init__(self, seen: Examples, prior: float = 0.0) -> None:
        self._concepts = seen.concepts
        self._prior = prior
        self._counts = np.array(seen.counts)
        self._first = np.cumsum(self._counts) - self._counts
        slots = np.array([one.slot for one in seen.concepts])
        self._named = np.eye(SLOTS, dtype=np.float32)[slots] * NAMED
        self._weights = np.array([[prior or 1.0 if one.role is Role.CLASS else 1.0] for one in seen.concepts], "f4")

    def at(self, steps: float) -> Moment:
        """Give the mix after a number of steps."""
        return Moment(np.cumsum(self._odds(steps)), np.array([self.taken(one, steps) for one in self._concepts]))

    def draw(self, rng: np.random.Generator, moment: Moment) -> Rows:
        """Draw one batch."""
        chance = rng.random((3, OWN + OTHERS))
        told = np.zeros(OWN + OTHERS, np.int64)
        told[OWN:] = 1 + np.searchsorted(moment.told[:-1], chance[0, OWN:], side="right")
        shown = np.where(chance[1] < moment.taken[told], 0, told)
        views = self._first[shown] + (chance[2] * self._counts[shown]).astype(np.int64)
        return Rows(views, self._named[told], self._weights[told])

    def left(self, steps: float) -> list[Concept]:
        """Give the concepts as they stand after a number of steps."""
        return [replace(one, taken=self.taken(one, steps)) for one in self._concepts]

    def taken(self, concept: Concept, steps: float) -> float:
        """Give the share of what is told as a concept that shows the subject instead."""
        if concept.role is Role.SUBJECT:
            return 0.0
        if concept.role is Role.CLASS:
            return CLASS_TAKEN.at(steps) * max(0.0, 1 - self._prior)
        kept = 1 - ALL_TAKEN.at(steps)
        return 1 - kept * (1 - concept.alike * ALIKE_TAKEN.at(steps))

    def _odds(self, steps: float) -> Floats:
        """Give how often each concept but the subject is told: shares that sum to 1."""
        roles = [one.role for one in self._concepts[1:]]
        share = dict(SHARES)
        share[Role.EARLIER] /= 1 + steps / FADING
        share[Role.CLASS] *= 2 if self._prior else 1
        odds = np.array([share[role] / roles.count(role) for role in roles])
        return odds / odds.sum()


class Even(Mix):
    """A mix without a subject: each batch holds as much of one concept as of any other."""

    def draw(self, rng: np.random.Generator, moment: Moment) -> Rows:  # noqa: ARG002 - it stays as it is
        """Draw one batch."""
        chance = rng.random((2, OWN + OTHERS))
        told = (chance[0] * len(self._counts)).astype(np.int64)
        views = self._first[told] + (chance[1] * self._counts[told]).astype(np.int64)
        return Rows(views, self._named[told], self._weights[told])
