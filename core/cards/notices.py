"""Short messages in the thread that carry a button."""

from core import actions, words
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row
from core.cards.following import ways_on
from core.idling import Keeping
from core.records import Model, Run


def idle_warning(model: Model, seconds_left: float, keeping: Keeping) -> tuple[str, list[Block]]:
    """Warn before an idle endpoint is taken down."""
    text = words.endpoint.idle_warning(model.title, seconds_left / 60, keeping.an_hour)
    keep = button(words.endpoint.keep_awake(keeping.seconds, keeping.dollars), actions.KEEP_AWAKE, model.id, "primary")
    return text, [section(text), row(keep, button(words.endpoint.SLEEP_NOW, actions.SLEEP_NOW, model.id))]


def training_failed(run: Run) -> tuple[str, list[Block]]:
    """Tell why a run failed, with the ways on."""
    text = words.training.training_failed(run.subject, run.reason)
    return text, [section(text), ways_on(run)]


def endpoint_failed(model: Model) -> tuple[str, list[Block]]:
    """Tell why an endpoint failed, with a way on."""
    text = words.endpoint.endpoint_failed(model.title, model.reason)
    return text, [section(text), row(button(words.training.TRY_AGAIN, actions.WAKE_AGAIN, model.id, "primary"))]
