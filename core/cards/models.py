"""The list of a team's models: each with its picture, what it has cost, and what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core import actions, spending, words
from core.cards.blocks import Block, button, context, divider, header, section
from core.cards.blocks import actions as row
from core.cards.elements import confirm, pictured
from core.records import Model

PAGE = 10
"""Models on a page: with their buttons they keep under Slack's limits of a message."""


@dataclass(frozen=True)
class Listed:
    """What is listed, for whom: `used` holds when each was last used, `own` the models that this person may change.

    `default` is the id of the channel's own model; `page` counts from 0 and may be one that is not there any more.
    """

    models: Sequence[Model]
    now: float
    used: Mapping[str, float] = field(default_factory=dict[str, float])
    own: frozenset[str] = frozenset()
    default: str = ""
    page: int = 0

    @property
    def first(self) -> int:
        """The place of the first model on the page that is shown."""
        return PAGE * max(0, min(self.page, (len(self.models) - 1) // PAGE))

    @property
    def shown(self) -> Sequence[Model]:
        """The models on that page."""
        return self.models[self.first : self.first + PAGE]


def models(listed: Listed) -> tuple[str, list[Block]]:
    """Draw the list; its buttons carry `model:page`, those that turn the page the page alone."""
    if not listed.models:
        return words.models.TITLE, [section(words.asking.NO_MODELS)]
    blocks = [header(words.models.TITLE)]
    for model in listed.shown:
        blocks += [pictured(_said(model, listed), model), *_buttons(model, listed)]
    return words.models.TITLE, [*blocks, *_pages(listed)]


def _said(model: Model, listed: Listed) -> str:
    an_hour = words.models.an_hour(model.an_hour) if model.up_since else ""
    used = listed.used.get(model.id)
    marks = {
        words.models.WAITING: bool(model.waits_until),
        words.models.PRIVATE: bool(model.allowed),
        words.models.IS_DEFAULT: model.id == listed.default,
        words.models.sleeps_after(model.idle_seconds): bool(model.idle_seconds),
    }
    facts = words.models.facts(
        model.owner,
        None if used is None else listed.now - used,
        spending.so_far(model, listed.now),
        an_hour,
        [mark for mark, holds in marks.items() if holds],
    )
    return f"{words.models.line(model.title, model.noun, model.stands)}\n{facts}"


def _buttons(model: Model, listed: Listed) -> list[Block]:
    """Offer what fits the model's state, and what this person may do."""
    if model.deleted_by:
        return []
    value = f"{model.id}:{listed.first // PAGE}"
    default = (
        (words.models.NO_DEFAULT, actions.NO_DEFAULT_MODEL)
        if model.id == listed.default
        else (words.models.DEFAULT, actions.DEFAULT_MODEL)
    )
    offered = [*_power(model), default]
    if model.id in listed.own:
        offered += [(words.models.RENAME, actions.RENAME_MODEL), (words.models.ACCESS, actions.MODEL_ACCESS)]
        offered.append((words.models.IDLE, actions.MODEL_IDLE))
    deleting = [_delete(model, value)] if model.id in listed.own else []
    return [row(*(button(text, action, value) for text, action in offered), *deleting)]


def _power(model: Model) -> list[tuple[str, str]]:
    if model.state in {"deploying", "in_service"} or model.waits_until:
        return [(words.models.SLEEP, actions.SLEEP_MODEL)]
    return [(words.models.WAKE, actions.WAKE_MODEL)] if model.state in {"asleep", "failed"} else []


def _delete(model: Model, value: str) -> Block:
    asked = confirm(
        words.models.delete_title(model.title),
        words.models.DELETE_READY_MADE if model.ready_made else words.models.DELETE_CONFIRM,
        words.models.DELETE,
        words.models.DELETE_KEEP,
    )
    return button(words.models.DELETE, actions.DELETE_MODEL, value, "danger") | {"confirm": asked}


def _pages(listed: Listed) -> list[Block]:
    """Say which part is shown, with a way to the others."""
    if len(listed.models) <= PAGE:
        return []
    page, last = listed.first // PAGE, listed.first + len(listed.shown)
    previous = [button(words.models.PREVIOUS, f"{actions.MODELS_PAGE}:previous", str(page - 1))] if page else []
    more = last < len(listed.models)
    following = [button(words.models.NEXT, f"{actions.MODELS_PAGE}:next", str(page + 1))] if more else []
    return [
        divider(),
        context(words.models.shown(listed.first + 1, last, len(listed.models))),
        row(*previous, *following),
    ]
