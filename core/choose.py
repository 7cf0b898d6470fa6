"""Which model a prompt means: the one that is asked for by name, or whose subject the prompt names."""

from collections.abc import Iterable

from core import grammar
from core.records import Model


def named(prompt: str, models: Iterable[Model]) -> list[Model]:
    """Give the models whose subject a prompt names."""
    return [model for model in models if grammar.mentions(model.subject, prompt)]


def called(name: str, models: Iterable[Model]) -> list[Model]:
    """Give the models whose subject this is; capital letters make no difference."""
    return [model for model in models if model.subject.lower() == name.lower()]
