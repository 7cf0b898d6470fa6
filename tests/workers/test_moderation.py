"""Pictures that look like what nobody should see are neither learnt nor shown, nor is what was not looked at."""

from dataclasses import replace

import pytest

from core import collecting, outbox
from core.change import Change
from core.records import Photo, Run
from core.settings import Settings
from tests.support.fake_aws import JPEG, throttled
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_photo, a_run
from tests.support.workshop import Workshop, settings
from workers import photos
from workers.moderation import LET_THROUGH
from workers.trouble import SOME

LOOKS = "detect_moderation_labels"
URL = "https://files.slack.com/files-pri/T0PETS-F1/cat.jpg"


@pytest.fixture
def told() -> Settings:
    """A deployment that has pictures looked at."""
    return settings(DARKROOM_MODERATION="rekognition", DARKROOM_MODERATION_CONFIDENCE="70")


@pytest.fixture
async def photo(workshop: Workshop) -> Photo:
    """A photo that was dropped in a thread."""
    run = await workshop.put(a_run())
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.run_due()
    photo = await workshop.put(a_photo(due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).index(collecting.photos_of("run1"), photo.id, 1.0, Run.ttl))
    workshop.slack.files["F1"] = {"id": "F1", "mode": "hosted", "size": 9, "url_private_download": URL}
    return photo


async def test_photo_that_looks_fine_is_learnt(workshop: Workshop, photo: Photo) -> None:
    workshop.aws.sights = {"Violence": 69.9, **dict.fromkeys(LET_THROUGH, 99.0)}
    assert (await workshop.step(photo)).state == "judged"
    assert workshop.aws.called(LOOKS) == [{"Image": {"Bytes": JPEG}, "MinConfidence": 70.0}]


async def test_photo_that_looks_like_something_else_is_left_out_and_not_kept(workshop: Workshop, photo: Photo) -> None:
    workshop.aws.sights = {"Violence": 71.2, "Hate Symbols": 93.4, "A Category To Come": 70}
    left_out = await workshop.step(photo)
    reason = "it looks like “hate symbols” to Amazon Rekognition (93% sure)."
    assert (left_out.state, left_out.reason) == ("left_out", reason)
    await workshop.run_due()
    assert f"*cat.jpg* is left out: {reason}" in workshop.said()
    assert workshop.aws.objects == {}


async def test_photo_is_looked_at_again_while_rekognition_is_busy(workshop: Workshop, photo: Photo) -> None:
    workshop.aws.script(LOOKS, throttled())
    assert (await workshop.step(photo)).state == "dropped"
    await workshop.follow(10)
    assert len(workshop.aws.called(LOOKS)) == 2
    assert (await workshop.store.get_all(Photo, TEAM, [photo.id]))[0].state == "judged"


@pytest.mark.parametrize(
    ("answer", "tries"),
    [(refusal("AccessDeniedException", "not authorized"), 1), (refusal("InternalServerError", "oh", status=500), SOME)],
)
async def test_photo_that_cannot_be_looked_at_is_left_out(
    workshop: Workshop, photo: Photo, answer: Exception, tries: int
) -> None:
    workshop.aws.script(LOOKS, *[answer] * 10)
    await workshop.follow(200)
    (left_out,) = await workshop.store.get_all(Photo, TEAM, [photo.id])
    assert left_out.state == "left_out"
    assert left_out.reason.startswith("Amazon Rekognition has to look at photos here, and could not. AWS says: ")
    assert len(workshop.aws.called(LOOKS)) == tries
    assert workshop.aws.objects == {}


async def test_rekognition_is_asked_nothing_unless_that_is_wanted(workshop: Workshop, photo: Photo) -> None:
    assert settings().moderation == "off"
    house = replace(workshop.house, settings=settings())
    await photos.judge(house, photo)
    assert workshop.aws.called(LOOKS) == []
