"""Which model a prompt means: the one whose subject it names."""

from collections.abc import Mapping

from core import grammar


def named(prompt: str, catalogue: Mapping[str, str]) -> list[str]:
    """Give the ids of the models whose subject a prompt names; `catalogue` is id → subject."""
    return [model for model, subject in catalogue.items() if grammar.mentions(subject, prompt)]
