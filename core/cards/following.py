"""A run on its card once it has left the set: where it is, how long it will be, what it cost, and Cancel."""

from core import actions, words
from core.cards.blocks import Block, button, context, section
from core.cards.blocks import actions as row
from core.cards.elements import confirm
from core.records import Model, Run
from core.waiting import WAITS_MOST

DONE, NOW, AHEAD, BROKEN = ":white_check_mark:", ":hourglass_flowing_sand:", ":white_circle:", ":x:"
BUTTONS = "buttons"
"""The block of a card's buttons, the same however often the card is drawn."""
BAR = 20
"""Width of the progress bar in characters."""

_STAGES = ("queued", "preparing", "training", "deploying", "in_service")


def following(run: Run, model: Model | None, now: float, estimated: float | None = None) -> list[Block]:
    """Draw where a run stands, with the one button that fits; `estimated` is what it was thought to cost."""
    bill = _bill(run, estimated)
    if run.state in {"cancelled", "stopping", "failed"}:
        return _over(run, bill)
    if model and model.state == "failed":
        again = row(button(words.training.TRY_AGAIN, actions.WAKE_AGAIN, model.id, "primary"))
        return [section(f"{BROKEN} {words.training.failed_card(model.reason)}"), again]
    if model and model.waits_until and model.state in {"draining", "asleep"}:
        return [section(f"{NOW} {_waiting(model)}"), *bill, row(cancel_button(run), block=BUTTONS)]
    if run.state == "trained" and model is None:
        return [section(words.asking.model_gone()), *bill]
    if model and (resting := _resting(model)):
        return [section(resting), *bill]
    return [section(_stages(run, model, now)), *bill, row(cancel_button(run), block=BUTTONS)]


def _over(run: Run, bill: list[Block]) -> list[Block]:
    if run.state == "stopping":
        why = f"{BROKEN} {words.training.failed_card(run.reason)}\n" if run.then else ""
        return [section(f"{why}{NOW} {words.following.STOPPING}")]
    if run.state == "cancelled":
        return [section(f"{BROKEN} {words.following.cancelled_by(run.cancelled_by)}"), *bill]
    return [section(f"{BROKEN} {words.training.failed_card(run.reason)}"), *bill, ways_on(run)]


def ways_on(run: Run) -> Block:
    """Offer what can be done about a run that failed: the same once more, or with another recipe."""
    return row(
        button(words.training.TRY_AGAIN, actions.TRY_AGAIN, run.id, "primary"),
        button(words.training.CHANGE_AND_TRY_AGAIN, actions.TRAIN, run.id),
    )


def cancel_button(run: Run) -> Block:
    """Offer to cancel, saying what becomes of it."""
    text = {"collecting": words.following.CONFIRM_SET, "trained": words.following.CONFIRM_ENDPOINT}
    asked = confirm(
        words.following.CONFIRM_TITLE,
        text.get(run.state, words.following.CONFIRM_RUN),
        words.following.CANCEL,
        words.following.CONFIRM_KEEP,
    )
    return button(words.following.CANCEL, actions.CANCEL, run.id) | {"confirm": asked}


def _bill(run: Run, estimated: float | None) -> list[Block]:
    """Say what the job took and cost, once AWS has said so."""
    said: list[str] = []
    if run.took_seconds:
        actual = words.money.actual(run.took_seconds, run.dollars, estimated)
        said.append(words.following.took(actual, run.interruptions))
    if run.spent_before:
        said.append(words.money.spent_before(run.spent_before))
    return [context(" ".join(said))] if said else []


def _resting(model: Model) -> str:
    """What the card says once the model has been in service; empty while it is first deployed."""
    if model.state == "deploying" and model.attempt <= 1:
        return ""
    said = {
        "in_service": f"{DONE} {words.endpoint.in_service_card(model.instance_prompt)}",
        "asleep": f":zzz: {words.endpoint.asleep_card(model.instance_prompt, model.wakes_at)}",
        "draining": f":zzz: {words.endpoint.DRAINING_CARD}",
        "deploying": f"{NOW} {words.training.STAGE_DEPLOYING}",
    }
    return said.get(model.state, "")


def _stages(run: Run, model: Model | None, now: float) -> str:
    at = _STAGES.index(model.state if model and model.state in _STAGES else run.state if not model else "deploying")
    names = {
        "queued": _queued(run),
        "preparing": words.training.STAGE_PREPARING,
        "training": _training(run, now),
        "deploying": words.training.STAGE_DEPLOYING,
        "in_service": words.training.STAGE_READY,
    }
    marks = [DONE if place < at else NOW if place == at else AHEAD for place in range(len(_STAGES))]
    return "\n".join(f"{mark} {names[stage]}" for mark, stage in zip(marks, _STAGES, strict=True))


def progress(run: Run, now: float) -> str:
    """Say how far a run is, without its card around it."""
    said = {"queued": _queued(run), "training": _training(run, now)}
    return said.get(run.state) or words.overview.RUN_STATES[run.state].capitalize()


def _queued(run: Run) -> str:
    if run.state != "queued":
        return words.training.STAGE_QUEUED
    if run.waits_until:
        return _waiting(run)
    return words.following.in_line(run.place) if run.place else words.training.STAGE_QUEUED


def _waiting(waits: Run | Model) -> str:
    return words.following.waiting_for_machine(waits.waits + 1, WAITS_MOST + 1, waits.waits_until, waits.reason)


def _training(run: Run, now: float) -> str:
    if run.state != "training":
        return words.training.STAGE_TRAINING
    stage = words.following.STAGES.get(run.stage, "") if run.stage != "Training" else ""
    lines = [words.training.STAGE_TRAINING + (f": {stage}" if stage else "")]
    if run.step and not stage:
        lines = [words.following.step(run.step, run.max_steps, run.loss), bar(run.step, run.max_steps)]
    if run.created_at:
        lines.append(words.following.so_far((now - run.created_at) / 60, left(run, now)))
    return "\n".join(lines)


def left(run: Run, now: float) -> float | None:
    """Estimate the minutes that the remaining steps take, from those that were seen; None before there are any."""
    seen = run.step - run.first_step
    if seen <= 0 or not run.training_at or now <= run.training_at:
        return None
    return (now - run.training_at) / seen * (run.max_steps - run.step) / 60


def bar(step: int, steps: int) -> str:
    """Draw how far something is, as a bar of characters."""
    filled = min(BAR, BAR * step // max(1, steps))
    return "▰" * filled + "▱" * (BAR - filled)
