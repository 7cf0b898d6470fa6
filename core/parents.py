"""Training on top of a model: which one is meant."""

from core import words
from core.catalogue import Catalogue
from core.grammar import GrammarError, Learn


async def parent_of(catalogue: Catalogue, team: str, learn: Learn) -> str:
    """Give the id of the model that a wish to learn names, the newest of its name; empty when it names none.

    Raises:
        GrammarError: when there is no model of that name, or only ready-made ones.
    """
    if not learn.parent:
        return ""
    named = [model for model in await catalogue.fresh(team) if model.subject == learn.parent]
    if not named:
        raise GrammarError(words.training.no_such_parent(learn.parent))
    trained = [model for model in named if not model.ready_made]
    if not trained:
        raise GrammarError(words.training.ready_made_parent(learn.parent))
    return max(trained, key=lambda model: model.trained_at).id
