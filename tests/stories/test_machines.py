"""Machines that AWS does not have, does not allow or takes back: what is said about them, and what a run costs."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.stories.acts import PETS, SECONDS, Scene, accept, scene
from tests.stories.conftest import QUICK, a_house, kept
from tests.stories.runs import LONG, MACHINE, Followed, forget_outlook, said

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAPACITY = "CapacityError: Unable to provision requested ML compute capacity."
BROKEN = "AlgorithmError: ExecuteUserScriptError: CUDA error"
NO_MACHINES = f"Your AWS account may hold 0 machines under “{MACHINE} for training job usage”"


async def test_machine_that_aws_has_not_at_the_moment_is_asked_for_again_in_numbered_attempts(at: Scene) -> None:
    run = await Followed.collected(at)
    at.aws_faults(fail_training={"reason": CAPACITY, "times": 3})
    await at.start_training(run.card)
    told = said(await run.says("Attempt 4 of 7 follows at", "nothing costs money meanwhile"))
    assert "CapacityError" in told
    await at.announced(run.card)
    names = [request["TrainingJobName"] for request in await run.asked("CreateTrainingJob")]
    assert len(set(names)) == 4
    assert len(at.made("CreateEndpoint")) == await run.announcements() == 1
    assert not await at.count(PETS, lambda m: at.subject in str(m["text"]) and "did not work" in str(m["text"]))


async def test_training_that_fails_is_told_and_try_again_makes_a_new_attempt(at: Scene) -> None:
    run = await Followed.collected(at)
    at.aws_faults(fail_training=BROKEN)
    await at.start_training(run.card)
    told = await run.told("did not work", "CUDA error", "The photos are kept")
    await run.says("This did not work", "CUDA error")
    await at.mira.press(told, "Try again", modal_within=0)
    await at.announced(run.card)
    first, second = await run.asked("CreateTrainingJob", times=2)
    assert first["TrainingJobName"] != second["TrainingJobName"]
    assert first["HyperParameters"]["max_steps"] == second["HyperParameters"]["max_steps"]
    assert await run.announcements() == 1


async def test_quota_of_0_is_told_before_the_start_with_what_to_ask_for(at: Scene) -> None:
    at.aws_faults(quota={f"training:{MACHINE}": 0})
    await forget_outlook(at)
    run = await Followed.collected(at)
    await run.says(NO_MACHINES, "Service Quotas")
    view = await at.mira.press(run.card, "Train", modal_within=SECONDS)
    assert NO_MACHINES in said(view)
    errors = await at.mira.submit(view, {"licence": ["yes"]})
    assert NO_MACHINES in str(errors)
    at.aws_faults(quota={})
    await forget_outlook(at)
    await at.start_training(run.card, LONG)
    await run.asked("CreateTrainingJob")
    await run.cancelled()


async def test_quota_that_is_0_all_at_once_fails_the_run_with_nothing_made_until_it_is_raised(at: Scene) -> None:
    await forget_outlook(at)
    run = await Followed.collected(at)
    at.aws_faults(quota={f"training:{MACHINE}": 0})
    await at.start_training(run.card, LONG)
    await run.says("This did not work", f"{MACHINE} for training job usage", "Service Quotas")
    assert not at.made("CreateTrainingJob")
    at.aws_faults(quota={})
    await run.press("Try again")
    await run.says(":hourglass_flowing_sand: Training")
    assert len(await run.asked("CreateTrainingJob")) == 1
    await run.cancelled()


async def test_model_that_jumpstart_has_withdrawn_is_told_to_the_admin_before_the_start(at: Scene) -> None:
    at.aws_faults(deprecated_model=True)
    await at.house.worker.stop()  # AWS's library remembers in a process for six hours what it has read
    await forget_outlook(at)
    await at.house.start_worker()
    run = await Followed.collected(at)
    await run.says("JumpStart has withdrawn", "For your admin: set DARKROOM_MODEL_VERSION")
    assert not await at.mira.press(run.card, "Train")
    await at.mira.wait_for_message(PETS, lambda m: m.get("ephemeral_for") and "withdrawn" in str(m["text"]))
    at.aws_faults(deprecated_model=False)
    await at.house.worker.stop()
    await forget_outlook(at)


async def test_spot_machine_that_is_taken_back_costs_time_and_the_bill_is_smaller(at: Scene) -> None:
    run = await Followed.collected(at)
    at.aws_faults(interrupt_spot=1)
    view = await at.mira.press(run.card, "Train", modal_within=SECONDS)
    shown = await at.mira.press(view, "advanced")
    await accept(at.mira, shown, {"spot": ["yes"], "max_steps": "12", "licence": ["yes"]})
    (request,) = await run.asked("CreateTrainingJob")
    assert request["EnableManagedSpotTraining"]
    over = said(await run.says("The training took", "took the spot machine back once"))
    (line,) = run.bill()
    assert line["share"] < 0.5
    cost = re.search(r"cost \$(\d+\.\d\d)", over)
    assert cost
    assert float(cost[1]) == pytest.approx(line["dollars"], abs=0.006)
    assert len(at.made("CreateTrainingJob")) == 1


@pytest_asyncio.fixture(loop_scope="session")
async def unprivileged(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A house whose admin wants AWS's own prices, in an account that lets nobody ask for prices or quotas."""
    async with kept(a_house(tmp_path, *QUICK, settings={"DARKROOM_PRICING": "api"})) as house:
        await house.start()
        house.aws.sandbox("faults", {"denied": ["pricing:GetProducts", "servicequotas:ListServiceQuotas"]})
        async with scene(house) as at:
            yield at


async def test_account_that_may_ask_for_neither_prices_nor_quotas_trains_by_the_table(unprivileged: Scene) -> None:
    at = unprivileged
    run = await Followed.collected(at)
    before = said(await run.says("$", f"on {MACHINE}"))
    assert re.search(r"About \d+ minutes and \$0\.\d\d on", before), before
    await at.start_training(run.card)
    await run.says("The training took", "cost $")
    refused = [call["operation"] for call in at.house.aws.sandbox("calls") if call["error"] == "AccessDeniedException"]
    assert {"GetProducts", "ListServiceQuotas"} <= {*refused}


async def test_run_that_failed_is_changed_and_trained_on_the_same_photos(at: Scene) -> None:
    run = await Followed.collected(at)
    at.aws_faults(fail_training=BROKEN)
    view = await at.mira.press(run.card, "Train", modal_within=SECONDS)
    shown = await at.mira.press(view, "advanced")
    await accept(at.mira, shown, {"spot": ["yes"], "seed": "7", "max_steps": "12", "licence": ["yes"]})
    await run.says("This did not work", "CUDA error")
    card = await at.mira.now(run.card)
    change = await at.mira.press(card, "Change and try again", modal_within=SECONDS)
    await accept(at.mira, change, {"spot": [], "licence": ["yes"]})
    first, second = await run.asked("CreateTrainingJob", times=2)
    assert (first["EnableManagedSpotTraining"], second.get("EnableManagedSpotTraining", False)) == (True, False)
    assert [job["HyperParameters"]["seed"] for job in (first, second)] == ['"7"'] * 2
    assert [job["HyperParameters"]["max_steps"] for job in (first, second)] == ['"12"'] * 2
    await at.announced(run.card)
