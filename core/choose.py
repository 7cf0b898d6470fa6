"""Which model a prompt means: the one whose subject it names."""

from collections.abc import Iterable

from core import grammar
from core.records import Model


def named(prompt: str, models: Iterable[Model]) -> list[Model]:
    """Give the models whose subject a prompt names."""
    return [model for model in models if grammar.mentions(model.subject, prompt)]
