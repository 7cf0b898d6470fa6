"""What `/darkroom` says."""

from collections.abc import Sequence

from core.words import text

HOME_TITLE = "Darkroom"

MODELS = "Models"

RUNS = "Training runs under way"

NO_RUNS = "None at the moment."


def unknown_subcommand(verb: str, known: Sequence[str]) -> str:
    """Answer a word behind `/darkroom` that means nothing to it."""
    there_are = ", ".join(f"`/darkroom {one}`" for one in known)
    return f"I do not know `/darkroom {text.escape(text.short(verb, 30))}`. There are {there_are}."


RUN_STATES = {
    "collecting": "collecting photos",
    "queued": "queued",
    "preparing": "preparing the photos",
    "comparing": "comparing steps",
    "training": "training",
    "stopping": "stopping",
}
