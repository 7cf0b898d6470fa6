"""Pictures that are compared, as people see them: the forgetting check, a step sheet's rows, and the choice."""

from collections.abc import Sequence

from core import actions, words
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row_of
from core.cards.elements import confirm, image
from core.records import Comparison, Model, Run
from core.records.comparing import CHOOSING_DAYS
from core.waiting import WAITS_MOST

DONE, NOW, AHEAD, BROKEN = ":white_check_mark:", ":hourglass_flowing_sand:", ":white_circle:", ":x:"
REASON_MOST = 300
"""Characters of a reason in a row: six of them fit in Slack's 3,000 of a section."""

_OF_RUN = {
    "queued": (AHEAD, words.comparing.IN_LINE),
    "preparing": (NOW, words.comparing.PREPARING),
    "stopping": (NOW, words.comparing.STOPPING),
    "cancelled": (BROKEN, words.comparing.CANCELLED),
}
_OF_MODEL = {
    "deploying": (NOW, words.comparing.COMING_UP),
    "in_service": (NOW, words.comparing.PAINTING),
    "draining": (NOW, words.comparing.GOING_DOWN),
}
_OF_SHEET = {
    "choosing": words.comparing.choosing(CHOOSING_DAYS),
    "tidying": words.comparing.TIDYING,
    "stopping": words.comparing.STOPPING,
}


def forgetting(child: Model, parent: Model, file: str) -> tuple[str, list[Block]]:
    """Show the parent's pictures beside what its child makes of the same prompts; `file` is Slack's id of the sheet."""
    text = words.comparing.forgetting(child.subject, parent.subject, parent.noun)
    return text, [section(text), image(file, words.comparing.forgetting_title(child.subject, parent.subject))]


def rows(comparison: Comparison | None, runs: Sequence[Run], models: Sequence[Model]) -> list[Block]:
    """Show on the card how far each row of a step sheet is."""
    if comparison is None:
        return []
    run_of = {run.id: run for run in runs}
    model_of = {model.id: model for model in models}
    lines = [words.comparing.CARD]
    for steps, identity in zip(comparison.steps, comparison.runs, strict=True):
        run = run_of.get(identity)
        mark, said = _row(run, model_of.get(run.model) if run else None)
        lines.append(f"{mark} *{words.comparing.row(steps)}* · {said}")
    what_next = _OF_SHEET.get(comparison.state)
    trained = [run for run in runs if run.model in model_of]
    return [
        section("\n".join(lines)),
        *([section(what_next)] if what_next else []),
        *([_buttons(comparison, trained)] if comparison.state == "choosing" and trained else []),
    ]


def _row(run: Run | None, model: Model | None) -> tuple[str, str]:
    if run is None:
        return AHEAD, words.comparing.WAITS
    if model and model.waits_until:
        return NOW, words.following.waiting_for_machine(
            model.waits + 1, WAITS_MOST + 1, model.waits_until, model.reason[:REASON_MOST]
        )
    if model and (model.state in _OF_MODEL or model.attempt):
        return _OF_MODEL.get(model.state, (DONE, f"{words.comparing.PAINTED}, {took(run)}"))
    if run.state == "training":
        return NOW, words.comparing.training(run.step, run.max_steps)
    if run.state == "failed" or (run.state == "stopping" and run.then):
        return BROKEN, words.comparing.failed(run.reason[:REASON_MOST])
    return _OF_RUN.get(run.state, (AHEAD, words.comparing.TRAINED))


def took(run: Run, joint: str = " · ") -> str:
    """Say what a run took and cost."""
    return words.comparing.took(run.took_seconds / 60, run.dollars, joint)


def choice(
    comparison: Comparison, root: Run, trained: Sequence[Run], file: str, fault: str = ""
) -> tuple[str, list[Block]]:
    """Show the sheet, with a button for each run that gave a model; `fault` says why there is no picture of it."""
    text = words.comparing.sheet(root.subject, root.noun)
    shown = (
        section(words.comparing.no_sheet(fault)) if fault else image(file, words.comparing.sheet_title(root.subject))
    )
    return text, [section(text), shown, *([_buttons(comparison, trained)] if trained else [])]


def _buttons(comparison: Comparison, trained: Sequence[Run]) -> Block:
    return row_of(*(_keep(comparison, run, place, len(trained) - 1) for place, run in enumerate(trained)))


def _keep(comparison: Comparison, run: Run, place: int, others: int) -> Block:
    asked = confirm(
        words.comparing.KEEP_TITLE,
        words.comparing.keep_confirm(run.max_steps, others),
        words.comparing.KEEP_YES,
        words.comparing.KEEP_NO,
    )
    label = words.comparing.keep(run.max_steps)
    return button(label, f"{actions.KEEP_STEPS}:{place}", f"{comparison.id}:{run.model}") | {"confirm": asked}
