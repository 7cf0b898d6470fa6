"""A run that is given up: its job is stopped first, what it has cost is booked, and people are told why, once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from core import holds, ledger, outbox, starting, words
from core.cancelling import cancel
from core.ledger import Charge
from core.queue import QUEUE
from core.records import Run
from tests.support.fake_aws import throttled
from tests.support.fake_sagemaker import ARN, refusal
from tests.support.records import MIRA, TEAM, stands
from tests.support.workshop import Workshop
from tests.workers.runs import ARTIFACT, until_created
from tests.workers.sheet_world import World
from workers.views import draw

DENIED = refusal("AccessDeniedException", "not authorized")
AN_HOUR = 0.94


async def training(workshop: Workshop, run: Run, minutes: float = 15) -> Run:
    """Let a run train for so long; its machine came two minutes after its job."""
    run = await until_created(workshop, run)
    began = datetime.fromtimestamp(workshop.clock() + 120, UTC)
    workshop.aws.sagemaker.jobs[run.job] |= {"SecondaryStatus": "Training", "TrainingStartTime": began}
    await workshop.follow(minutes * 60, every=15)
    return await stands(workshop.store, run)


async def given_up(workshop: Workshop, run: Run) -> Run:
    """Have AWS refuse to list the jobs, once."""
    workshop.aws.script("list_training_jobs", DENIED)
    await workshop.follow(15, every=15)
    return await stands(workshop.store, run)


async def ends(workshop: Workshop, run: Run, seconds: int = 840, status: str = "Stopped") -> Run:
    """Let the job end, and workers see it."""
    end = datetime.fromtimestamp(workshop.clock(), UTC)
    told = {"TrainingJobStatus": status, "TrainingEndTime": end, "BillableTimeInSeconds": seconds}
    machine = {"TrainingTimeInSeconds": seconds, "ResourceConfig": {"InstanceType": "ml.g4dn.2xlarge"}}
    workshop.aws.sagemaker.jobs[run.job] |= told | machine
    await workshop.follow(60, every=15)
    return await stands(workshop.store, run)


async def booked(workshop: Workshop) -> Sequence[Charge]:
    return await ledger.of_month(workshop.store, TEAM, "2027-01")


async def used(workshop: Workshop) -> float:
    """Give what counts against the workspace's budget."""
    return float((await workshop.store.table(TEAM, holds.table_of("2027-01")))["workspace"])


def told(workshop: Workshop) -> list[str]:
    """List what the thread was told of a training that did not work."""
    return [text for text in workshop.said() if "did not work" in text]


async def card(workshop: Workshop, run: Run) -> str:
    return str((await draw(workshop.house, outbox.card(run, workshop.clock())))[1])


async def test_run_that_is_given_up_while_it_trains_is_booked_when_aws_says_that_its_job_has_ended(
    workshop: Workshop, run: Run
) -> None:
    run = await training(workshop, run)
    stops = await given_up(workshop, run)
    assert stops.state == "stopping"
    assert workshop.aws.called("stop_training_job") == [{"TrainingJobName": run.job}]
    assert await used(workshop) == pytest.approx(sum(run.held.values()))
    over = await ends(workshop, run)
    assert (over.state, over.reason, over.billed_seconds) == ("failed", "AWS says: not authorized", 840)
    (line,) = await booked(workshop)
    assert (line.name, line.seconds) == (run.job, 840)
    assert await used(workshop) == pytest.approx(line.dollars) == pytest.approx(AN_HOUR * 840 / 3_600)
    assert (over.held, over.due, await workshop.store.members(TEAM, QUEUE)) == ({}, None, [])


async def test_people_are_told_once_why_a_run_was_given_up_and_its_card_says_so_at_once(
    workshop: Workshop, run: Run
) -> None:
    stops = await given_up(workshop, await training(workshop, run))
    shown = await card(workshop, stops)
    assert words.following.STOPPING in shown
    assert "AWS says: not authorized" in shown
    assert told(workshop) == []
    over = await ends(workshop, stops)
    assert told(workshop) == [words.training.training_failed(run.subject, over.reason)]
    assert words.following.STOPPING not in await card(workshop, over)
    assert f"cost ${over.dollars:.2f}" in await card(workshop, over)


async def test_run_that_was_given_up_is_tried_again_and_can_be_cancelled_as_any_other(
    workshop: Workshop, run: Run
) -> None:
    over = await ends(workshop, await given_up(workshop, await training(workshop, run)))
    assert await starting.start_again(workshop.store, over, MIRA, workshop.clock())
    again = await training(workshop, over)
    assert again.job != over.job
    assert await cancel(workshop.store, again, MIRA, workshop.clock())
    await workshop.run_due()
    assert (await ends(workshop, again, 60)).state == "cancelled"
    assert [line.seconds for line in await booked(workshop)] == [840, 60]
    assert len(told(workshop)) == 1


async def test_run_that_is_being_stopped_is_not_cancelled_by_anybody_beside_it(workshop: Workshop, run: Run) -> None:
    stops = await given_up(workshop, await training(workshop, run))
    assert not await cancel(workshop.store, stops, MIRA, workshop.clock())


@pytest.mark.parametrize("answer", [DENIED, throttled()], ids=["refused", "throttled"])
async def test_run_of_whose_job_aws_says_no_more_fails_in_time_and_is_booked_by_what_is_known(
    workshop: Workshop, run: Run, answer: Exception
) -> None:
    run = await training(workshop, run)
    workshop.aws.script("stop_training_job", DENIED)
    stops = await given_up(workshop, run)
    workshop.aws.script("describe_training_job", *[answer] * 200)
    await workshop.follow(1_200, every=15)
    assert (await stands(workshop.store, stops)).state == "stopping"
    await workshop.follow(3 * 3_600, every=60)
    over = await stands(workshop.store, stops)
    assert (over.state, over.reason, over.due) == ("failed", "AWS says: not authorized", None)
    (line,) = await booked(workshop)
    assert line.seconds == pytest.approx(over.ended_at - run.created_at - 120, abs=1)
    assert over.ended_at - stops.stopping_at == pytest.approx(3_600, rel=0.1)
    assert await used(workshop) == pytest.approx(line.dollars)
    assert len(told(workshop)) == 1


async def test_job_that_aws_has_taken_the_order_to_stop_for_is_not_booked_for_longer_than_that_takes(
    workshop: Workshop, run: Run
) -> None:
    stops = await given_up(workshop, await training(workshop, run))
    workshop.aws.script("describe_training_job", *[DENIED] * 200)
    await workshop.follow(2 * 3_600, every=60)
    (line,) = await booked(workshop)
    assert line.until - stops.stopping_at == pytest.approx(120, abs=1)


async def test_job_that_aws_does_not_let_us_stop_is_booked_when_it_has_ended_by_itself(
    workshop: Workshop, run: Run
) -> None:
    run = await training(workshop, run)
    workshop.aws.script("stop_training_job", *[DENIED] * 500)
    stops = await given_up(workshop, run)
    await workshop.follow(3 * 3_600, every=60)
    assert (await stands(workshop.store, stops)).state == "stopping"
    over = await ends(workshop, run, 11_000, "Completed")
    assert (over.state, over.billed_seconds) == ("failed", 11_000)


async def test_one_answer_that_is_refused_in_the_middle_is_not_the_end_of_the_watch(
    workshop: Workshop, run: Run
) -> None:
    stops = await given_up(workshop, await training(workshop, run))
    for _ in range(100):
        workshop.aws.script("describe_training_job", DENIED)
        await workshop.follow(75, every=15)
    assert (await stands(workshop.store, stops)).state == "stopping"


async def test_job_that_has_ended_when_its_run_is_given_up_is_booked_at_once(workshop: Workshop, run: Run) -> None:
    run = await training(workshop, run)
    workshop.aws.sagemaker.complete_job(run.job, ARTIFACT)
    workshop.aws.sagemaker.jobs[run.job] |= {"BillableTimeInSeconds": 840}
    over = await given_up(workshop, run)
    assert (over.state, over.billed_seconds) == ("failed", 840)
    assert len(told(workshop)) == 1


async def test_job_of_somebody_else_with_our_name_is_neither_waited_for_nor_booked(
    workshop: Workshop, run: Run
) -> None:
    name = "darkroom-riobugger-run1-a1"
    theirs: dict[str, Any] = {"TrainingJobStatus": "Completed", "BillableTimeInSeconds": 9_000}
    workshop.aws.sagemaker.jobs[name] = theirs
    workshop.aws.sagemaker.tags[f"{ARN}:training-job/{name}"] = [{"Key": "owner", "Value": "somebody else"}]
    await workshop.run_due()
    assert (await stands(workshop.store, run)).state == "failed"
    assert await booked(workshop) == []


async def test_row_of_a_sheet_that_is_given_up_says_why_and_the_sheet_goes_on_once_its_job_has_ended(
    world: World,
) -> None:
    workshop = world.workshop
    await world.start(100, 200)
    await workshop.run_due()
    await workshop.follow(15, every=15)
    (first, second) = (await world.runs()).values()
    workshop.aws.script("list_training_jobs", DENIED)
    await workshop.follow(15, every=15)
    assert {run.state for run in (await world.runs()).values()} == {"stopping"}
    shown = await card(workshop, world.root)
    assert shown.count(words.comparing.failed("AWS says: not authorized")) == 2
    for run in (first, second):
        assert (await ends(workshop, run, 300)).state == "failed"
    assert [line.seconds for line in await booked(workshop)] == [300, 300]
    assert (await world.until("cancelled")).state == "cancelled"
