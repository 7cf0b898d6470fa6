"""Who may do what. Pure."""

from core import words
from core.grammar import GrammarError
from core.records import Model
from core.settings import Settings


class MayNotError(GrammarError):
    """A model is not there for whoever asked for it; the text is a sentence for that person."""


def is_admin(told: Settings, user: str) -> bool:
    """Tell whether a person is one of the admins that this deployment was set to."""
    return user in told.admins


def may_use(model: Model, user: str, channel: str) -> bool:
    """Tell whether a model may be asked for something by this person in this channel: by all, unless it is private.

    Where it is, its owner may, and the people and channels that it was opened to.
    """
    return not model.allowed or user == model.owner or not {user, channel}.isdisjoint(model.allowed)


def check_use(model: Model, user: str, channel: str) -> None:
    """Let pass who may ask this model for something.

    Raises:
        MayNotError: when it is private, or being deleted.
    """
    if model.deleted_by:
        raise MayNotError(words.asking.model_gone())
    if not may_use(model, user, channel):
        raise MayNotError(words.models.private(model.title, model.owner))


def may_see(told: Settings, model: Model, user: str, channel: str) -> bool:
    """Tell whether a model is shown to this person in this channel: an admin sees private ones too."""
    return may_use(model, user, channel) or is_admin(told, user)


def may_change(told: Settings, model: Model, user: str) -> bool:
    """Tell whether a person may rename a model, say who may use it and have it deleted: its owner, and admins."""
    return user == model.owner or is_admin(told, user)
