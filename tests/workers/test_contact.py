"""The contact sheet: drawn when the set changes, uploaded unseen, on the card when Slack can show it."""

import io

import pytest
from PIL import Image

from core import choosing_photos, collecting, names, outbox, words
from core.change import Change
from core.records import Run, Sheet
from tests.support.fake_slack import refusal
from tests.support.records import TEAM, a_photo, a_run, its_message, stands
from tests.support.workshop import Workshop
from tests.workers.runs import with_photos
from workers import files
from workers.house import House
from workers.sheets import Cell, contact_sheet

SECOND = 1.0


def a_square() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (512, 512), "teal").save(out, "JPEG")
    return out.getvalue()


async def a_set(workshop: Workshop, count: int) -> Run:
    run = await workshop.put(a_run())
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.put(
        Sheet(team=TEAM, id=collecting.sheet_id(run.id), state="stale", run=run.id, due=workshop.clock())
    )
    return await with_photos(workshop, run, *["judged"] * count, square=a_square())


async def the_sheet(workshop: Workshop) -> Sheet:
    sheet = await workshop.store.get(Sheet, TEAM, collecting.sheet_id("run1"))
    assert sheet
    return sheet


def card(workshop: Workshop) -> str:
    return str(workshop.slack.called("chat.update")[-1])


async def test_sheet_of_the_set_stands_on_the_card(workshop: Workshop) -> None:
    await a_set(workshop, 5)
    await workshop.run_due()
    sheet = await the_sheet(workshop)
    assert sheet.state == "shown"
    assert f"'slack_file': {{'id': '{sheet.file}'}}" in card(workshop)
    ((_, jpeg),) = workshop.downloads.uploads
    assert Image.open(io.BytesIO(jpeg)).format == "JPEG"


async def test_photos_beyond_twenty_are_not_on_the_sheet(workshop: Workshop) -> None:
    await a_set(workshop, 45)
    await workshop.run_due()
    ((_, jpeg),) = workshop.downloads.uploads
    twenty = contact_sheet([Cell(a_square(), "good", "good", number) for number in range(1, 21)])
    assert Image.open(io.BytesIO(jpeg)).size == Image.open(io.BytesIO(twenty)).size


async def test_class_photos_are_on_the_sheet_as_the_model_will_see_them(workshop: Workshop) -> None:
    run = await a_set(workshop, 5)
    await with_photos(workshop, run, *["judged"] * 3, square=a_square(), role="class")
    await workshop.run_due()
    ((_, jpeg),) = workshop.downloads.uploads
    own, others = ([Cell(a_square(), "good", "good", number + 1) for number in range(count)] for count in (5, 3))
    expected = contact_sheet(own, others, words.photos.CLASS_PHOTOS)
    assert jpeg == expected
    assert words.photos.SHEET_WITH_OTHERS in card(workshop)


async def test_sheet_is_drawn_anew_when_a_class_photo_is_left_out(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await with_photos(workshop, run, "judged", square=a_square(), role="class")
    await workshop.run_due()
    photo = (await collecting.photos(workshop.store, run))[-1]
    assert await choosing_photos.choose(workshop.store, run, photo, "leave", workshop.clock())
    await workshop.follow(SECOND, every=SECOND)
    assert len(workshop.downloads.uploads) == 2
    assert words.photos.CLASS_PHOTOS in card(workshop)


async def test_sheet_is_shown_only_when_slack_has_looked_at_it(workshop: Workshop) -> None:
    await a_set(workshop, 5)
    workshop.slack.looks_at_files = 2
    await workshop.run_due()
    assert (await the_sheet(workshop)).state == "uploaded"
    await workshop.follow(30)
    assert (await the_sheet(workshop)).state == "shown"


async def test_sheet_is_drawn_anew_when_somebody_leaves_a_photo_out_and_the_old_one_is_deleted(
    workshop: Workshop,
) -> None:
    run = await a_set(workshop, 5)
    await workshop.run_due()
    before = (await the_sheet(workshop)).file
    photo = (await collecting.photos(workshop.store, run))[0]
    assert await choosing_photos.choose(workshop.store, run, photo, "leave", workshop.clock())
    await workshop.follow(SECOND, every=SECOND)
    assert (await the_sheet(workshop)).file != before
    assert workshop.slack.called("files.delete") == []
    await workshop.follow(5)
    assert workshop.slack.called("files.delete") == [{"file": before}]


async def test_set_that_is_looked_at_again_unchanged_while_slack_looks_at_its_sheet_keeps_it(
    workshop: Workshop,
) -> None:
    run = await a_set(workshop, 5)
    workshop.slack.looks_at_files = 1
    await workshop.run_due()
    assert (await the_sheet(workshop)).state == "uploaded"
    await workshop.store.commit(collecting.redraw_set(Change(TEAM), run, workshop.clock()))
    await workshop.follow(30)
    sheet = await the_sheet(workshop)
    assert sheet.file
    assert f"'slack_file': {{'id': '{sheet.file}'}}" in card(workshop)
    assert len(workshop.downloads.uploads) == 1


async def test_picture_that_is_out_of_date_before_it_is_shown_is_deleted(workshop: Workshop) -> None:
    run = await a_set(workshop, 5)
    workshop.slack.looks_at_files = 1
    await workshop.run_due()
    unseen = (await the_sheet(workshop)).uploaded
    photo = (await collecting.photos(workshop.store, run))[0]
    assert await choosing_photos.choose(workshop.store, run, photo, "leave", workshop.clock())
    await workshop.follow(60)
    assert workshop.slack.called("files.delete") == [{"file": unseen}]


async def test_set_whose_photos_are_all_taken_back_leaves_no_picture_in_slack(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await workshop.run_due()
    before = (await the_sheet(workshop)).file
    gone = its_message((await collecting.photos(workshop.store, run))[0])
    await choosing_photos.take_away(workshop.store, run, gone, workshop.clock())
    await workshop.follow(10)
    assert (await the_sheet(workshop)).file == ""
    assert workshop.slack.called("files.delete") == [{"file": before}]


async def test_set_that_changes_while_its_sheet_is_uploaded_leaks_no_picture(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(workshop, 4)
    upload = files.upload

    async def meanwhile(house: House, name: str, picture: bytes) -> str:
        monkeypatch.setattr(files, "upload", upload)
        await workshop.store.commit(collecting.redraw_set(Change(TEAM), run, workshop.clock()))
        return await upload(house, name, picture)

    monkeypatch.setattr(files, "upload", meanwhile)
    await workshop.follow(60)
    sheet = await the_sheet(workshop)
    deleted = [asked["file"] for asked in workshop.slack.called("files.delete")]
    assert sorted([*deleted, sheet.file]) == sorted(workshop.slack.files)


async def test_old_picture_is_deleted_though_the_set_is_touched_again_before(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await workshop.run_due()
    before = (await the_sheet(workshop)).file
    assert await choosing_photos.frame(workshop.store, await stands(workshop.store, run), workshop.clock())
    await workshop.follow(SECOND, every=SECOND)
    await workshop.store.commit(collecting.redraw_set(Change(TEAM), run, workshop.clock()))
    await workshop.follow(10)
    assert workshop.slack.called("files.delete") == [{"file": before}]


async def test_old_picture_that_slack_does_not_delete_is_let_be(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await workshop.run_due()
    workshop.slack.script("files.delete", refusal("not_allowed"))
    assert await choosing_photos.frame(workshop.store, await stands(workshop.store, run), workshop.clock())
    await workshop.follow(30)
    sheet = await the_sheet(workshop)
    assert (sheet.state, sheet.old, sheet.due) == ("shown", (), None)


async def test_sheet_shows_the_squares_that_the_model_will_see(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await workshop.run_due()
    workshop.aws.calls.clear()
    assert await choosing_photos.frame(workshop.store, await stands(workshop.store, run), workshop.clock())
    await workshop.follow(SECOND, every=SECOND)
    assert {"-fit.jpg" in asked["Key"] for asked in workshop.aws.called("get_object")} == {True}


async def test_set_that_has_not_changed_is_not_drawn_twice(workshop: Workshop) -> None:
    run = await a_set(workshop, 4)
    await workshop.run_due()
    await workshop.store.commit(collecting.redraw_set(Change(TEAM), run, workshop.clock()))
    await workshop.follow(SECOND, every=SECOND)
    assert len(workshop.downloads.uploads) == 1
    assert (await the_sheet(workshop)).state == "shown"


async def test_photo_that_comes_while_the_sheet_is_drawn_is_on_the_next_one(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(workshop, 4)
    late = await workshop.put(a_photo(id="late", state="judged"))
    workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, late.id)] = a_square()
    get = workshop.downloads.post

    def meanwhile(url: str, *, data: bytes) -> object:
        workshop.downloads.statuses = [200]
        return get(url, data=data)

    monkeypatch.setattr(workshop.downloads, "post", meanwhile)
    await workshop.run_due()
    change = Change(TEAM).index(collecting.photos_of(run.id), late.id, 9.0, Run.ttl)
    await workshop.store.commit(collecting.redraw_set(change, run, workshop.clock()))
    await workshop.follow(SECOND, every=SECOND)
    assert len(workshop.downloads.uploads) == 2


async def test_sheet_that_cannot_be_uploaded_leaves_the_card_as_it_is(workshop: Workshop) -> None:
    await a_set(workshop, 4)
    workshop.slack.script("files.getUploadURLExternal", refusal("missing_scope"))
    await workshop.run_due()
    sheet = await the_sheet(workshop)
    assert (sheet.state, sheet.file) == ("shown", "")
    assert "Good photos" in str(workshop.slack.messages)
