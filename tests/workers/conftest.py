"""What the tests of several stages of a run, and of prompts, begin with."""

import pytest

from core.records import Model, Run
from tests.support.records import a_model
from tests.support.workshop import Workshop
from tests.workers.prompts import NAME
from tests.workers.runs import a_queued_run
from tests.workers.sheet_world import World, a_set
from workers import stateless, watching


@pytest.fixture
async def run(workshop: Workshop) -> Run:
    """A queued run with five good photos in S3, one that was left out, and its card."""
    return await a_queued_run(workshop, good=5)


@pytest.fixture
async def world(workshop: Workshop) -> World:
    """A set that collects."""
    return World(workshop, await a_set(workshop))


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model in service that nobody looks at."""
    workshop.aws.sagemaker.serve(NAME)
    return await workshop.put(a_model(state="in_service", attempt=1))


@pytest.fixture
def no_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lists of AWS follow each other at once: the fakes mind no pace."""
    for module in (watching, stateless):
        monkeypatch.setattr(module, "LIST_SECONDS", 0.0)
