"""A dropped file is taken into its set, or left out with the reason; the others go on."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from core import choosing_photos, collecting, outbox, words
from core.change import Change
from core.records import Photo, Run
from tests.support.fake_aws import JPEG
from tests.support.fake_sagemaker import refusal as aws_refusal
from tests.support.fake_slack import rate_limited, refusal
from tests.support.records import TEAM, THREAD, a_photo, a_run, its_message, stands
from tests.support.workshop import GOOD, Workshop
from workers import download, photos
from workers.decoder import ROOM
from workers.judged import Judged
from workers.photos import LOOKED_AT_MOST
from workers.trouble import photo as no_photo

URL = "https://files.slack.com/files-pri/T0PETS-F1/cat.jpg"


@pytest.fixture
async def run(workshop: Workshop) -> Run:
    run = await workshop.put(a_run())
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.run_due()
    return run


async def dropped(workshop: Workshop, **info: Any) -> Photo:
    """Drop a file that `files.info` tells this of."""
    photo = await workshop.put(a_photo(due=workshop.clock()))
    change = Change(TEAM).index(collecting.photos_of("run1"), photo.id, 1.0, Run.ttl)
    await workshop.store.commit(change)
    workshop.slack.files["F1"] = {"id": "F1", "mode": "hosted", "size": 9, "url_private_download": URL} | info
    return photo


@pytest.mark.usefixtures("run")
async def test_only_so_many_photos_are_in_memory_at_once(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = replace(await dropped(workshop), url=URL)
    within, most = 0, 0

    async def fetch(*_: object) -> bytes:
        nonlocal within, most
        within, most = within + 1, max(most, within + 1)
        await asyncio.sleep(0)
        within -= 1
        return b"a photo"

    monkeypatch.setattr(download, "fetch", fetch)
    await asyncio.gather(*(photos.judge(workshop.house, photo) for _ in range(3 * ROOM)))
    assert most == ROOM


@pytest.mark.usefixtures("run")
async def test_good_photo_is_kept_in_s3_measured_counted_and_ticked(workshop: Workshop) -> None:
    taken = await workshop.step(await dropped(workshop))
    assert (taken.state, taken.due) == ("judged", None)
    assert workshop.decoders.seen == [workshop.downloads.picture]
    squares = {f"darkroom/{TEAM}/run1/photos/photo1{framing}.jpg": JPEG for framing in ("", "-fit")}
    assert workshop.aws.objects == squares
    assert (taken.width, taken.height, taken.sharpness) == (GOOD.width, GOOD.height, GOOD.sharpness)
    await workshop.run_due()
    assert workshop.slack.called("reactions.add") == [
        {"channel": "C0PETS", "timestamp": taken.ts, "name": "white_check_mark"}
    ]
    assert "*Good photos*\\n1" in str(workshop.slack.called("chat.update")[-1])


@pytest.mark.usefixtures("run")
async def test_photo_of_which_slack_told_no_more_than_its_id_is_called_by_its_name(workshop: Workshop) -> None:
    photo = await dropped(workshop, name="cat.jpg")
    await workshop.put(replace(await stands(workshop.store, photo), name=photo.file))
    workshop.decoders.trouble = no_photo(words.trouble.PHOTO_NO_PICTURE, "no_picture")
    assert (await workshop.step(photo)).state == "left_out"
    await workshop.run_due()
    said = words.training.left_out("cat.jpg", words.trouble.PHOTO_NO_PICTURE)
    assert said in [message["text"] for message in workshop.slack.messages.values()]


@pytest.mark.usefixtures("run")
async def test_photo_that_is_left_out_is_named_with_the_reason_on_the_card_and_in_the_thread(
    workshop: Workshop,
) -> None:
    workshop.decoders.trouble = no_photo(words.trouble.PHOTO_NO_PICTURE, "no_picture")
    out = await workshop.step(await dropped(workshop))
    assert (out.state, out.reason) == ("left_out", words.trouble.PHOTO_NO_PICTURE)
    await workshop.run_due()
    said = words.training.left_out("cat.jpg", words.trouble.PHOTO_NO_PICTURE)
    assert [m["thread_ts"] for m in workshop.slack.messages.values() if m["text"] == said] == [THREAD]
    named = words.photos.numbered(1, "cat.jpg", words.trouble.PHOTO_NO_PICTURE)
    assert named in str(workshop.slack.called("chat.update")[-1])


@pytest.mark.parametrize(
    ("info", "reason"),
    [
        ({"mode": "tombstone"}, words.trouble.PHOTO_GONE),
        ({"mode": "hidden_by_limit"}, words.trouble.PHOTO_GONE),
        ({"mode": "external", "is_external": True}, words.trouble.PHOTO_EXTERNAL),
        ({"is_external": True}, words.trouble.PHOTO_EXTERNAL),
        ({"size": 41 * 2**20}, words.trouble.photo_too_large(40)),
        ({"url_private_download": "https://evil.example/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "http://files.slack.com/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "https://files.slack.com:444/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "https://files.slack.com.evil.example/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "https://files.slack.com@evil.example/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "https://evil.example\\@files.slack.com/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": "//files.slack.com/cat.jpg"}, words.trouble.PHOTO_ORIGIN),
        ({"url_private_download": ""}, words.trouble.PHOTO_ORIGIN),
    ],
)
@pytest.mark.usefixtures("run")
async def test_file_that_is_not_slacks_own_is_never_fetched(
    workshop: Workshop, info: dict[str, Any], reason: str
) -> None:
    out = await workshop.step(await dropped(workshop, **info))
    assert (out.state, out.reason) == ("left_out", reason)
    assert workshop.decoders.seen == []


@pytest.mark.usefixtures("run")
async def test_file_that_slack_does_not_know_any_more_is_left_out_as_gone(workshop: Workshop) -> None:
    photo = await dropped(workshop)
    workshop.slack.script("files.info", refusal("file_not_found"))
    await workshop.put(replace(await stands(workshop.store, photo), name=photo.file))
    assert (await workshop.step(photo)).reason == words.trouble.PHOTO_GONE
    await workshop.run_due()
    said = f"A photo is left out: {words.trouble.PHOTO_GONE}"
    assert said in [message["text"] for message in workshop.slack.messages.values()]


@pytest.mark.usefixtures("run")
async def test_slack_that_is_away_leaves_no_photo_out(workshop: Workshop) -> None:
    photo = await dropped(workshop)
    workshop.slack.script("files.info", TimeoutError("away"), rate_limited(3), refusal("internal_error", 500))
    assert (await workshop.step(photo)).state == "dropped"
    await workshop.follow(60)
    assert (await stands(workshop.store, photo)).state == "judged"


@pytest.mark.usefixtures("run")
async def test_bucket_that_does_not_take_the_photo_is_told_in_words(workshop: Workshop) -> None:
    workshop.aws.script("put_object", aws_refusal("AccessDenied", "Access Denied", status=403))
    assert (await workshop.step(await dropped(workshop))).reason == "AWS says: Access Denied"


@pytest.mark.parametrize("state", ["queued", "training", "trained", "failed", "cancelled"])
async def test_photo_that_comes_after_the_start_is_told_that_it_is_too_late(workshop: Workshop, state: str) -> None:
    await workshop.put(a_run(state=state))
    assert (await workshop.step(await dropped(workshop))).reason == words.training.SET_CLOSED
    assert workshop.aws.objects == {}


@pytest.mark.usefixtures("run")
async def test_five_hundred_photos_are_answered_with_one_sentence(workshop: Workshop) -> None:
    change = Change(TEAM)
    for place in range(LOOKED_AT_MOST[""]):
        other = await workshop.put(a_photo(id=f"other{place}", state="judged"))
        change.index(collecting.photos_of("run1"), other.id, 0.001 * place, Run.ttl)
    await workshop.store.commit(change)
    late = [a_photo(id=f"late{place}", due=workshop.clock()) for place in range(500 - LOOKED_AT_MOST[""])]
    for place, photo in enumerate(late):
        await workshop.store.commit(
            Change(TEAM).put(photo).index(collecting.photos_of("run1"), photo.id, 2.0 + place, Run.ttl)
        )
        assert (await workshop.step(photo)).reason == words.training.photos_most(LOOKED_AT_MOST[""])
    await workshop.run_due()
    assert len([said for said in workshop.said() if "is left out" in said]) == 1
    assert workshop.decoders.seen == []


@pytest.mark.usefixtures("run")
async def test_heic_photo_that_cannot_be_read_here_is_taken_by_slacks_own_copy(workshop: Workshop) -> None:
    thumb = {"thumb_1024": "https://files.slack.com/files-tmb/cat_1024.jpg", "thumb_360": "https://evil.example"}
    photo = await dropped(workshop, **thumb)
    workshop.decoders.troubles = [no_photo(words.doctor.HEIC, "heic")]
    assert (await workshop.step(photo)).state == "judged"
    assert len(workshop.decoders.seen) == 2


@pytest.mark.usefixtures("run")
async def test_heic_photo_of_which_slack_has_no_copy_is_left_out(workshop: Workshop) -> None:
    photo = await dropped(workshop)
    workshop.decoders.trouble = no_photo(words.doctor.HEIC, "heic")
    await workshop.step(photo)
    await workshop.follow(120)
    assert (await stands(workshop.store, photo)).state == "left_out"


@pytest.mark.usefixtures("run")
async def test_photo_whose_message_is_deleted_leaves_the_set_and_the_bucket(workshop: Workshop, run: Run) -> None:
    photo = await workshop.step(await dropped(workshop))
    await choosing_photos.take_away(workshop.store, run, its_message(photo), workshop.clock())
    await workshop.run_due()
    assert (await stands(workshop.store, photo)).state == "removed"
    assert workshop.aws.objects == {}


@pytest.mark.usefixtures("run")
async def test_photo_that_is_deleted_while_it_is_looked_at_leaves_nothing_behind(workshop: Workshop, run: Run) -> None:
    photo = await dropped(workshop)

    async def deleted_meanwhile(picture: bytes) -> Judged:
        assert picture
        await choosing_photos.take_away(workshop.store, run, its_message(photo), workshop.clock())
        return GOOD

    workshop.decoders.judge = deleted_meanwhile
    assert (await workshop.step(photo)).state == "removed"
    await workshop.run_due()
    assert workshop.aws.objects == {}


async def test_photo_whose_set_is_gone_is_left_out_in_silence(workshop: Workshop) -> None:
    assert (await workshop.step(await dropped(workshop))).state == "left_out"
    assert workshop.slack.messages == {}
