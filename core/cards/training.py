"""The card of a training thread: photos, stages, what it costs, and the one button that fits the moment."""

from collections.abc import Sequence

from core import actions, prices, recipe, words
from core.cards.blocks import Block, button, context, figures, header, section
from core.cards.blocks import actions as row
from core.records import Model, Photo, Run

DONE, NOW, AHEAD, BROKEN = ":white_check_mark:", ":hourglass_flowing_sand:", ":white_circle:", ":x:"
LISTED_MOST = 10
"""How many left-out photos the card names, so that it stays a card."""
BAR = 20
"""Width of the progress bar in characters."""

_STAGES = ("queued", "preparing", "training", "deploying", "in_service")


def card(
    run: Run, photos: Sequence[Photo], model: Model | None, instance: str, idle_seconds: float
) -> tuple[str, list[Block]]:
    """Draw the card: the text for notifications, and the blocks."""
    title = words.training.card_title(run.subject, run.noun)
    good = sum(photo.state == "good" for photo in photos)
    out = [photo for photo in photos if photo.state == "left_out"]
    counted = {words.training.GOOD_PHOTOS: good} | ({words.training.LEFT_OUT: len(out)} if out else {})
    blocks = [header(title), figures(counted)]
    blocks += _left_out(out)
    blocks += _collecting(run, good, instance, idle_seconds) if run.state == "collecting" else _following(run, model)
    return title, blocks


def _left_out(photos: Sequence[Photo]) -> list[Block]:
    lines = [words.training.left_out(photo.name, photo.reason) for photo in photos[:LISTED_MOST]]
    return [context("\n".join(lines))] if lines else []


def _collecting(run: Run, good: int, instance: str, idle_seconds: float) -> list[Block]:
    enough = good >= recipe.PHOTOS_LEAST
    ask = words.training.drop_photos(run.subject)
    cost = words.training.training_costs(
        prices.TRAINING_MINUTES, instance, prices.training(instance), max(1, round(idle_seconds / 60))
    )
    return [
        section(words.training.enough_photos(run.subject) if enough else ask),
        row(button("Train", actions.TRAIN, run.id, "primary" if enough else "")),
        context(cost),
    ]


def _following(run: Run, model: Model | None) -> list[Block]:
    if run.state == "failed":
        again = row(button("Try again", actions.TRY_AGAIN, run.id, "primary"))
        return [section(f"{BROKEN} {words.training.failed_card(run.reason)}"), again]
    if model and model.state == "failed":
        again = row(button("Try again", actions.WAKE_AGAIN, model.id, "primary"))
        return [section(f"{BROKEN} {words.training.failed_card(model.reason)}"), again]
    if model and (run_over := _resting(model)):
        return [section(run_over)]
    return [section(_stages(run, model))]


def _resting(model: Model) -> str:
    """What the card says once the model has been in service; empty while it is first deployed."""
    if model.state == "deploying" and model.attempt <= 1:
        return ""
    said = {
        "in_service": f"{DONE} {words.endpoint.in_service_card(model.instance_prompt)}",
        "asleep": f":zzz: {words.endpoint.asleep_card(model.instance_prompt)}",
        "draining": f":zzz: {words.endpoint.DRAINING_CARD}",
        "deploying": f"{NOW} {words.training.STAGE_DEPLOYING}",
    }
    return said.get(model.state, "")


def _stages(run: Run, model: Model | None) -> str:
    now = _STAGES.index(model.state if model and model.state in _STAGES else run.state if not model else "deploying")
    names = {
        "queued": words.training.STAGE_QUEUED,
        "preparing": words.training.STAGE_PREPARING,
        "training": words.training.STAGE_TRAINING,
        "deploying": words.training.STAGE_DEPLOYING,
        "in_service": words.training.STAGE_READY,
    }
    if run.state == "training" and run.step:
        names["training"] = f"{words.training.training_step(run.step, run.max_steps)}\n{bar(run.step, run.max_steps)}"
    marks = [DONE if place < now else NOW if place == now else AHEAD for place in range(len(_STAGES))]
    return "\n".join(f"{mark} {names[stage]}" for mark, stage in zip(marks, _STAGES, strict=True))


def bar(step: int, steps: int) -> str:
    """Draw how far something is, as a bar of characters."""
    filled = min(BAR, BAR * step // max(1, steps))
    return "▰" * filled + "▱" * (BAR - filled)
