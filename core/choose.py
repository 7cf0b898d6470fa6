"""Which model a prompt means: the one that is asked for by name, or whose name the prompt has in it."""

from collections.abc import Iterable

from core import naming
from core.records import Model


def named(prompt: str, models: Iterable[Model]) -> list[Model]:
    """Give the models that a prompt names."""
    return [model for model in models if naming.mentioned(model, prompt)]


def called(name: str, models: Iterable[Model]) -> list[Model]:
    """Give the models that answer to this name; capital letters make no difference."""
    return [model for model in models if name.lower() in {one.lower() for one in naming.called(model)}]
