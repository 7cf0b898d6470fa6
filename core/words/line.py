"""What is said about waiting for pictures: a place in line, how long it takes, what was too much for the endpoint."""

from collections.abc import Sequence

OUT_OF_MEMORY = "That is more than the endpoint's machine has memory for."
TOO_SLOW = "The endpoint took over 60 seconds, and SageMaker waits no longer."
LARGER_MACHINE = "It needs a larger machine: an admin can choose one."
FASTER_MACHINE = "It needs a faster machine: an admin can choose one."


def out_of_memory(fewer: Sequence[str]) -> str:
    """Say that the pictures did not fit; `fewer`: the flags that ask for less, if there are any."""
    return f"{OUT_OF_MEMORY} {_less('fewer or smaller pictures', fewer) or LARGER_MACHINE}"


def too_slow(fewer: Sequence[str]) -> str:
    """Say that the pictures took too long; `fewer` as above."""
    return f"{TOO_SLOW} {_less('fewer steps or pictures', fewer) or FASTER_MACHINE}"


def _less(what: str, fewer: Sequence[str]) -> str:
    return f"Try {what}: {', '.join(f'`{flag}`' for flag in fewer)}." if fewer else ""
