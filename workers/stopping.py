"""Stops a run that somebody cancelled, or that is given up: nothing may go on billing."""

import logging
from dataclasses import replace
from typing import Any

from core import names, outbox, spending
from core.cancelling import CREATING_SECONDS
from core.cards import notices
from core.queue import over
from core.records import Run
from workers import bucket
from workers.aws import is_missing
from workers.ending import billed
from workers.house import House
from workers.step import save
from workers.tagged import ours
from workers.trouble import PATIENT, Trouble

log = logging.getLogger(__name__)

_ENDED = {"Completed", "Failed", "Stopped"}


async def stopping(house: House, run: Run) -> None:
    """Stop the job and watch it until it has ended; only then is the run cancelled.

    A job that is not there may still come: the call that creates it can be under way in another worker.
    """
    now = house.now()
    job = await _job(house, run)
    if job is None:
        if not run.job_created and now < run.stopping_at + 2 * house.settings.lease_seconds + CREATING_SECONDS:
            await save(house, replace(run, tries=0, due=now + house.settings.poll_seconds))
            return
    elif job["TrainingJobStatus"] not in _ENDED:
        await _stop(house, run, job)
        stage = str(job.get("SecondaryStatus", ""))
        await save(house, replace(run, stage=stage, tries=0, due=now + house.settings.poll_seconds))
        return
    cancelled = (await billed(house, run, job or {})).to("cancelled", due=now + CREATING_SECONDS)
    await house.store.commit(spending.has_trained(over(cancelled, now), cancelled))


async def clear(house: House, run: Run) -> None:
    """Delete what a cancelled run has put into the bucket: its photos stay in the thread, and nothing else is of use.

    This comes a while after the end: a worker may have been laying out the data set when somebody cancelled.
    """
    await bucket.delete_under(house, names.prefix(house.settings.deployment, run.team, run.id))
    await save(house, replace(run, tries=0, due=None))


async def _job(house: House, run: Run) -> dict[str, Any] | None:
    try:
        found = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
    except Trouble as fault:
        if is_missing(fault):
            return None
        raise
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
        return
    if run.state == "stopping" or (run.job_created and fault.tries == PATIENT):
        await save(house, replace(run, tries=0, due=now + names.MINUTE))
        return
    job = await _stopped(house, run)
    failed = replace((await billed(house, run, job or {})).to("failed"), reason=fault.reason, due=None)
    change = spending.has_trained(over(failed, now), failed)
    if not run.root:
        text, blocks = notices.training_failed(failed)
        change.once(outbox.thread(run, f"failed:{run.id}:{run.attempt}", text, now, blocks))
    await house.store.commit(change)


async def _stopped(house: House, run: Run) -> dict[str, Any] | None:
    """Stop the job, if there may be one; one that is over or was never there needs no stopping."""
    if not run.job:
        return None
    try:
        job = await _job(house, run)
        if job:
            await _stop(house, run, job)
    except Trouble as fault:
        if fault.tries:
            raise  # AWS is away; stopping waits for it
        log.error("%s could not be stopped and runs to its own end: %s", run.job, fault)  # noqa: TRY400
        return None
    return job
