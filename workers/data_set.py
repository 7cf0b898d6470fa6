"""The data set of a run in S3: the chosen photos and `dataset_info.json`, under a prefix of its own."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from dataclasses import replace

from core import collecting, doctor, names, recipe, words
from core.hyperparameters import has_prior
from core.records import Photo, Run
from workers.house import House
from workers.trouble import SOME, Trouble

AT_ONCE = 8
"""Copies under way at once."""
_GONE = {"NoSuchKey", "404"}


async def lay_out(house: House, run: Run) -> None:
    """Copy the chosen photos under the run's prefix and describe them. Doing it twice changes nothing."""
    dropped = await collecting.photos(house.store, run)
    own = doctor.chosen(dropped, run.framing)
    if len(own) < recipe.PHOTOS_LEAST:
        raise Trouble(words.training.too_few_photos(len(own), recipe.PHOTOS_LEAST), "too_few")
    copies = [_copy(house, run, photo, "") for photo in own]
    if has_prior(run.hyperparameters):
        copies += [_copy(house, run, photo, names.CLASS_PHOTOS) for photo in _of_the_class(dropped, run)]
    await _a_few_at_once(copies)
    await house.aws.call(
        house.aws.s3.put_object,
        Bucket=house.bucket,
        Key=f"{_prefix(house, run)}dataset_info.json",
        Body=json.dumps(description(run)).encode(),
        ContentType="application/json",
    )


def description(run: Run) -> dict[str, str]:
    """Give `dataset_info.json`; JumpStart wants the class prompt only with prior preservation."""
    said = {"instance_prompt": run.instance_prompt}
    return said | ({"class_prompt": run.class_prompt} if has_prior(run.hyperparameters) else {})


def _of_the_class(dropped: Sequence[Photo], run: Run) -> list[Photo]:
    return doctor.chosen(dropped, run.framing, "class")


async def _a_few_at_once(copies: Sequence[Coroutine[None, None, None]]) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(copy: Coroutine[None, None, None]) -> None:
        async with turns:
            await copy

    await asyncio.gather(*(in_turn(copy) for copy in copies))


async def _copy(house: House, run: Run, photo: Photo, folder: str) -> None:
    """Copy one photo.

    Raises:
        Trouble: when it is not there, so that the step looks at the set again: its message may have been deleted.
    """
    key = names.photo_key(house.settings.deployment, run.team, run.root_id, photo.id, run.framing)
    try:
        await house.aws.call(
            house.aws.s3.copy_object,
            Bucket=house.bucket,
            Key=f"{_prefix(house, run)}{folder}{photo.id}.jpg",
            CopySource={"Bucket": house.bucket, "Key": key},
        )
    except Trouble as fault:
        raise replace(fault, tries=SOME) if fault.code in _GONE else fault from fault


def _prefix(house: House, run: Run) -> str:
    return names.data_set_prefix(house.settings.deployment, run.team, run.id, run.attempt)
