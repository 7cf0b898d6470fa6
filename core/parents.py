"""Training on top of a model: which one is meant."""

from core import words
from core.catalogue import Catalogue
from core.choose import called
from core.grammar import GrammarError, Learn
from core.may import may_use


async def parent_of(catalogue: Catalogue, team: str, learn: Learn, user: str, channel: str) -> str:
    """Give the id of the model that somebody's wish to learn names, the newest of its name; empty when it names none.

    Raises:
        GrammarError: when there is no model of that name for them, or only ready-made ones.
    """
    if not learn.parent:
        return ""
    there = [one for one in await catalogue.fresh(team) if may_use(one, user, channel) and not one.deleted_by]
    named = called(learn.parent, there)
    if not named:
        raise GrammarError(words.training.no_such_parent(learn.parent))
    trained = [model for model in named if not model.ready_made]
    if not trained:
        raise GrammarError(words.training.ready_made_parent(learn.parent))
    return max(trained, key=lambda model: model.trained_at).id
