"""The data set of a run in S3: the good photos and `dataset_info.json`, under a prefix of its own."""

import asyncio
import json

from core import collecting, names, recipe, words
from core.records import Run
from workers.house import House
from workers.trouble import Trouble

AT_ONCE = 8
"""Copies under way at once."""


async def lay_out(house: House, run: Run) -> None:
    """Copy the good photos under the run's prefix and describe them. Doing it twice changes nothing."""
    photos = [photo for photo in await collecting.photos(house.store, run) if photo.state == "good"]
    if len(photos) < recipe.PHOTOS_LEAST:
        raise Trouble(words.training.too_few_photos(len(photos), recipe.PHOTOS_LEAST), "too_few")
    turns = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_copy(house, run, photo.id, turns) for photo in photos[: recipe.PHOTOS_MOST]))
    await house.aws.call(
        house.aws.s3.put_object,
        Bucket=house.bucket,
        Key=f"{_prefix(house, run)}dataset_info.json",
        Body=json.dumps({"instance_prompt": run.instance_prompt}).encode(),
        ContentType="application/json",
    )


async def _copy(house: House, run: Run, photo: str, turns: asyncio.Semaphore) -> None:
    key = names.photo_key(house.settings.deployment, run.team, run.id, photo)
    async with turns:
        await house.aws.call(
            house.aws.s3.copy_object,
            Bucket=house.bucket,
            Key=f"{_prefix(house, run)}{photo}.jpg",
            CopySource={"Bucket": house.bucket, "Key": key},
        )


def _prefix(house: House, run: Run) -> str:
    return names.data_set_prefix(house.settings.deployment, run.team, run.id, run.attempt)
