"""Training on top of a model: which one is meant."""

from core import words
from core.catalogue import Catalogue
from core.grammar import GrammarError, Learn


async def parent_of(catalogue: Catalogue, team: str, learn: Learn) -> str:
    """Give the id of the model that a wish to learn names, the newest of its name; empty when it names none.

    Raises:
        GrammarError: when there is no model of that name.
    """
    if not learn.parent:
        return ""
    named = [model for model in await catalogue.fresh(team) if model.subject == learn.parent]
    if not named:
        raise GrammarError(words.training.no_such_parent(learn.parent))
    return max(named, key=lambda model: model.trained_at).id
