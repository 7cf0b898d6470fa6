"""Endpoints that come back after Redis was lost count among those that may be up at once, until they are gone."""

from typing import Any

import pytest

from core import words
from core.records import Model
from tests.support.records import MIRA, TEAM, a_model, stands
from tests.support.workshop import Workshop
from tests.workers.test_recover import an_endpoint, recover, trained, wiped
from workers.setting_aside import UP

pytestmark = pytest.mark.usefixtures("no_turns")

NAME = "darkroom-riobugger-model1-a2"
GOES = {"deleted_by": MIRA, "state": "deleting", "stage": "bucket", "due": None}


async def another(workshop: Workshop) -> Model:
    """Wake another model; gives it as it stands once a worker has looked."""
    wakes: dict[str, Any] = {"state": "deploying", "stage": "model", "attempt": 1, "due": workshop.clock()}
    model = await workshop.put(a_model(id="model2", run="run2", subject="doppler", **wakes))
    await workshop.run_due()
    return await stands(workshop.store, model)


@pytest.mark.parametrize(
    ("status", "different"),
    [("InService", {}), ("Creating", {}), ("Creating", GOES)],
    ids=["in service", "on its way", "being deleted"],
)
async def test_endpoint_that_comes_back_leaves_no_room_for_one_too_many(
    workshop: Workshop, status: str, different: dict[str, Any]
) -> None:
    workshop.widen(endpoints_at_once=1)
    await trained(workshop, **different)
    an_endpoint(workshop, NAME, "model:model1", status)
    await wiped(workshop)
    await recover(workshop)
    refused = await another(workshop)
    assert (refused.state, refused.reason) == ("failed", words.limits.endpoints_reached(1))
    assert list(workshop.aws.sagemaker.endpoints) == [NAME]


async def test_endpoint_that_comes_back_makes_room_once_it_is_gone(workshop: Workshop) -> None:
    workshop.widen(endpoints_at_once=1)
    await trained(workshop)
    an_endpoint(workshop, NAME, "model:model1")
    await wiped(workshop)
    await recover(workshop)
    await workshop.follow(120)
    assert (await stands(workshop.store, a_model())).state == "asleep", "nobody has used it for an hour"
    assert (await another(workshop)).state == "deploying"


async def test_model_that_comes_back_asleep_takes_nobodys_place(workshop: Workshop) -> None:
    await trained(workshop)
    await wiped(workshop)
    await recover(workshop)
    assert await workshop.store.members(TEAM, UP) == []
