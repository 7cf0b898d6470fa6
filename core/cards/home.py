"""The App Home: models and their state, what is under way, what it costs, settings, one's own latest pictures, help."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import spending, words
from core.cards.blocks import Block, context, divider, header, section
from core.cards.elements import pictured
from core.cards.following import progress
from core.cards.hung import hung
from core.records import Generation, Model, Run
from core.spending import Spent

MODELS_MOST, RUNS_MOST, PICTURES_MOST = 30, 15, 3
"""So that a Home stays under Slack's 100 blocks, and under what people scroll through."""
_FIRST = ("in_service", "deploying", "draining", "failed", "asleep", "deleting")
"""What costs money stands on top."""


@dataclass(frozen=True)
class Home:
    """What one person sees: what is not for them is left out already; `settings` are for admins, else none."""

    models: Sequence[Model]
    runs: Sequence[Run]
    spent: Spent
    pictures: Sequence[tuple[Generation, Model]]
    now: float
    settings: Sequence[Block] = ()


def home(seen: Home) -> list[Block]:
    """Draw it."""
    return [
        header(words.home.MODELS),
        *_models(seen),
        *_runs(seen),
        header(words.home.SPENT),
        section(_spent(seen)),
        *([header(words.home.SETTINGS), *seen.settings] if seen.settings else []),
        header(words.home.PICTURES),
        *_pictures(seen),
        divider(),
        *(context(line) for line in words.home.HELP),
    ]


def _models(seen: Home) -> list[Block]:
    if not seen.models:
        return [section(words.asking.NO_MODELS)]
    ordered = sorted(seen.models, key=lambda model: (_FIRST.index(model.state), model.title))
    hidden = len(ordered) - MODELS_MOST
    more = [context(words.home.more(hidden, "/darkroom models"))] if hidden > 0 else []
    return [*(pictured(_model(model, seen.now), model) for model in ordered[:MODELS_MOST]), *more]


def _model(model: Model, now: float) -> str:
    state = f"{words.home.STATES[model.stands]} {words.models.STATES[model.stands]}"
    cost = words.home.costs(spending.so_far(model, now), model.an_hour if model.up_since else None)
    return "\n".join(
        [
            words.home.named(model.title, model.noun, private=bool(model.allowed)),
            f"{state} · {cost}",
            words.home.try_it(model.instance_prompt),
        ]
    )


def _runs(seen: Home) -> list[Block]:
    if not seen.runs:
        return []
    hidden = len(seen.runs) - RUNS_MOST
    more = [context(words.home.more_runs(hidden))] if hidden > 0 else []
    return [header(words.home.RUNS), *(section(_run(run, seen.now)) for run in seen.runs[:RUNS_MOST]), *more]


def _run(run: Run, now: float) -> str:
    return f"{words.home.run(run.subject, run.noun, run.channel)}\n{progress(run, now)}"


def _spent(seen: Home) -> str:
    up = [model for model in seen.models if model.up_since]
    spent = words.home.spent(seen.spent.total, seen.spent.training, seen.spent.endpoints)
    return f"{spent}\n{words.home.up(len(up), sum(model.an_hour or 0.0 for model in up))}"


def _pictures(seen: Home) -> list[Block]:
    shown = [block for generation, model in seen.pictures[:PICTURES_MOST] for block in hung(generation, model)]
    return shown or [context(words.home.NO_PICTURES)]
