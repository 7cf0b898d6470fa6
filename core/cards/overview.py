"""What `/darkroom` answers: models, runs under way, help."""

from collections.abc import Sequence

from core import words
from core.cards.blocks import Block, context, divider, header, section
from core.records import Model, Run

LISTED_MOST = 20
"""Models and runs listed, so that a view stays under Slack's 50 blocks."""


def overview(models: Sequence[Model], runs: Sequence[Run]) -> list[Block]:
    """Draw the list."""
    return [
        header(words.overview.MODELS),
        *([section(_model(model)) for model in models[:LISTED_MOST]] or [section(words.asking.NO_MODELS)]),
        header(words.overview.RUNS),
        *([section(_run(run)) for run in runs[:LISTED_MOST]] or [section(words.overview.NO_RUNS)]),
        divider(),
        context("\n".join(words.home.HELP)),
    ]


def _model(model: Model) -> str:
    named = words.models.line(model.title, model.noun, model.state)
    return f"{named}\n`/imagine {words.text.escape(model.instance_prompt)}`"


def _run(run: Run) -> str:
    how_far = f", step {run.step} of {run.max_steps}" if run.state == "training" and run.step else ""
    state = words.overview.RUN_STATES.get(run.state, run.state)
    return f"*{run.subject}* · {run.noun} · {state}{how_far} · <#{run.channel}>"
