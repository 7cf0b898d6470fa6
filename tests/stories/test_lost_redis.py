"""Redis is lost with all records: nothing is deleted, everything is named, and the models come back."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from core.store import connect
from tests.stories.acts import STUDIO, Scene, scene
from tests.stories.conftest import QUICK, a_house, kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEFT_FOR_PEOPLE = 3
"""The exit code after which somebody should see to something."""


@pytest_asyncio.fixture(loop_scope="session")
async def alone(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A house of its own, where pictures are one colour."""
    async with kept(a_house(tmp_path, *QUICK)) as house, scene(house) as at:
        yield at


async def test_models_come_back_after_redis_was_lost_and_paint_without_being_trained_again(alone: Scene) -> None:
    at = alone
    await at.learn()
    await at.house.bot.kill()
    await at.house.worker.kill()

    await at.house.valkey.stop()
    code, said = await at.house.command("sweep", "--stateless")
    assert (code, at.made("DeleteEndpoint")) == (0, []), "without Redis, and it was used a moment ago: " + said
    await at.house.valkey.start()

    redis: Any = connect(at.house.valkey.url)
    await redis.flushall()
    await redis.aclose()

    code, said = await at.house.command("sweep")
    assert code == LEFT_FOR_PEOPLE, said
    assert f"older    endpoint darkroom-{at.subject}-" in said
    assert not at.made("DeleteEndpoint")

    at.aws_faults(denied=["sagemaker:ListTrainingJobs"])
    code, said = await at.house.command("recover")
    assert code == LEFT_FOR_PEOPLE, said
    assert "not authorized to perform: sagemaker:ListTrainingJobs" in said
    at.aws_faults(denied=[])

    code, said = await at.house.command("recover")
    assert code == 0, said
    assert at.subject in said
    await at.house.start_worker()
    await at.house.start_bot()
    prompt = f"{at.subject} cat at the window"
    await at.mira.command(STUDIO, "/imagine", prompt)
    await at.pictures(STUDIO, prompt)
    assert len(at.made("CreateTrainingJob")) == len(at.made("CreateEndpoint")) == 1
