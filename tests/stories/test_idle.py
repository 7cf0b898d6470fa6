"""An endpoint that nobody uses is warned about, then taken down; the next prompt wakes it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.story import button_with
from tests.stories.acts import PETS, STUDIO, Scene, scene
from tests.stories.bills import compared
from tests.stories.conftest import QUICK, SETTINGS, SPEED, a_house, kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

FEW_POLLS = 5 * float(SETTINGS["DARKROOM_POLL_SECONDS"]) * SPEED
"""In seconds of AWS: when an endpoint has gone is known to one look, which is late where the machine is busy."""
IDLE = {"DARKROOM_IDLE_SECONDS": "10", "DARKROOM_WARN_SECONDS": "5", "DARKROOM_KEEP_SECONDS": "8"}


@pytest_asyncio.fixture(loop_scope="session")
async def idle(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A house where ten seconds count as idle."""
    async with kept(a_house(tmp_path, *QUICK, settings=IDLE)) as house, scene(house) as at:
        yield at


async def test_idle_endpoint_is_warned_about_kept_awake_taken_down_and_woken(idle: Scene) -> None:
    at = idle
    card = await at.learn()
    warning = await at.in_thread(card, lambda m: button_with(m, "Keep awake"))
    assert not at.made("DeleteEndpoint")
    await at.mira.press(warning, button_with(warning, "Keep awake"), modal_within=0)
    await at.in_thread(card, lambda m: "keeps *" in str(m["text"]))
    await at.in_thread(card, lambda m: "is asleep" in str(m["text"]))
    deleted = [at.made(name)[0]["at"] for name in ("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel")]
    assert deleted == sorted(deleted)
    assert not at.house.aws.sandbox("meter")["running"]

    await at.mira.press(warning, button_with(warning, "Keep awake"), modal_within=0)
    await at.mira.wait_for_message(PETS, lambda m: m.get("ephemeral_for") and "earlier moment" in str(m["text"]))

    prompt = f"{at.subject} cat at the window"
    reply = await at.mira.command(STUDIO, "/imagine", prompt)
    assert reply is not None
    assert "asleep" in reply["text"]
    await at.pictures(STUDIO, prompt)
    assert len(at.made("CreateTrainingJob")) == 1
    assert len(at.made("CreateEndpoint")) == 2
    told = [m for m in await at.mira.thread(PETS, card["ts"]) if "*in service*" in str(m["text"])]
    assert len(told) == 1

    bills = await compared(at.house)
    assert sorted(bill.kind for bill in bills.values()) == ["endpoint", "training"]
    assert all(
        bill.off <= 0.01 * bill.metered + (FEW_POLLS if bill.kind == "endpoint" else 0) for bill in bills.values()
    )
