"""A training run: its data set, its training job, watching it to its end."""

from dataclasses import replace
from typing import Any

from core import names, words
from core.queue import follow
from core.records import Model, Run
from workers import data_set, ending, hosting, manifest, requests
from workers.aws import failure_reason, is_taken
from workers.house import House
from workers.stopping import stop_unwanted
from workers.tagged import ours
from workers.trouble import Trouble

CLOCK_SECONDS = 30
"""How often a card is brought up to date only because time passes."""


async def prepare(house: House, run: Run) -> None:
    """Lay the data set out in S3, and write down the name that the job will have."""
    await data_set.lay_out(house, run)
    found = await house.jumpstart.resolve(house.settings.model_id, house.settings.model_version)
    job = names.resource(house.settings.deployment, run.subject, run.id, run.attempt)
    kept = hosting.written(found, house.settings.inference_instance)
    named = {"job": job, "jumpstart_id": found.model_id, "jumpstart_version": found.version, "hosting": kept}
    await manifest.foretell(house, replace(run, **named))
    now = house.now()
    await house.store.commit(follow(run.to("training", **named, due=now), now))


async def train(house: House, run: Run) -> None:
    """Create the job, then look at it each time the run comes due."""
    await (_watch if run.job_created else _create)(house, run)


async def _create(house: House, run: Run) -> None:
    try:
        await house.aws.call(house.aws.sagemaker.create_training_job, **await _request(house, run))
    except Trouble as fault:
        if ending.worth_waiting(fault):
            await ending.wait_for_machine(house, run, fault)
            return
        if not is_taken(fault):
            raise
        await _adopt(house, run, fault)
    now = house.now()
    created = replace(run, job_created=True, created_at=now, tries=0, due=now + house.settings.poll_seconds)
    if not await house.store.commit(follow(created, now)):
        await stop_unwanted(house, run)


async def _request(house: House, run: Run) -> dict[str, Any]:
    found = await house.jumpstart.resolve(run.jumpstart_id, run.jumpstart_version)
    deployment = house.settings.deployment
    return requests.training_job(
        found,
        requests.Place(house.aws.region, house.role, run.instance or house.settings.training_instance, house.tags(run)),
        run.job,
        f"s3://{house.bucket}/{names.data_set_prefix(deployment, run.team, run.id, run.attempt)}",
        f"s3://{house.bucket}/{names.output_prefix(deployment, run.team, run.id)}",
        run.hyperparameters,
        spot=run.spot,
        parent=await _parent(house, run),
    )


async def _parent(house: House, run: Run) -> str:
    """Give the artifact that the run starts from; empty for JumpStart's own model."""
    if not run.parent:
        return ""
    parent = await house.store.get(Model, run.team, run.parent)
    if parent is None or parent.deleted_by:
        raise Trouble(words.training.PARENT_GONE, "parent_gone")
    return parent.artifact


async def _adopt(house: House, run: Run, fault: Trouble) -> None:
    """Go on with the job of an earlier try; a job of the same name that is not this run's is somebody else's."""
    job = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
    if not await ours(house, run, job["TrainingJobArn"]):
        raise fault


async def _watch(house: House, run: Run) -> None:
    """Look at the list of jobs in progress; one that is not in it any more is asked about by itself, once."""
    stage = await house.watch.training_job(run.job)
    if stage is None:
        job: Any = await house.aws.call(house.aws.sagemaker.describe_training_job, TrainingJobName=run.job)
        status = str(job["TrainingJobStatus"])
        if status == "Completed":
            await ending.trained(house, run, job)
            return
        if status in {"Failed", "Stopped"}:
            await _failed(house, run, job)
            return
        stage = str(job.get("SecondaryStatus") or status)
    await _see(house, run, stage)


async def _failed(house: House, run: Run, job: dict[str, Any]) -> None:
    reason = str(job.get("FailureReason") or "")
    ended = words.following.ENDS.get(str(job.get("SecondaryStatus"))) if not reason else None
    fault = Trouble(ended or failure_reason(reason), "training_failed")
    if ending.worth_waiting(fault):
        await ending.wait_for_machine(house, await ending.billed(house, run, job), fault)
    else:
        raise fault


async def _see(house: House, run: Run, stage: str) -> None:
    """Write down how far the job is, and bring the card up to date when there is something new to say."""
    now = house.now()
    line = await house.progress.of(run.job, run.max_steps)
    seen = replace(run, stage=stage, step=_step(run, line.step), loss=line.loss or run.loss, tries=0)
    if seen.step and (not seen.training_at or seen.step < run.step):
        seen = replace(seen, training_at=now, first_step=seen.step)
    changed = (seen.stage, seen.step) != (run.stage, run.step) or now - run.drawn_at >= CLOCK_SECONDS
    drawn_at = now if changed else run.drawn_at
    seen = replace(seen, drawn_at=drawn_at, due=now + house.settings.poll_seconds)
    await house.store.commit(follow(seen, now, update=changed))


def _step(run: Run, read: int) -> int:
    """Give the step that was read last; it goes back only where AWS may take the machine back, and all starts anew."""
    return read if run.spot and read else max(read, run.step)
