"""What a run's recipe is chosen for, read from the store: its photos, AWS's outlook, the models to start from."""

from collections.abc import Sequence

from core import collecting, doctor, estimating, looking, outlook, prices, words
from core.estimating import Estimate
from core.may import may_use
from core.recipe import Choice, Terms
from core.records import Model, Run
from core.settings import Settings
from core.store import Store

PARENTS_MOST = 99
"""Slack's select has 100 options, and Stable Diffusion itself is the first."""


async def read(store: Store, run: Run, told: Settings, user: str = "") -> Terms:
    """Read them; the settings say which machines this deployment takes.

    `user` is who chooses, from the models that are there for them; empty: the run's owner.
    """
    photos = await collecting.photos(store, run)
    return Terms(
        photos=len(doctor.chosen(photos, run.framing)),
        class_photos=len(doctor.chosen(photos, run.framing, "class")),
        default_instance=told.training_instance,
        hosting=told.inference_instance,
        outlook=await outlook.read(store, run.team),
        parents=parents(await looking.models(store, run.team), run, user or run.owner),
    )


def parents(models: Sequence[Model], run: Run, user: str) -> dict[str, str]:
    """Label the models to start from: the one that is chosen already, then the newest that this person may use.

    Ready-made ones do not train.
    """
    usable = [model for model in models if model.id == run.parent or may_use(model, user, run.channel)]
    trained = [model for model in usable if not (model.ready_made or model.deleted_by)]
    ordered = sorted(trained, key=lambda model: (model.id != run.parent, -model.trained_at))
    return {
        model.id: words.recipe.parent(model.title, model.noun, model.trained_at) for model in ordered[:PARENTS_MOST]
    }


def cost(choice: Choice, guess: Estimate, terms: Terms) -> str:
    """Say what a run of this recipe takes and costs; first, why AWS would refuse it, if it is known to."""
    return f"{hurdle(choice, terms)} {said(guess, terms)}".strip()


def hurdle(choice: Choice, terms: Terms) -> str:
    """Say why AWS would refuse a run of this recipe, or the endpoint behind it, if it is known to."""
    if terms.outlook is None:
        return ""
    training = outlook.hurdle(terms.outlook, choice.instance, spot=choice.spot)
    return " ".join(filter(None, (training, outlook.endpoint_hurdle(terms.outlook, terms.hosting))))


async def estimate(store: Store, run: Run, choice: Choice, terms: Terms) -> Estimate:
    """Estimate what a run of this recipe takes and costs."""
    rate = prices.an_hour(choice.instance, terms.outlook)
    past = await estimating.history(store, run.team)
    return estimating.estimate(past, rate, estimating.plan(choice, choice.instance, terms.class_photos))


async def expected(store: Store, run: Run, told: Settings) -> Estimate:
    """Estimate what a run costs as it was started."""
    about = await read(store, run, told)
    instance = run.instance or told.training_instance
    rate = prices.an_hour(instance, about.outlook)
    past = await estimating.history(store, run.team)
    return estimating.estimate(past, rate, estimating.plan(run, instance, about.class_photos))


def said(guess: Estimate, terms: Terms) -> str:
    """Say what a run takes and costs, and whose prices these are."""
    text = words.money.estimate(guess.minutes, guess.dollars, guess.instance, guess.learnt)
    return f"{text} {outlook.basis(terms.outlook, guess.instance)}".strip() if terms.outlook else text
