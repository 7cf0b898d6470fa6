"""Which model a prompt means: the one whose subject it names."""

from collections.abc import Mapping

from core import grammar


def candidates(prompt: str, catalogue: Mapping[str, str]) -> list[str]:
    """Give the ids of the models that a prompt may mean; `catalogue` is id → subject.

    One: that is it. Several: the prompt names them all. When it names none, every model is a candidate.
    """
    named = [model for model, subject in catalogue.items() if grammar.mentions(subject, prompt)]
    return named or list(catalogue)


def names_one(prompt: str, catalogue: Mapping[str, str]) -> str | None:
    """Give the id of the one model whose subject the prompt names, if it is just one."""
    named = [model for model, subject in catalogue.items() if grammar.mentions(subject, prompt)]
    return named[0] if len(named) == 1 else None
