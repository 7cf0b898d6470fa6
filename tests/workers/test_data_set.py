"""The data set in S3: the chosen photos as the model shall see them, class photos apart, and what they show."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from core import names, recipe, words
from core.choosing_photos import take_away
from core.records import Run
from tests.support.fake_aws import JPEG
from tests.support.records import TEAM, a_photo, its_message, stands
from tests.support.workshop import Workshop
from tests.workers.runs import a_queued_run, until_created, with_photos
from workers import data_set


async def test_data_set_is_laid_out_with_the_prompt_and_the_good_photos(workshop: Workshop, run: Run) -> None:
    await until_created(workshop, run)
    prefix = f"darkroom/{TEAM}/run1/dataset-a1/"
    laid = {key.removeprefix(prefix): body for key, body in workshop.aws.objects.items() if key.startswith(prefix)}
    info = laid.pop("dataset_info.json")
    assert laid == {f"p{k}.jpg": JPEG for k in range(5)}
    assert info == b'{"instance_prompt": "a photo of riobugger cat"}'


async def test_set_of_more_photos_than_the_most_trains_on_the_first(workshop: Workshop) -> None:
    await until_created(workshop, await a_queued_run(workshop, good=recipe.PHOTOS_MOST + 2))
    assert len([key for key in workshop.aws.objects if "dataset-a1" in key]) == recipe.PHOTOS_MOST + 1


async def test_photo_that_is_taken_back_while_the_data_set_is_laid_out_is_left_out(
    workshop: Workshop, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = workshop.house.aws.s3.copy_object

    def taken_back(**request: Any) -> Any:  # noqa: ANN401 - boto3's own
        """Stand in for a message that is deleted between the look at the set and the copies."""
        monkeypatch.undo()
        del workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, "p0")]
        gone = take_away(workshop.store, run, its_message(photo), workshop.clock())
        asyncio.run_coroutine_threadsafe(gone, loop).result(5)
        return copy(**request)

    loop = asyncio.get_running_loop()
    photo = await workshop.put(replace(await stands(workshop.store, a_photo(id="p0")), ts="1798761599.000100"))
    monkeypatch.setattr(workshop.house.aws.s3, "copy_object", taken_back, raising=False)
    await workshop.follow(10)
    assert (await stands(workshop.store, run)).job_created
    laid = [key for key in workshop.aws.objects if "dataset-a1" in key and key.endswith(".jpg")]
    assert len(laid) == 4


async def test_class_photos_lie_apart_and_only_with_prior_preservation(workshop: Workshop, run: Run) -> None:
    await with_photos(workshop, run, *["judged"] * 3, role="class")
    prior = replace(run, hyperparameters={"with_prior_preservation": "True"})
    for attempt, told in ((1, run), (2, prior)):
        await data_set.lay_out(workshop.house, replace(told, attempt=attempt))
    keys = [key for key in workshop.aws.objects if "class_data_dir" in key]
    assert keys == [f"darkroom/{TEAM}/run1/dataset-a2/class_data_dir/c{place}.jpg" for place in range(3)]
    info = workshop.aws.objects[f"darkroom/{TEAM}/run1/dataset-a2/dataset_info.json"]
    assert json.loads(info) == {"instance_prompt": "a photo of riobugger cat", "class_prompt": "a photo of a cat"}


async def test_photos_are_laid_out_whole_when_the_set_says_so(workshop: Workshop, run: Run) -> None:
    workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, "p0", "fit")] = b"whole"
    await data_set.lay_out(workshop.house, replace(run, framing="fit"))
    assert workshop.aws.objects[f"darkroom/{TEAM}/run1/dataset-a1/p0.jpg"] == b"whole"


async def test_set_with_too_few_photos_costs_nothing(workshop: Workshop) -> None:
    run = await a_queued_run(workshop, good=3)
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason) == ("failed", words.training.too_few_photos(3, 4))
    assert workshop.aws.names("create") == []
