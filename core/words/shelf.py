"""What is said about JumpStart's ready-made models: adding one, and why one cannot be deployed."""

from collections.abc import Sequence

from core.words import text


def withdrawn(model: str, version: str, reason: str) -> str:
    """Tell that JumpStart has withdrawn a ready-made model, and what to do; `reason` is JumpStart's own."""
    return (
        f"JumpStart has withdrawn {text.escape(model)} {text.escape(version)}, so it cannot be started any more. "
        f"`/darkroom add` shows the ones there are. JumpStart says: {text.escape(reason)}"
    )


def not_for_machine(model: str, instance: str, usable: Sequence[str]) -> str:
    """Tell that a ready-made model does not run on this machine, and on which it does."""
    return f"{text.escape(model)} does not run on {instance}. It does on {', '.join(usable)}."


def not_packed(model: str) -> str:
    """Tell that a ready-made model lacks its inference code, which AWS's own SDK would pack into it."""
    return (
        f"JumpStart's {text.escape(model)} does not come ready to run: its model and its code would have to be packed "
        "into one file first, which I do not do. `/darkroom add` shows others."
    )


def licence_needed(model: str, licence: str) -> str:
    """Tell that nobody has accepted a model's licence."""
    return f"{text.escape(model)} cannot be started: nobody has accepted its licence ({licence})."
