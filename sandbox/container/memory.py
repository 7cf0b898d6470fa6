"""The memory of the instance's GPU, and what training needs of it."""

import json
from collections.abc import Mapping
from pathlib import Path

from sandbox.container.refusal import Refusal

GPU_GIB: Mapping[str, float] = {"p2": 11.17, "g4dn": 14.76, "p3": 15.78, "g5": 22.20, "p3dn": 31.75, "p4d": 39.59}
"""What PyTorch sees of one GPU, by instance family; a run uses one, whatever the instance has."""
PRIOR_GIB = 17.0
"""Training with prior preservation: two pictures a step. The article saw it fail on g4dn and fit on g5."""


class OutOfMemoryError(Refusal):
    """The run does not fit the GPU; the text is PyTorch's."""

    raised = "RuntimeError"


def check(config: Path, *, with_prior_preservation: bool) -> None:
    """Check a run against the instance in resourceconfig.json; one that is not told, or not known, has enough.

    Raises:
        OutOfMemoryError: the GPU is too small.
    """
    total = GPU_GIB.get(_family(config / "resourceconfig.json"))
    if total is not None and with_prior_preservation and total < PRIOR_GIB:
        raise OutOfMemoryError(
            "CUDA out of memory. Tried to allocate 1024.00 MiB "
            f"(GPU 0; {total:.2f} GiB total capacity; {total - 0.9:.2f} GiB already allocated; 320.75 MiB free; "
            f"{total - 0.4:.2f} GiB reserved in total by PyTorch)"
        )


def _family(path: Path) -> str:
    try:
        name = json.loads(path.read_text("utf-8"))["current_instance_type"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(name).removeprefix("ml.").split(".")[0]
