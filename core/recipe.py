"""How a run trains: the prompts and hyperparameters that a person chooses, checked before anything is queued."""

from core import grammar, words
from core.records import Run

PHOTOS_LEAST = 4
PHOTOS_MOST = 20
"""JumpStart's article advises 4 to 20 good photos."""
STEPS_DEFAULT = 200
"""The article: 200 to 400 steps for things and pets."""
STEPS_MOST = 5_000
LEARNING_RATE_DEFAULT = "2e-06"
LEARNING_RATE_MOST = 1.0
PROMPT_MOST = 200


def instance_prompt(subject: str, noun: str) -> str:
    """Give the prompt that stands for the subject while it is learnt."""
    return f"a photo of {subject} {noun}"


def class_prompt(noun: str) -> str:
    """Give the prompt that stands for the subject's class."""
    return f"a photo of a {noun}"


def faults(subject: str, answers: dict[str, str]) -> dict[str, str]:
    """Say what is wrong with a modal's answers: a sentence for each field, none when all is well."""
    found = {
        "instance_prompt": _prompt_fault(answers["instance_prompt"], subject),
        "class_prompt": _prompt_fault(answers["class_prompt"], ""),
        "max_steps": _steps_fault(answers["max_steps"]),
        "learning_rate": _rate_fault(answers["learning_rate"]),
        "licence": "" if answers["licence"] else words.training.LICENCE_NEEDED,
    }
    return {name: fault for name, fault in found.items() if fault}


def hyperparameters(run: Run) -> dict[str, str]:
    """Give the hyperparameters that are ours; the rest are JumpStart's defaults. `max_steps` beats `epochs`."""
    return {"max_steps": str(run.max_steps), "learning_rate": run.learning_rate}


def _prompt_fault(prompt: str, subject: str) -> str:
    if not prompt.strip():
        return words.training.FIELD_EMPTY
    if len(prompt) > PROMPT_MOST:
        return words.training.field_too_long(PROMPT_MOST)
    return "" if not subject or grammar.mentions(subject, prompt) else words.training.prompt_without_subject(subject)


def _steps_fault(text: str) -> str:
    usable = text.isascii() and text.isdigit() and 1 <= int(text) <= STEPS_MOST
    return "" if usable else words.training.steps_range(STEPS_MOST)


def _rate_fault(text: str) -> str:
    try:
        rate = float(text)
    except ValueError:
        return words.training.rate_range(LEARNING_RATE_MOST)
    return "" if 0 < rate <= LEARNING_RATE_MOST else words.training.rate_range(LEARNING_RATE_MOST)
