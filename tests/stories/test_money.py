"""What may be spent, who decides it, and who did: budgets, working hours, costs and the audit."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.slack.person import Person
from tests.stories.acts import PETS, SECONDS, STUDIO, Scene, has_button, scene
from tests.stories.conftest import QUICK, a_house, kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADMIN = {"DARKROOM_ADMINS": "U0JON", "DARKROOM_ADMIN_CHANNEL": "C0RANDOM"}
HOME = "C0RANDOM"


@pytest_asyncio.fixture(loop_scope="session")
async def paid(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A house whose admin is Jonas; the admins' channel is #random, into which nobody has invited the bot."""
    async with kept(a_house(tmp_path, *QUICK, settings=ADMIN)) as house, scene(house) as at:
        yield at


async def _budget(jonas: Person, dollars: str) -> None:
    """Have the admin set the workspace's budget in the modal."""
    await jonas.command(HOME, "/darkroom", "budgets")
    card = await jonas.wait_for_message(HOME, lambda m: has_button(m, "Change the budgets"))
    view = await jonas.press(card, "Change the budgets", modal_within=SECONDS)
    assert await jonas.submit(view, {"workspace": dollars}) == {}


async def test_budget_stops_a_training_until_an_admin_approves_more_and_the_audit_says_who(paid: Scene) -> None:
    at = paid
    card = await at.drop(await at.open_thread())
    async with at.house.person("U0JON") as jonas:
        await _budget(jonas, "0.05")
        view = await at.mira.press(card, "Train", modal_within=SECONDS)
        errors = await at.mira.submit(view, {"max_steps": "12", "licence": ["yes"]})
        while not errors and (again := await at.mira.views()):
            errors = await at.mira.submit(again[-1])
        assert "budget" in str(errors), errors
        assert not at.made("CreateTrainingJob")

        alone = await jonas.direct_messages()
        asked = await jonas.wait_for_message(alone, lambda m: has_button(m, "Approve $5 more"), within=SECONDS)
        assert f"I cannot write in <#{HOME}>" in str(asked["blocks"])
        await jonas.press(asked, "Approve $5 more", modal_within=0)
        await jonas.wait_for_message(alone, lambda m: "has approved $5.00 more" in str(m["text"]), within=SECONDS)
        await at.mira.dismiss((await at.mira.views())[-1])
        await at.start_training(card)
        await at.announced(card)

        reply = await jonas.command(PETS, "/darkroom", "hours awake 9-17 weekdays Europe/Berlin")
        assert "is woken for them" in str(reply)
        said = str(await jonas.command(PETS, "/darkroom", "audit"))
        for deed in (
            "<@U0JON> changed the rules (",
            "Workspace, dollars a month: as set up → 0.05)",
            "<@U0JON> approved",
            f"<@U0MIRA> started a training of *{at.subject}*",
            f"working hours of <#{PETS}>: none → awake 9-17 mon-fri Europe/Berlin",
        ):
            assert deed in said, said

        reply = await at.mira.command(STUDIO, "/darkroom", "costs")
        assert f"{at.subject} · $" in str(reply)
        assert "endpoint is up now" in str(reply)
