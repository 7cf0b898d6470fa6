"""How a training ends well, or is tried again because AWS had no machine."""

from dataclasses import replace
from typing import Any

from core import manifests, outlook, prices, spending, words
from core.estimating import remember
from core.idling import deploy
from core.names import record_id
from core.queue import QUEUE, follow, fresh, over
from core.records import Model, Run
from core.waiting import WAITS_MOST, until
from workers.aws import is_capacity, is_quota, quota_limit
from workers.house import House
from workers.trouble import Trouble


def worth_waiting(fault: Trouble) -> bool:
    """Tell whether AWS only has no machine at the moment; a quota of 0 does not pass by waiting."""
    return is_capacity(fault) or (is_quota(fault) and quota_limit(fault) != 0)


async def wait_for_machine(house: House, run: Run, fault: Trouble) -> None:
    """Leave the queue for a while, and come back under another job name; a bounded number of times."""
    if run.waits >= WAITS_MOST:
        raise Trouble(words.following.no_machine(run.waits + 1, fault.reason), fault.code)
    now = house.now()
    then = until(now, house.settings.poll_seconds, run.waits)
    again = {"attempt": run.attempt + 1, "waits": run.waits + 1, "waits_until": then, "reason": fault.reason}
    change = follow(run.to("queued", **(fresh(run) | again), due=then), now).unindex(QUEUE, run.id)
    await house.store.commit(spending.has_trained(change, run))


async def billed(house: House, run: Run, job: dict[str, Any]) -> Run:
    """Take over from AWS what a job took and what it bills."""
    instance = run.instance or str(job.get("ResourceConfig", {}).get("InstanceType", ""))
    rate = prices.an_hour(instance, await outlook.read(house.store, run.team))
    seconds = int(job.get("BillableTimeInSeconds") or job.get("TrainingTimeInSeconds") or 0)
    ended = job.get("TrainingEndTime")
    return replace(
        run,
        instance=instance,
        ended_at=ended.timestamp() if ended else house.now(),
        an_hour=rate,
        billed_seconds=seconds,
        took_seconds=max(int(job.get("TrainingTimeInSeconds") or 0), _waited_too(job)),
        interruptions=sum(one["Status"] == "Interrupted" for one in job.get("SecondaryStatusTransitions", ())),
        dollars=prices.of(seconds, rate),
    )


def _waited_too(job: dict[str, Any]) -> int:
    """Give the seconds from a job's creation to its end, the wait for a machine included."""
    start, end = job.get("CreationTime"), job.get("TrainingEndTime")
    return round((end - start).total_seconds()) if start and end else 0


async def trained(house: House, run: Run, job: dict[str, Any]) -> None:
    """Write the model down. Its endpoint is brought up, unless it is one of a step sheet's: that has its own order."""
    now = house.now()
    house.progress.forget(run.job)
    paid = await billed(house, run, job)
    model = model_of(paid, str(job["ModelArtifacts"]["S3ModelArtifacts"]), now)
    done = replace(paid.to("trained"), model=model.id, step=run.max_steps, due=None)
    change = spending.has_trained(remember(over(done, now), run, now), done)
    manifests.remember(change, model, now, manifests.training_of(done))
    if model.comparison:
        change.put(model)
    else:
        deploy(change.name("catalogue", model.id, model.subject), model, now)
    await house.store.commit(change)


def model_of(run: Run, artifact: str, now: float) -> Model:
    """Give the model that a run's job has given, asleep."""
    return Model(
        team=run.team,
        id=record_id("model", run.id, str(run.attempt)),
        state="asleep",
        run=run.root_id,
        channel=run.channel,
        thread_ts=run.thread_ts,
        owner=run.owner,
        subject=run.subject,
        noun=run.noun,
        instance_prompt=run.instance_prompt,
        artifact=artifact,
        jumpstart_id=run.jumpstart_id,
        jumpstart_version=run.jumpstart_version,
        hosting=run.hosting,
        trained_at=now,
        parent=run.parent,
        comparison=run.comparison,
        dollars=run.spent_before + (run.dollars or 0.0),
    )
