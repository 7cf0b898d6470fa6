"""The queue: as many runs train at once as the settings allow; a lack of machines is waited for, for a while."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core import outbox
from core.change import Change
from core.outlook import outlook_id
from core.queue import QUEUE
from core.records import Outlook, Run
from core.waiting import WAITS_MOST
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_run, stands
from tests.support.workshop import Workshop
from tests.workers.runs import a_queued_run, until_created

CAPACITY = "CapacityError: Unable to provision requested ML compute capacity."
IN_USE = (
    "The account-level service limit 'ml.g4dn.2xlarge for training job usage' is 1 Instances, with current utilization "
    "of 1 Instances and a request delta of 1 Instances."
)


async def queued(workshop: Workshop, name: str, at: float) -> Run:
    run = await workshop.put(a_run(id=name, state="queued", attempt=1, due=workshop.clock()))
    await workshop.put(replace(outbox.card(run, workshop.clock()), due=None))
    await workshop.store.commit(Change(TEAM).index(QUEUE, name, at, Run.ttl))
    return run


async def test_third_run_waits_and_sees_its_place(workshop: Workshop) -> None:
    for place in range(2):
        await queued(workshop, f"busy{place}", place)
    third = await workshop.step(await queued(workshop, "third", 2))
    fourth = await workshop.step(await queued(workshop, "fourth", 3))
    assert [(run.state, run.place) for run in (third, fourth)] == [("queued", 1), ("queued", 2)]
    assert third.due == workshop.clock() + workshop.settings.poll_seconds


async def test_long_queue_is_not_read_anew_by_each_run_that_waits(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(30):
        await queued(workshop, f"busy{place:02d}", place)
    last, read = await queued(workshop, "last", 31), 0
    get_all = workshop.store.get_all

    async def counted(kind: type[Run], team: str, identities: Sequence[str]) -> list[Run]:
        nonlocal read
        read += len(identities)
        return await get_all(kind, team, identities)

    monkeypatch.setattr(workshop.store, "get_all", counted)
    assert (await workshop.step(last)).place == 29
    assert read == workshop.settings.runs_at_once


async def test_run_that_stands_in_line_again_says_its_place_and_no_time(workshop: Workshop) -> None:
    for place in range(2):
        await queued(workshop, f"busy{place}", place)
    waited = workshop.clock() - 1
    run = await workshop.put(a_run(state="queued", attempt=2, waits=1, waits_until=waited, due=waited))
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.run_due()
    again = await stands(workshop.store, run)
    assert (again.place, again.waits_until) == (1, 0)
    assert "Number 1 in line" in str(workshop.slack.messages)


async def test_run_whose_turn_has_come_goes_on(workshop: Workshop) -> None:
    await workshop.put(a_run(id="over", state="cancelled"))
    await workshop.store.commit(Change(TEAM).index(QUEUE, "over", 0, Run.ttl).index(QUEUE, "gone", 0.5, Run.ttl))
    await queued(workshop, "busy", 1)
    assert (await workshop.step(await queued(workshop, "mine", 2))).state == "failed"  # it has no photos
    assert await workshop.store.members(TEAM, QUEUE) == ["busy"]


async def test_run_that_aws_would_refuse_fails_before_anything_is_made(workshop: Workshop) -> None:
    none = {"ml.g4dn.2xlarge": {"quota": 0, "supported": True}}
    await workshop.put(
        Outlook(team=TEAM, id=outlook_id(TEAM), state="known", machines=none, checked_at=workshop.clock())
    )
    run = await a_queued_run(workshop, good=5)
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert failed.state == "failed"
    assert "ml.g4dn.2xlarge for training job usage" in failed.reason
    assert workshop.aws.names("create", "put_object", "copy_object") == []


@pytest.mark.parametrize("at_once", [True, False], ids=["refused at once", "failed later"])
async def test_lack_of_machines_is_waited_for_under_a_new_name(workshop: Workshop, at_once: bool) -> None:  # noqa: FBT001 - two stories
    run = await a_queued_run(workshop, good=5)
    if at_once:
        workshop.aws.script("create_training_job", refusal("ResourceLimitExceeded", IN_USE))
        await workshop.run_due()
    else:
        run = await until_created(workshop, run)
        workshop.aws.sagemaker.jobs[run.job] = {"TrainingJobStatus": "Failed", "FailureReason": CAPACITY}
        await workshop.follow(15, every=15)
    waiting = await stands(workshop.store, run)
    assert (waiting.state, waiting.attempt, waiting.waits) == ("queued", 2, 1)
    assert await workshop.store.members(TEAM, QUEUE) == []
    assert "Attempt 2 of 7" in str(workshop.slack.messages)
    await workshop.follow(90)
    again = await stands(workshop.store, run)
    assert (again.state, again.job, again.job_created) == ("training", "darkroom-riobugger-run1-a2", True)


async def test_lack_of_machines_is_waited_for_only_so_often(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=5)
    workshop.aws.script("create_training_job", *[refusal("ResourceLimitExceeded", IN_USE)] * 20)
    await workshop.follow(4 * 3_600, every=60)
    failed = await stands(workshop.store, run)
    assert failed.state == "failed"
    assert f"in {WAITS_MOST + 1} attempts" in failed.reason
    assert len(workshop.aws.called("create_training_job")) == WAITS_MOST + 1
