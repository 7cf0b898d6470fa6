"""The modal behind Train: prompts and hyperparameters filled in, licence to accept."""

from typing import Any

from core import actions, recipe
from core.cards.blocks import Block, checkbox, context, modal, text_input
from core.records import Run

FIELDS = ("instance_prompt", "class_prompt", "max_steps", "learning_rate")
LICENCE = "I accept the CreativeML Open RAIL++-M licence."
LICENCE_LINK = "The licence stands on <https://huggingface.co/stabilityai/stable-diffusion-2-1-base|the model's page>."


def train_modal(run: Run, good: int, cost: str) -> Block:
    """Draw the modal; submitting it with what stands there is a good training."""
    blocks = [
        context(f"{good} photos. {cost}"),
        text_input(
            "instance_prompt",
            "Instance prompt",
            run.instance_prompt or recipe.instance_prompt(run.subject, run.noun),
            "The words that will stand for the subject. Keep its name in them.",
        ),
        text_input(
            "class_prompt",
            "Class prompt",
            run.class_prompt or recipe.class_prompt(run.noun),
            "What others of its kind are called.",
        ),
        text_input(
            "max_steps",
            "Steps",
            str(run.max_steps),
            "200 to 400 for things and pets, more for faces. Too many, and everything becomes the subject.",
        ),
        text_input(
            "learning_rate",
            "Learning rate",
            run.learning_rate,
            "Keep it low; raise the steps if the likeness is faint.",
        ),
        checkbox("licence", "Model licence", LICENCE),
        context(LICENCE_LINK),
    ]
    return modal(actions.TRAIN_MODAL, f"Train {run.subject}", "Start training", run.id, blocks)


def answers(view: dict[str, Any]) -> dict[str, str]:
    """Read what a person submitted: field → text; `licence` is empty unless ticked."""
    values = view["state"]["values"]
    found = {name: str(values[name]["value"].get("value") or "").strip() for name in FIELDS}
    return found | {"licence": "yes" if values["licence"]["value"].get("selected_options") else ""}
