"""What a run's recipe is chosen for, read from the store: its photos, AWS's outlook, the models to start from."""

from collections.abc import Sequence

from core import collecting, doctor, estimating, looking, outlook, prices, words
from core.recipe import Choice, Terms
from core.records import Model, Run
from core.store import Store

PARENTS_MOST = 99
"""Slack's select has 100 options, and Stable Diffusion itself is the first."""


async def read(store: Store, run: Run, default_instance: str) -> Terms:
    """Read them; `default_instance` is this deployment's."""
    photos = await collecting.photos(store, run)
    return Terms(
        photos=len(doctor.chosen(photos, run.framing)),
        class_photos=len(doctor.chosen(photos, run.framing, "class")),
        default_instance=default_instance,
        outlook=await outlook.read(store, run.team),
        parents=parents(await looking.models(store, run.team), run.parent),
    )


def parents(models: Sequence[Model], chosen: str) -> dict[str, str]:
    """Label the models to start from: the one that is chosen already, then the newest."""
    ordered = sorted(models, key=lambda model: (model.id != chosen, -model.trained_at))
    return {
        model.id: words.recipe.parent(model.subject, model.noun, model.trained_at) for model in ordered[:PARENTS_MOST]
    }


async def cost(store: Store, run: Run, choice: Choice, terms: Terms) -> str:
    """Say what a run of this recipe takes and costs; first, why AWS would refuse it, if it is known to."""
    return f"{hurdle(choice, terms)} {await estimate(store, run, choice, terms)}".strip()


def hurdle(choice: Choice, terms: Terms) -> str:
    """Say why AWS would refuse a run of this recipe, if it is known to."""
    return outlook.hurdle(terms.outlook, choice.instance, spot=choice.spot) if terms.outlook else ""


async def estimate(store: Store, run: Run, choice: Choice, terms: Terms) -> str:
    """Say what a run of this recipe takes and costs."""
    rate = prices.an_hour(choice.instance, terms.outlook)
    past = await estimating.history(store, run.team)
    guess = estimating.estimate(past, rate, estimating.plan(choice, choice.instance, terms.class_photos))
    return words.money.estimate(guess.minutes, guess.dollars, choice.instance, guess.learnt)
