"""Watching: any number of jobs and endpoints with list calls, whatever their number, and their logs together."""

import asyncio
from collections.abc import Generator

import pytest

from core.store import Store
from tests.support.clock import FakeClock
from tests.support.fake_aws import FakeAws, throttled
from tests.support.fake_sagemaker import refusal
from workers.progress import PAGES_MOST, SILENT_SECONDS, Line, Progress, read
from workers.trouble import Trouble
from workers.watching import Watch

POLL = 15.0


@pytest.fixture
def aws() -> Generator[FakeAws]:
    fake = FakeAws()
    yield fake
    fake.close()
    assert fake.violations == []


def jobs(aws: FakeAws, count: int, **status: str) -> list[str]:
    names = [f"darkroom-cat-{place:04d}-a1" for place in range(count)]
    for name in names:
        aws.sagemaker.jobs[name] = {"TrainingJobStatus": "InProgress", "SecondaryStatus": "Training"} | status
    return names


async def test_a_hundred_and_fifty_jobs_are_watched_with_two_calls(
    aws: FakeAws, store: Store, clock: FakeClock
) -> None:
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    assert {await watch.training_job(name) for name in jobs(aws, 150)} == {"Training"}
    assert len(aws.called("list_training_jobs")) == 2


async def test_lists_are_asked_for_again_after_half_a_poll(aws: FakeAws, store: Store, clock: FakeClock) -> None:
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    (name,) = jobs(aws, 1)
    assert await watch.training_job(name) == "Training"
    jobs(aws, 1, SecondaryStatus="Uploading")
    assert await watch.training_job(name) == "Training"
    clock.advance(POLL / 2)
    assert await watch.training_job(name) == "Uploading"


async def test_job_that_is_over_and_job_of_somebody_else_stand_in_no_list(
    aws: FakeAws, store: Store, clock: FakeClock
) -> None:
    aws.sagemaker.jobs["other-cat-a1"] = {"TrainingJobStatus": "InProgress"}
    (name,) = jobs(aws, 1, TrainingJobStatus="Completed")
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    assert await watch.training_job(name) is None
    assert await watch.training_job("other-cat-a1") is None


async def test_endpoints_on_their_way_up_stand_in_a_list_of_their_own(
    aws: FakeAws, store: Store, clock: FakeClock
) -> None:
    aws.sagemaker.endpoints |= {
        "darkroom-a": {"EndpointStatus": "Creating"},
        "darkroom-b": {"EndpointStatus": "InService"},
    }
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    assert [await watch.endpoint(name) for name in ("darkroom-a", "darkroom-b")] == ["Creating", None]


async def test_list_that_aws_refuses_is_asked_for_once_and_not_by_each_run(
    aws: FakeAws, store: Store, clock: FakeClock
) -> None:
    (name,) = jobs(aws, 1)
    aws.script("list_training_jobs", throttled())
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    answers = await asyncio.gather(*(watch.training_job(name) for _ in range(20)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Trouble] * 20
    assert len(aws.called("list_training_jobs")) == 1
    clock.advance(POLL / 2)
    assert await watch.training_job(name) == "Training"


async def test_runs_go_by_the_last_list_while_a_new_one_is_asked_for(
    aws: FakeAws, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(aws.aws, store, "darkroom", POLL, clock)
    (name,) = jobs(aws, 1)
    assert await watch.training_job(name) == "Training"
    asked, answered = asyncio.Event(), asyncio.Event()

    async def pace(*_: object) -> float:
        asked.set()
        await answered.wait()
        return 0.0

    monkeypatch.setattr(store, "pace", pace)
    clock.advance(POLL / 2)
    jobs(aws, 1, SecondaryStatus="Uploading")
    first = asyncio.create_task(watch.training_job(name))
    await asked.wait()
    assert await asyncio.wait_for(watch.training_job(name), 5) == "Training"
    answered.set()
    assert await first == "Uploading"


SILENCE: dict[str, list[object]] = {"events": []}


def logged(job: str, at: float, line: str) -> dict[str, object]:
    return {"logStreamName": f"{job}/algo-1", "timestamp": int(at * 1000), "message": line}


async def test_jobs_that_log_no_more_are_let_go_of(aws: FakeAws, clock: FakeClock) -> None:
    progress = Progress(aws.aws, "darkroom", POLL, clock)
    aws.script("filter_log_events", {"events": [logged("darkroom-old", clock(), "10/200")]}, *[SILENCE] * 3)
    assert (await progress.of("darkroom-old", 200)).step == 10
    clock.advance(SILENT_SECONDS)
    assert (await progress.of("darkroom-old", 200)).step == 10
    clock.advance(POLL)
    assert (await progress.of("darkroom-old", 200)).step == 0


async def test_flood_of_lines_is_caught_up_with(aws: FakeAws, clock: FakeClock) -> None:
    progress = Progress(aws.aws, "darkroom", POLL, clock)
    page = {"events": [logged("darkroom-cat", clock(), "10/200")], "nextToken": "more"}
    aws.script("filter_log_events", *[page] * PAGES_MOST, SILENCE)
    await progress.of("darkroom-cat", 200)
    clock.advance(POLL)
    await progress.of("darkroom-cat", 200)
    assert aws.called("filter_log_events")[-1]["startTime"] == int((clock() - POLL) * 1000)


async def test_logs_of_all_jobs_are_read_together(aws: FakeAws, clock: FakeClock) -> None:
    names = jobs(aws, 5)
    aws.log_lines = ["Steps:  60%|######| 120/200 [00:20<00:10, train_avg_loss=0.4312]"]
    progress = Progress(aws.aws, "darkroom", POLL, clock)
    assert {await progress.of(name, 200) for name in names} == {Line(120, "0.4312")}
    assert len(aws.called("filter_log_events")) == 1


async def test_log_that_cannot_be_read_hides_nothing_else(aws: FakeAws, clock: FakeClock) -> None:
    (name,) = jobs(aws, 1)
    aws.script("filter_log_events", refusal("AccessDeniedException", "not allowed"))
    assert await Progress(aws.aws, "darkroom", POLL, clock).of(name, 200) == Line()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], None),
        (["Steps: 10/200, train_avg_loss=0.9", "Uploading 2/7"], Line(10, "0.9")),
        (["Steps: 10/200, train_avg_loss=1.5e-05", "Steps: 20/200"], Line(20, "1.5e-05")),
        (["201/200"], None),
        (["Steps: 10/200, train_avg_loss=0.9", "Generating class images: 100%|###| 200/200"], Line(10, "0.9")),
        (["epoch 3 of 20"], None),
    ],
)
def test_last_step_of_a_log_is_found_among_other_counts(lines: list[str], found: Line | None) -> None:
    known: dict[int, Line] = {}
    for line in lines:
        read(line, known)
    assert known.get(200) == found
