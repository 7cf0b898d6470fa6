"""Which model a prompt means: the ways to tell, each of which leaves fewer to choose from. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core import naming
from core.records import Model


@dataclass(frozen=True)
class Wish:
    """What is known about the model that somebody wants; empty where nothing is said.

    `given` is the name behind `--model`, `default` the id of the model that the channel has as its own.
    """

    prompt: str
    given: str = ""
    default: str = ""


def _given(wish: Wish, models: Iterable[Model]) -> list[Model]:
    return called(wish.given, models) if wish.given else []


def _mentioned(wish: Wish, models: Iterable[Model]) -> list[Model]:
    return [model for model in models if naming.mentioned(model, wish.prompt)]


def _default(wish: Wish, models: Iterable[Model]) -> list[Model]:
    return [model for model in models if model.id == wish.default]


WAYS: Sequence[Callable[[Wish, Iterable[Model]], list[Model]]] = (_given, _mentioned, _default)
"""`--model`, the names in the prompt, the channel's default.

The flag stands before the prompt, for a model that was trained on top of another is prompted with that one's word too:
`a photo of parent dog --model child` means the child.
"""


def meant(wish: Wish, models: Iterable[Model]) -> list[Model]:
    """Give the models that a wish may mean, newest first: one if it is clear, else all to choose from.

    Each way leaves those that it finds, if it finds any: of two that the prompt names, the channel's default is meant.
    """
    left = sorted(models, key=lambda model: -model.trained_at)
    for way in WAYS:
        left = way(wish, left) or left
    return left


def is_named(wish: Wish, models: Iterable[Model]) -> bool:
    """Tell whether a wish names one of these models itself: by its flag, or if it has none, in its prompt."""
    return bool((_given if wish.given else _mentioned)(wish, models))


def called(name: str, models: Iterable[Model]) -> list[Model]:
    """Give the models that answer to this name; capital letters make no difference."""
    return [model for model in models if name.lower() in {one.lower() for one in naming.called(model)}]
