"""A training run, from the queue to its artifact: data set, training job, watching it."""

import logging
from dataclasses import replace
from typing import Any

from core import names, outbox, recipe
from core.cards import notices
from core.change import Change
from core.idling import deploy
from core.names import record_id
from core.records import Message, Model, Run
from workers import data_set, requests
from workers.aws import failure_reason, is_missing, is_taken
from workers.house import House
from workers.progress import steps_done
from workers.tagged import ours
from workers.trouble import Trouble

log = logging.getLogger(__name__)


async def queued(house: House, run: Run) -> None:
    """Take the run out of the queue."""
    await _follow(house, run.to("preparing", due=house.now()))


async def prepare(house: House, run: Run) -> None:
    """Lay the data set out in S3, and write down the name that the job will have."""
    await data_set.lay_out(house, run)
    found = await house.jumpstart.resolve(house.settings.model_id, house.settings.model_version)
    job = names.resource(house.settings.deployment, run.subject, run.id, run.attempt)
    await _follow(
        house,
        run.to("training", job=job, jumpstart_id=found.model_id, jumpstart_version=found.version, due=house.now()),
    )


async def train(house: House, run: Run) -> None:
    """Create the job, then look at it each time the run comes due."""
    await (_watch if run.job_created else _create)(house, run)


async def _create(house: House, run: Run) -> None:
    found = await house.jumpstart.resolve(run.jumpstart_id, run.jumpstart_version)
    deployment = house.settings.deployment
    request = requests.training_job(
        found,
        requests.Place(house.aws.region, house.role, house.settings.training_instance, house.tags(run)),
        run.job,
        f"s3://{house.bucket}/{names.data_set_prefix(deployment, run.team, run.id, run.attempt)}",
        f"s3://{house.bucket}/{names.output_prefix(deployment, run.team, run.id)}",
        recipe.hyperparameters(run),
    )
    try:
        await house.aws.call(house.aws.sagemaker.create_training_job, **request)
    except Trouble as fault:
        if not is_taken(fault):
            raise
        await _adopt(house, run, fault)
    await _follow(house, replace(run, job_created=True, tries=0, due=house.now() + house.settings.poll_seconds))


async def _adopt(house: House, run: Run, fault: Trouble) -> None:
    """Go on with the job of an earlier try; a job of the same name that is not this run's is somebody else's."""
    job = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
    if not await ours(house, run, job["TrainingJobArn"]):
        raise fault


async def _watch(house: House, run: Run) -> None:
    job: Any = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
    status = job["TrainingJobStatus"]
    if status == "Completed":
        await _trained(house, run, str(job["ModelArtifacts"]["S3ModelArtifacts"]))
    elif status in {"Failed", "Stopped"}:
        raise Trouble(failure_reason(str(job.get("FailureReason", status))), status)
    else:
        step = await steps_done(house, run) if job.get("SecondaryStatus") == "Training" else 0
        stage = str(job.get("SecondaryStatus", ""))
        seen = replace(run, stage=stage, step=max(step, run.step), tries=0)
        due = house.now() + house.settings.poll_seconds
        changed = (seen.stage, seen.step) != (run.stage, run.step)
        await _follow(house, replace(seen, due=due), update=changed)


async def _trained(house: House, run: Run, artifact: str) -> None:
    """Write the model down and have its endpoint brought up."""
    now = house.now()
    model = Model(
        team=run.team,
        id=record_id("model", run.id, str(run.attempt)),
        state="asleep",
        run=run.id,
        channel=run.channel,
        thread_ts=run.thread_ts,
        owner=run.owner,
        subject=run.subject,
        noun=run.noun,
        instance_prompt=run.instance_prompt,
        artifact=artifact,
        jumpstart_id=run.jumpstart_id,
        jumpstart_version=run.jumpstart_version,
        trained_at=now,
    )
    over = replace(run.to("trained"), model=model.id, step=run.max_steps, due=None)
    change = Change(run.team).put(over).unindex("runs", run.id).name("catalogue", model.id, model.subject)
    await house.store.commit(deploy(change, model, now))


async def _follow(house: House, run: Run, *, update: bool = True) -> None:
    """Write the run down, and bring its card up to date."""
    change = Change(run.team).put(run)
    if update:
        change.redraw(Message, outbox.card_id(run.id), house.now())
    await house.store.commit(change)


async def give_up(house: House, run: Run, fault: Trouble) -> None:
    """Fail a run in words, with its job stopped."""
    await _stop(house, run)
    now = house.now()
    failed = replace(run.to("failed"), reason=fault.reason, due=None)
    text, blocks = notices.training_failed(failed)
    change = Change(run.team).put(failed).unindex("runs", run.id)
    change.once(outbox.thread(run, f"failed:{run.id}:{run.attempt}", text, now, blocks))
    await house.store.commit(change.redraw(Message, outbox.card_id(run.id), now))


async def _stop(house: House, run: Run) -> None:
    """Stop the job, if there may be one; one that is over or was never there needs no stopping."""
    if not run.job:
        return
    try:
        job = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
        if job["TrainingJobStatus"] == "InProgress" and await ours(house, run, job["TrainingJobArn"]):
            await house.aws.call(house.aws.sagemaker.stop_training_job, TrainingJobName=run.job)
    except Trouble as fault:
        if fault.tries:
            raise  # AWS is away; stopping waits for it
        if not is_missing(fault):
            log.error("%s could not be stopped and runs to its own end: %s", run.job, fault)  # noqa: TRY400
