"""The line of a model: the prompts that it has not finished."""

from core.change import Change
from core.records import Generation

OVER = frozenset({"posted", "failed", "cancelled", "deleted"})
"""States of a prompt in which its model has nothing more to do for it."""


def line_of(model: str) -> str:
    """Name the index of the prompts that a model has not finished."""
    return f"line:{model}"


def open_of(user: str) -> str:
    """Name the index of the prompts of a person that are not finished."""
    return f"open:{user}"


def enter(change: Change, generation: Generation, now: float) -> Change:
    """Add to a change that a prompt stands in its model's line."""
    return change.index(line_of(generation.model), generation.id, now)


def leave(change: Change, generation: Generation) -> Change:
    """Add to a change that a prompt is over for its model and its asker, however it ended."""
    change.unindex(open_of(generation.user), generation.id)
    return change.unindex(line_of(generation.model), generation.id)
