"""Short messages in the thread that carry a button."""

from core import actions, words
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row
from core.cards.following import ways_on
from core.records import Model, Run


def idle_warning(model: Model, seconds_left: float, dollars: float | None) -> tuple[str, list[Block]]:
    """Warn before an idle endpoint is taken down."""
    text = words.endpoint.idle_warning(model.title, seconds_left / 60, dollars)
    return text, [section(text), row(button(words.endpoint.KEEP_AWAKE, actions.KEEP_AWAKE, model.id, "primary"))]


def training_failed(run: Run) -> tuple[str, list[Block]]:
    """Tell why a run failed, with the ways on."""
    text = words.training.training_failed(run.subject, run.reason)
    return text, [section(text), ways_on(run)]


def endpoint_failed(model: Model) -> tuple[str, list[Block]]:
    """Tell why an endpoint failed, with a way on."""
    text = words.endpoint.endpoint_failed(model.title, model.reason)
    return text, [section(text), row(button(words.training.TRY_AGAIN, actions.WAKE_AGAIN, model.id, "primary"))]
