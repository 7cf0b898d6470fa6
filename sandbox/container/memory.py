"""The memory of the instance's GPU, and what training and painting need of it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from sandbox.container.refusal import Refusal

GPU_GIB: Mapping[str, float] = {"p2": 11.17, "g4dn": 14.76, "p3": 15.78, "g5": 22.20, "p3dn": 31.75, "p4d": 39.59}
"""What PyTorch sees of one GPU, by instance family; a run uses one, whatever the instance has."""
PRIOR_GIB = 17.0
"""Training with prior preservation: two pictures a step. The article saw it fail on g4dn and fit on g5."""
INSTANCE = "SANDBOX_INSTANCE_TYPE"
"""The variable by which a container that serves is told its instance; one that is not told paints on a g4dn."""
WEIGHTS_GIB = 3.0
"""Stable Diffusion 2.1 in half precision, with PyTorch itself and what decoding a picture takes."""
HEADS, BYTES, COPIES = 5, 2, 2
"""Self-attention at the largest scale: a head for 64 of 320 channels, half precision, scores and their softmax."""
LATENT = 8
"""Pixels of a side to one place of the latent picture; the places of a picture all look at each other."""


class OutOfMemoryError(Refusal):
    """The run does not fit the GPU; the text is PyTorch's."""

    raised = "RuntimeError"


def check(config: Path, *, with_prior_preservation: bool) -> None:
    """Check a run against the instance in resourceconfig.json; one that is not told, or not known, has enough.

    Raises:
        OutOfMemoryError: the GPU is too small.
    """
    total = GPU_GIB.get(_family(_told(config / "resourceconfig.json")))
    if total is not None and with_prior_preservation and total < PRIOR_GIB:
        raise OutOfMemoryError(said(total, 1024.0))


def too_much(pictures: int, width: int, height: int) -> str:
    """Say, as PyTorch does, that so many pictures at once do not fit the GPU; empty when they do.

    Each picture is painted twice at once, with its prompt and without; memory goes with the square of its pixels.
    """
    total = GPU_GIB.get(_family(os.environ.get(INSTANCE, "")), GPU_GIB["g4dn"])
    places = (width // LATENT) * (height // LATENT)
    attention = 2 * pictures * HEADS * places**2 * BYTES * COPIES / 2**30
    return said(total, attention / COPIES * 1024) if WEIGHTS_GIB + attention > total else ""


def said(total: float, wanted: float) -> str:
    """Give PyTorch's words; `total` in GiB, `wanted` in MiB."""
    return (
        f"CUDA out of memory. Tried to allocate {wanted:.2f} MiB "
        f"(GPU 0; {total:.2f} GiB total capacity; {total - 0.9:.2f} GiB already allocated; 320.75 MiB free; "
        f"{total - 0.4:.2f} GiB reserved in total by PyTorch)"
    )


def _told(path: Path) -> str:
    try:
        return str(json.loads(path.read_text("utf-8"))["current_instance_type"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _family(instance: str) -> str:
    return instance.removeprefix("ml.").split(".")[0]
