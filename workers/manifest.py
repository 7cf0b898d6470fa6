"""Keeps each model's manifest in S3 as its record is, and takes it away with the model."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core import manifests, names
from core.change import Change
from core.records import Manifest, Model, Run
from workers import bucket
from workers.ending import model_of
from workers.house import House
from workers.step import postpone, save
from workers.trouble import Trouble

log = logging.getLogger(__name__)

AGAIN_SECONDS = 60 * names.MINUTE
"""How soon a manifest that S3 refuses is tried again: the model is well without."""


async def foretell(house: House, run: Run) -> None:
    """Write the manifest of the model that a job will give, before there is a job: a lost Redis shall not lose it."""
    output = names.output_prefix(house.settings.deployment, run.team, run.id)
    model = model_of(run, f"s3://{house.bucket}/{output}/{run.job}/output/model.tar.gz", 0)
    await _put(house, model, manifests.training_of(run))


async def write(house: House, manifest: Manifest) -> None:
    """Write a model down as it is; where it will stand is known before, so that it is found when the model is gone."""
    model = await house.store.get(Model, manifest.team, manifest.id)
    if model is None:
        await _take_away(house, manifest)
    elif manifest.key != _key(house, model):
        await save(house, replace(manifest, key=_key(house, model), due=house.now()))
    else:
        await _put(house, model, manifest.training)
        done = Change(model.team).require_there(model).put(manifest.to("written", due=None))
        if not await house.store.commit(done):
            await postpone(house, manifest, 0, tries=0)


async def _take_away(house: House, manifest: Manifest) -> None:
    if manifest.key:
        await bucket.delete_under(house, manifest.key)
    await house.store.commit(Change(manifest.team).forget(manifest))


def _key(house: House, model: Model) -> str:
    return manifests.folder_of(house.settings.deployment, house.bucket, model) + manifests.NAME


async def _put(house: House, model: Model, training: Mapping[str, Any]) -> None:
    await house.aws.call(
        house.aws.s3.put_object,
        Bucket=house.bucket,
        Key=_key(house, model),
        Body=manifests.written(house.settings.deployment, model, training),
        ContentType="application/json",
    )


async def give_up(house: House, manifest: Manifest, fault: Trouble) -> None:
    """Let it be for a while: an older manifest, or the training job, tells most of it."""
    log.error("the manifest of %s is not as its model is: %s", manifest.id, fault)
    await save(house, replace(manifest, tries=0, due=house.now() + AGAIN_SECONDS))
