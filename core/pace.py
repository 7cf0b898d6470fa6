"""How long a model takes to paint: learnt from its own calls; before the first, by a documented figure. Pure."""

from core.change import Change
from core.estimating import SPEED
from core.line import ticket
from core.names import DAY
from core.records import Generation, Model

PACES = "paces"
"""The table of each model's seconds for one step of one picture of 512×512."""
STEP_SECONDS = 0.22
"""Before anything is known: 50 steps in 11 s on a T4, the GPU of ml.g4dn, in half precision (Hugging Face's guide
"Effective and efficient diffusion")."""
SHARE = 0.2
"""How much the latest call counts in the average."""
KEPT = 90 * DAY
CALL_MOST = 60.0
"""Seconds that SageMaker waits for an endpoint's answer."""


def learn(change: Change, generation: Generation, seconds: float) -> Change:
    """Add to a change what a call teaches that took so long; a clock that was set back teaches nothing."""
    if seconds <= 0:
        return change
    return change.blend(PACES, generation.model, seconds / ticket(generation).work, SHARE, KEPT)


def pace(model: Model, known: str) -> float:
    """Give a model's seconds for a step of a picture; `known` is its entry in the table, empty when there is none."""
    return float(known) if known else STEP_SECONDS / SPEED.get(model.instance.rpartition(".")[0], 1.0)
