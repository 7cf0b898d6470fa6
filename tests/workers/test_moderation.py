"""Pictures that look like what nobody should see are neither learnt nor shown, nor is what was not looked at."""

from dataclasses import replace
from typing import Any

import pytest

from core import collecting, outbox, words
from core.change import Change
from core.line import line_of, open_of
from core.records import Generation, Photo, Run
from core.settings import Settings
from tests.support.fake_aws import JPEG, throttled
from tests.support.fake_sagemaker import refusal
from tests.support.records import MIRA, TEAM, a_generation, a_model, a_photo, a_run
from tests.support.workshop import Workshop, settings
from workers import photos
from workers.aws import connect
from workers.moderation import LET_THROUGH
from workers.trouble import SOME

LOOKS = "detect_moderation_labels"
NAME = "darkroom-riobugger-model1-a1"
URL = "https://files.slack.com/files-pri/T0PETS-F1/cat.jpg"


@pytest.fixture
def worker_settings() -> Settings:
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


@pytest.fixture
async def prompt(workshop: Workshop) -> Generation:
    """A prompt for two pictures, whose model is in service at a price that is known."""
    workshop.aws.sagemaker.serve(NAME)
    model = await workshop.put(a_model(state="in_service", attempt=1, an_hour=0.94))
    generation = await workshop.put(a_generation(count=2, noted=True, due=workshop.clock()))
    change = Change(TEAM).index(line_of(model.id), generation.id, workshop.clock())
    await workshop.store.commit(change.index(open_of(MIRA), generation.id, workshop.clock()))
    return generation


async def test_pictures_that_look_fine_are_shown(workshop: Workshop, prompt: Generation) -> None:
    workshop.aws.sights = {"Alcohol": 99.0}
    assert (await workshop.step(prompt)).state == "posted"
    looked_at = {"Image": {"Bytes": JPEG}, "MinConfidence": 70.0}
    assert workshop.aws.called(LOOKS) == [looked_at, looked_at]


async def test_picture_that_looks_like_something_else_is_neither_shown_nor_painted_again(
    workshop: Workshop, prompt: Generation
) -> None:
    workshop.aws.sights = {"Explicit": 88.0}
    failed = await workshop.step(prompt)
    reason = (
        "A picture looks like “explicit” to Amazon Rekognition (88% sure), so nothing is shown. Painting took 0.0 s "
        "and cost less than 0.1¢, which is spent all the same. Another seed or prompt may do."
    )
    assert (failed.state, failed.reason, failed.files) == ("failed", reason, ())
    await workshop.follow(60)
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert (told["user"], told["text"]) == (MIRA, words.asking.generation_failed(prompt.prompt, reason))
    assert len(workshop.aws.called("invoke_endpoint")) == 1
    assert workshop.downloads.uploads == []
    assert await workshop.store.members(TEAM, open_of(MIRA)) == []


@pytest.mark.parametrize("answer", [throttled(), refusal("AccessDeniedException", "not authorized")])
async def test_picture_that_cannot_be_looked_at_is_not_shown(
    workshop: Workshop, prompt: Generation, answer: Exception
) -> None:
    workshop.aws.script(LOOKS, answer)
    failed = await workshop.step(prompt)
    assert failed.state == "failed"
    assert failed.reason.startswith(
        "Amazon Rekognition has to look at pictures here, and could not, so nothing is shown."
    )
    await workshop.follow(60)
    assert len(workshop.aws.called("invoke_endpoint")) == 1
    assert workshop.downloads.uploads == []


async def test_picture_for_a_sheet_is_looked_at_too(workshop: Workshop, prompt: Generation) -> None:
    workshop.aws.sights = {"Explicit": 88.0}
    kept = await workshop.put(replace(prompt, keep="some/key.jpg", count=1))
    assert (await workshop.step(kept)).state == "failed"
    assert workshop.aws.objects == {}


async def test_rekognition_is_asked_again_by_boto_itself_as_often_as_it_pays() -> None:
    retries: Any = connect("us-west-2").rekognition.meta.config.retries
    assert (retries["total_max_attempts"], retries["mode"]) == (4, "standard")
