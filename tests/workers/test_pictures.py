"""Pictures in the bucket: there, not there, or out of reach."""

import pytest

from tests.support.fake_aws import JPEG
from tests.support.fake_sagemaker import refusal
from tests.support.workshop import Workshop
from workers import pictures
from workers.trouble import Trouble


async def test_picture_that_was_kept_is_given_back(workshop: Workshop) -> None:
    await pictures.keep(workshop.house, "a.jpg", JPEG)
    assert await pictures.kept(workshop.house, "a.jpg") == JPEG


async def test_picture_that_is_not_there_or_not_ours_to_see_is_none(workshop: Workshop) -> None:
    assert await pictures.kept(workshop.house, "a.jpg") is None
    workshop.aws.script("get_object", refusal("AccessDenied", "Access Denied", status=403))
    assert await pictures.kept(workshop.house, "a.jpg") is None


async def test_picture_that_aws_cannot_give_at_the_moment_is_waited_for(workshop: Workshop) -> None:
    workshop.aws.script("get_object", refusal("InternalError", "away", status=500))
    with pytest.raises(Trouble) as away:
        await pictures.kept(workshop.house, "a.jpg")
    assert away.value.tries
