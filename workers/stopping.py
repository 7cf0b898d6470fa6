"""Stops a run that somebody cancelled, or that is given up: nothing may go on billing, what was billed is booked."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core import names, outbox, spending
from core.cancelling import CREATING_SECONDS
from core.cards import notices
from core.queue import follow, over
from core.records import Run
from workers import bucket
from workers.aws import is_missing
from workers.ending import billed
from workers.house import House
from workers.step import save
from workers.tagged import ours
from workers.trouble import PATIENT, Trouble

log = logging.getLogger(__name__)

STOPS_SECONDS = 120.0
"""How long AWS lets a job end that is told to stop."""
_ENDED = {"Completed", "Failed", "Stopped"}


async def stopping(house: House, run: Run) -> None:
    """Stop the job and watch it until it has ended; only then is the run over, for what it bills is known then.

    A job that is not there may still come: the call that creates it can be under way in another worker.
    """
    now = house.now()
    job = await _job(house, run)
    if job is None:
        if not run.job_created and now < run.stopping_at + 2 * house.settings.lease_seconds + CREATING_SECONDS:
            await save(house, replace(run, tries=0, due=now + house.settings.poll_seconds))
            return
    elif job["TrainingJobStatus"] not in _ENDED:
        await _watch(house, run, job)
        return
    await _end(house, run, job or {})


async def _watch(house: House, run: Run, job: dict[str, Any]) -> None:
    """Stop a job that goes on, and look again soon; one that AWS does not let us stop is watched to its own end."""
    now = house.now()
    seen = replace(run, stage=str(job.get("SecondaryStatus", "")), started_at=_started(job) or run.started_at, tries=0)
    try:
        await _stop(house, run, job)
    except Trouble as fault:
        if fault.tries:
            raise
        log.error("%s cannot be stopped, and may run to its own end: %s", run.job, fault)  # noqa: TRY400
        await save(house, replace(seen, due=now + names.MINUTE))
    else:
        await save(house, replace(seen, told_at=run.told_at or now, due=now + house.settings.poll_seconds))


def _started(job: dict[str, Any]) -> float:
    at = job.get("TrainingStartTime")
    return at.timestamp() if at else 0.0


async def _end(house: House, run: Run, job: dict[str, Any]) -> None:
    """Write down that a run is over, and what its job has cost; the thread of one that failed is told why."""
    now = house.now()
    paid = await billed(house, run, job)
    if run.then != "failed":
        cancelled = paid.to("cancelled", due=now + CREATING_SECONDS)
        await house.store.commit(spending.has_trained(over(cancelled, now), cancelled))
        return
    failed = paid.to("failed", due=None)
    change = spending.has_trained(over(failed, now), failed)
    if not run.root:
        text, blocks = notices.training_failed(failed)
        change.once(outbox.thread(run, f"failed:{run.id}:{run.attempt}", text, now, blocks))
    await house.store.commit(change)


async def clear(house: House, run: Run) -> None:
    """Delete what a cancelled run has put into the bucket: its photos stay in the thread, and nothing else is of use.

    This comes a while after the end: a worker may have been laying out the data set when somebody cancelled.
    """
    await bucket.delete_under(house, names.prefix(house.settings.deployment, run.team, run.id))
    await save(house, replace(run, tries=0, due=None))


async def _job(house: House, run: Run) -> dict[str, Any] | None:
    """Ask for the run's job; None: there is none. A job that we have not seen made can be another's of this name."""
    try:
        found = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
    except Trouble as fault:
        if is_missing(fault):
            return None
        raise
    if not run.job_created and not await ours(house, run, found["TrainingJobArn"]):
        return None
    return {**found}


async def _stop(house: House, run: Run, job: dict[str, Any]) -> None:
    if job["TrainingJobStatus"] == "InProgress" and await ours(house, run, job["TrainingJobArn"]):
        await house.aws.call(house.aws.sagemaker.stop_training_job, TrainingJobName=run.job)


async def stop_unwanted(house: House, run: Run) -> None:
    """Stop a job whose creation came too late for its run, which has gone another way: nobody else would look at it."""
    current = await house.store.get(Run, run.team, run.id)
    if current is None or (current.job == run.job and current.state in {"training", "stopping"}):
        return
    job = await _job(house, run)
    if job:
        await _stop(house, run, job)


async def give_up(house: House, run: Run, fault: Trouble) -> None:
    """Fail a run in words, with its job stopped; one that is being stopped goes on trying, one that is over rests.

    While AWS is out of reach, a job that runs is paid for and may be well: it is looked for as long as it takes.
    """
    now = house.now()
    if run.state == "cancelled":
        log.error("the bucket keeps something of %s, which was cancelled: %s", run.member, fault)
        await save(house, replace(run, tries=0, due=None))
    elif run.state == "stopping":
        await _try_again(house, run, fault)
    elif run.job_created and fault.tries == PATIENT:
        await save(house, replace(run, tries=0, due=now + names.MINUTE))
    else:
        await _fail(house, replace(run, then="failed", reason=fault.reason))


async def _fail(house: House, run: Run) -> None:
    """Fail a run at once if it has no job that bills; else stop the job first, for only its end tells what it cost."""
    job, bills = await _look(house, run)
    if bills:
        now = house.now()
        stops = run.to("stopping", stopping_at=now, started_at=_started(job), due=now)
        await house.store.commit(follow(stops, now))
    else:
        await _end(house, run, job)


async def _look(house: House, run: Run) -> tuple[dict[str, Any], bool]:
    """Give a run's job, and whether it may bill; of one that AWS does not tell of now, that is found out later."""
    if not run.job:
        return {}, False
    try:
        job = await _job(house, run) or {}
    except Trouble as fault:
        log.warning("AWS does not tell of %s, whose run is given up: %s", run.job, fault)
        return {}, run.job_created or fault.tries > 0
    return job, bool(job) and job["TrainingJobStatus"] not in _ENDED


async def _try_again(house: House, run: Run, fault: Trouble) -> None:
    """Look again later at a job that is to stop, for as long as it takes where somebody cancelled it.

    People wait to hear of a run that failed, and to try it again: AWS is asked for about an hour, and no longer.
    """
    now = house.now()
    if run.then and run.tries >= PATIENT:
        log.error("nobody knows how %s ended; it is booked by what is known: %s", run.job, fault)
        await _end(house, run, _as_known(run, now))
    else:
        await save(house, replace(run, tries=run.tries if run.then else 0, due=now + names.MINUTE))


def _as_known(run: Run, now: float) -> dict[str, Any]:
    """Describe a job of which AWS tells nothing: from its start to when it has stopped, or to now if it may go on.

    Where nobody knows when it had a machine, the wait for one is counted too: rather too much than nothing.
    """
    ended = min(now, run.told_at + STOPS_SECONDS) if run.told_at else now
    started = run.started_at or run.created_at or ended
    seconds = max(0, round(ended - started))
    at = datetime.fromtimestamp(ended, UTC)
    return {"TrainingTimeInSeconds": seconds, "TrainingEndTime": at}
