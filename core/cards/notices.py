"""Short messages in the thread that carry a button, and the question which model is meant."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from core import actions, words
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row
from core.records import Generation, Model, Run

CHOICES_MOST = 20
"""Buttons of the question; Slack allows 25 in a row."""


def idle_warning(model: Model, seconds_left: float, dollars: float | None) -> tuple[str, list[Block]]:
    """Warn before an idle endpoint is taken down."""
    text = words.endpoint.idle_warning(model.title, seconds_left / 60, dollars)
    return text, [section(text), row(button(words.endpoint.KEEP_AWAKE, actions.KEEP_AWAKE, model.id, "primary"))]


def training_failed(run: Run) -> tuple[str, list[Block]]:
    """Tell why a run failed, with a way on."""
    text = words.training.training_failed(run.subject, run.reason)
    return text, [section(text), row(button(words.training.TRY_AGAIN, actions.TRY_AGAIN, run.id, "primary"))]


def endpoint_failed(model: Model) -> tuple[str, list[Block]]:
    """Tell why an endpoint failed, with a way on."""
    text = words.endpoint.endpoint_failed(model.title, model.reason)
    return text, [section(text), row(button(words.training.TRY_AGAIN, actions.WAKE_AGAIN, model.id, "primary"))]


def which_model(generation: Generation, models: Sequence[Model]) -> tuple[str, list[Block]]:
    """Ask which model a prompt means; the buttons carry `generation:model`."""
    subjects = Counter(model.title for model in models)
    choices = [
        button(_label(model, subjects), f"{actions.CHOOSE_MODEL}:{place}", f"{generation.id}:{model.id}")
        for place, model in enumerate(models[:CHOICES_MOST])
    ]
    return words.asking.WHICH_MODEL, [
        section(f"{words.asking.WHICH_MODEL}\n> {words.text.escape(generation.prompt)}"),
        row(*choices),
    ]


def _label(model: Model, subjects: Counter[str]) -> str:
    """Name a model; by the time it was trained as well, where its subject alone does not tell."""
    trained = datetime.fromtimestamp(model.trained_at, UTC).strftime("%d %b %H:%M")
    return model.title if subjects[model.title] == 1 else f"{model.title} · {trained}"
