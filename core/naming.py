"""What a model is called, and what its endpoint is told in its place. Pure."""

import re

from core import grammar
from core.records import Model


def called(model: Model) -> tuple[str, ...]:
    """List the names that a model answers to: the one it was given last, and the one it has learnt."""
    return tuple(dict.fromkeys(filter(None, (model.name, model.subject))))


def mentioned(model: Model, prompt: str) -> bool:
    """Tell whether a prompt names this model."""
    return any(grammar.mentions(name.lower(), prompt) for name in called(model))


def as_learnt(prompt: str, model: Model) -> str:
    """Say a prompt in the word that the model has learnt: one that was renamed does not know its new name."""
    if not model.name or model.name == model.subject or grammar.mentions(model.subject, prompt):
        return prompt
    return re.sub(rf"(?<!\w){re.escape(model.name)}(?!\w)", lambda _: model.subject, prompt, flags=re.IGNORECASE)
