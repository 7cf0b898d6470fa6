"""Prompts for a model whose endpoint is up."""

from typing import Any

from core.change import Change
from core.line import line_of
from core.records import Generation
from tests.support.records import TEAM, a_generation
from tests.support.workshop import Workshop

NAME = "darkroom-riobugger-model1-a1"
"""The endpoint of the usual model."""


async def asked(workshop: Workshop, **different: Any) -> Generation:
    """Put a prompt into the model's line, due now."""
    generation = await workshop.put(a_generation(**({"due": workshop.clock()} | different)))
    await workshop.store.commit(Change(TEAM).index(line_of("model1"), generation.id, workshop.clock()))
    return generation
