"""The question which model a prompt means: the newest with their pictures, and all of them to choose from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core import actions, words
from core.cards.blocks import Block, context, section
from core.cards.blocks import actions as row
from core.cards.elements import pictured
from core.cards.fields import option, select
from core.records import Generation, Model

PICTURED_MOST = 6
CHOICES_MOST = 100
"""Options that Slack takes in one list, which can be searched by typing."""


def which_model(generation: Generation, models: Sequence[Model]) -> tuple[str, list[Block]]:
    """Ask which model a prompt means; `models` come newest first."""
    offered = options(models)
    left_over = len(models) - len(offered)
    return words.asking.WHICH_MODEL, [
        section(f"{words.asking.WHICH_MODEL}\n> {words.text.escape(generation.prompt)}"),
        *(pictured(_line(model), model) for model in models[:PICTURED_MOST]),
        row(select(actions.CHOOSE_MODEL, offered, placeholder=words.models.CHOOSE), block=generation.id),
        *([context(words.models.no_room(left_over))] if left_over else []),
    ]


def options(models: Sequence[Model]) -> list[Block]:
    """Offer models in a list, as many of the first as there is room for."""
    titles = Counter(model.title for model in models)
    return [option(_label(model, titles), model.id) for model in models[:CHOICES_MOST]]


def chosen(action: Mapping[str, Any]) -> tuple[str, str]:
    """Read an answer: the prompt that was asked about, and the model that somebody chose, by their ids."""
    return str(action["block_id"]), str(action["selected_option"]["value"])


def _line(model: Model) -> str:
    return words.models.line(model.title, model.noun, model.state)


def _label(model: Model, titles: Counter[str]) -> str:
    """Name a model; by the time it was trained as well, where its name alone does not tell."""
    trained = datetime.fromtimestamp(model.trained_at, UTC).strftime("%d %b %H:%M")
    return model.title if titles[model.title] == 1 else words.models.trained(model.title, trained)
