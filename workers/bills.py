"""What a thing in AWS has cost by now: by its machine, which AWS is asked for."""

from typing import Any

from core import outlook, prices
from core.store import Store
from core.sweeping import Bill, Thing
from workers.aws import Aws
from workers.trouble import Trouble


async def of(aws: Aws, store: Store | None, thing: Thing, now: float) -> Bill | None:
    """Give what a thing has cost; None for one that costs nothing. With no store, by the dated table alone.

    What AWS does not tell is no reason to leave a thing alone: its machine counts as unknown then.
    """
    if not thing.bills:
        return None
    instance, team = await _instance(aws, thing), thing.owner[0]
    said = await outlook.read(store, team) if store and team else None
    an_hour = prices.an_hour(instance, said, "hosting" if thing.kind == "endpoint" else "training")
    return Bill(instance, an_hour, max(0.0, now - thing.created))


async def _instance(aws: Aws, thing: Thing) -> str:
    try:
        if thing.kind == "training job":
            job: Any = await aws.call(aws.sagemaker.describe_training_job, TrainingJobName=thing.name)
            return str(job.get("ResourceConfig", {}).get("InstanceType", ""))
        config: Any = await aws.call(aws.sagemaker.describe_endpoint_config, EndpointConfigName=thing.name)
    except Trouble:
        return ""
    machines = [str(variant.get("InstanceType", "")) for variant in config.get("ProductionVariants", ())]
    return machines[0] if machines else ""
