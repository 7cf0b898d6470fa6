"""Photos in a thread: whose they are, what people decide about them, and what happens when they take them back."""

from dataclasses import replace
from typing import Any

import pytest

from bot import threads
from core import actions, choosing_photos, collecting, words
from core.change import Change
from core.choosing_photos import WORDS_MOST
from core.collecting import Dropped, File
from core.records import Photo, Run
from tests.bot.person import BOT, PRESSED, Person
from tests.bot.test_training import a_file, a_set, the_photos
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_ready_made_model, stands, written

DROPPED, AFTER_PRESSING = "1798761700.000100", f"{PRESSED}1"
PHOTO = {"type": "message", "subtype": "file_share", "thread_ts": THREAD}


async def roles(mira: Person) -> dict[str, str]:
    return {photo.file: photo.role for photo in await the_photos(mira)}


async def one_photo(mira: Person) -> Photo:
    return (await the_photos(mira))[0]


@pytest.mark.parametrize(
    ("action", "choice"),
    [
        (actions.USE_PHOTO, "use"),
        (actions.USE_ONE, "use"),
        (actions.LEAVE_OUT_PHOTO, "leave"),
        (actions.LEAVE_OUT_ONE, "leave"),
    ],
)
async def test_person_decides_against_the_doctor(mira: Person, action: str, choice: str) -> None:
    run = await a_set(mira, 4)
    photo = await one_photo(mira)
    await mira.press(action, f"{run.id}:{photo.id}")
    assert (await one_photo(mira)).choice == choice
    assert mira.whispers() == []


@pytest.mark.parametrize("action", [actions.USE_PHOTO, actions.LEAVE_OUT_PHOTO, actions.FRAME, actions.DROP_NEXT])
@pytest.mark.parametrize("state", ["queued", "training", "trained", "cancelled"])
async def test_button_about_photos_changes_nothing_once_the_set_is_closed(
    mira: Person, action: str, state: str
) -> None:
    run = await a_set(mira, 4, state=state)
    photos = await collecting.photos(mira.store, run)
    await mira.press(action, f"{run.id}:{photos[0].id}" if "photo" in action else run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]
    assert await collecting.photos(mira.store, run) == photos
    assert await stands(mira.store, run) == run


async def test_photos_are_shown_whole_and_cropped_again(mira: Person) -> None:
    run = await a_set(mira, 4)
    for framing in ("fit", "crop"):
        await mira.press(actions.FRAME, run.id)
        assert (await stands(mira.store, run)).framing == framing


@pytest.mark.parametrize("text", ["class photos", "Class photos: other cats", "<@U0BOT> class pictures"])
async def test_photos_with_the_words_class_photos_are_of_the_class(mira: Person, text: str) -> None:
    await a_set(mira, 0)
    await mira.event(type="message", subtype="file_share", thread_ts=THREAD, text=text, files=[a_file(1)])
    assert (await one_photo(mira)).role == "class"


async def test_reply_or_button_says_what_the_next_photos_are(mira: Person) -> None:
    run = await a_set(mira, 0)
    await mira.event(type="message", thread_ts=THREAD, text="class photos")
    await mira.event(**PHOTO, files=[a_file(1)])
    await mira.press(actions.DROP_NEXT, f"{run.id}:")
    await mira.event(**PHOTO, files=[a_file(2)], ts=AFTER_PRESSING)
    assert await roles(mira) == {"F1": "class", "F2": ""}


async def test_photo_is_what_was_said_before_it_was_dropped_however_late_slack_tells_of_it(mira: Person) -> None:
    run = await a_set(mira, 0)
    await mira.event(**PHOTO, files=[a_file(3)], ts=AFTER_PRESSING)
    for _ in range(2):
        await mira.press(actions.DROP_NEXT, f"{run.id}:class")
    await mira.event(**PHOTO, files=[a_file(2)])
    await mira.event(**PHOTO, files=[a_file(1)], text="class photos")
    assert await roles(mira) == {"F1": "class", "F2": "", "F3": "class"}


async def test_two_who_press_the_same_button_at_once_say_the_same(mira: Person) -> None:
    run = await a_set(mira, 0)
    await mira.press(actions.DROP_NEXT, f"{run.id}:class")
    await mira.press(actions.DROP_NEXT, f"{run.id}:class")
    assert (await stands(mira.store, run)).dropping == "class"
    assert mira.whispers() == []


async def test_whoever_plays_with_the_button_does_not_fill_the_record(mira: Person) -> None:
    run = await a_set(mira, 0)
    for second in range(WORDS_MOST + 5):
        role, now = ("class", "")[second % 2], await stands(mira.store, run)
        assert await choosing_photos.say_next(mira.store, now, role, f"{second}.5", 1.0)
    said = (await stands(mira.store, run)).said
    assert (len(said), max(said, key=float)) == (WORDS_MOST, f"{WORDS_MOST + 4}.5")


async def test_reply_about_the_next_photos_holds_though_the_set_changes_at_that_very_moment(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(mira, 0)
    commit, others = mira.store.commit, [Change(TEAM).put(replace(run, framing="fit"))]

    async def meanwhile(change: Change) -> bool:
        if others:
            assert await commit(others.pop())
        return await commit(change)

    monkeypatch.setattr(mira.store, "commit", meanwhile)
    await mira.event(type="message", thread_ts=THREAD, text="class photos")
    changed = await stands(mira.store, run)
    assert (mira.status, changed.framing, changed.dropping) == (200, "fit", "class")


async def test_reply_about_the_next_photos_that_cannot_be_taken_now_is_told_of_again_by_slack(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(mira, 0)

    async def busy(_: Change) -> bool:
        return False

    with monkeypatch.context() as away:
        away.setattr(mira.store, "commit", busy)
        await mira.event(type="message", thread_ts=THREAD, text="class photos")
        assert mira.status == 500
    for _ in range(2):
        await mira.event(type="message", thread_ts=THREAD, text="class photos")
    said = await stands(mira.store, run)
    assert (mira.status, said.dropping, said.version) == (200, "class", 2)


async def test_reply_about_the_next_photos_of_a_set_that_is_closed_changes_nothing(mira: Person) -> None:
    run = await a_set(mira, 0, state="queued")
    await mira.event(type="message", thread_ts=THREAD, text="class photos")
    assert mira.status == 200
    assert await stands(mira.store, run) == run


async def test_reply_that_comes_before_its_thread_is_known_comes_again(mira: Person) -> None:
    await mira.command("/train", "riobugger cat")
    await mira.event(type="message", thread_ts=THREAD, parent_user_id=BOT, text="class photos")
    assert mira.status == 500


async def dropped_together(mira: Person) -> None:
    await a_set(mira, 0)
    files = [a_file(1), a_file(2)]
    await mira.event(type="message", subtype="file_share", thread_ts=THREAD, ts=DROPPED, files=files)


def the_message(*files: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U0MIRA", "ts": DROPPED, "thread_ts": THREAD, "files": list(files)}


async def test_deleting_the_message_takes_its_photos_out(mira: Person) -> None:
    await dropped_together(mira)
    gone = {"deleted_ts": DROPPED, "previous_message": the_message(a_file(1), a_file(2)), "hidden": True}
    for _ in range(2):
        await mira.event(type="message", subtype="message_deleted", **gone)
    assert [photo.state for photo in await the_photos(mira)] == ["removed", "removed"]


async def test_photos_that_are_judged_at_this_very_moment_are_taken_out_all_the_same(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dropped_together(mira)
    commit, refused = mira.store.commit, [False] * 3

    async def busy(change: Change) -> bool:
        return refused.pop() if refused else await commit(change)

    monkeypatch.setattr(mira.store, "commit", busy)
    await mira.event(type="message", subtype="message_deleted", previous_message=the_message(a_file(1), a_file(2)))
    assert (mira.status, refused) == (200, [])
    assert [photo.state for photo in await the_photos(mira)] == ["removed", "removed"]


async def test_photos_that_cannot_be_taken_out_now_are_told_of_again_by_slack(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dropped_together(mira)

    async def busy(_: Change) -> bool:
        return False

    monkeypatch.setattr(mira.store, "commit", busy)
    await mira.event(type="message", subtype="message_deleted", previous_message=the_message(a_file(1)))
    assert mira.status == 500


async def test_photo_whose_message_is_gone_before_slack_tells_of_it_never_joins(mira: Person) -> None:
    run = await a_set(mira, 0)
    await mira.event(type="message", subtype="message_deleted", previous_message=the_message(a_file(1)))
    files = [a_file(1), a_file(2)]
    await mira.event(type="message", subtype="file_share", thread_ts=THREAD, ts=DROPPED, files=files)
    (taken,) = [photo for photo in await the_photos(mira) if photo.state != "removed"]
    assert (taken.file, taken.run) == ("F2", run.id)


async def test_photo_that_comes_at_the_very_moment_in_which_its_message_is_deleted_is_taken_out(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(mira, 0)
    commit = mira.store.commit
    others = [Dropped(MIRA, DROPPED, [File("F1", "cat1.jpg", "https://files.slack.com/1")])]

    async def meanwhile(change: Change) -> bool:
        if others:
            await collecting.take_photos(mira.store, run, others.pop(), 1.0)
        return await commit(change)

    monkeypatch.setattr(mira.store, "commit", meanwhile)
    await mira.event(type="message", subtype="message_deleted", previous_message=the_message(a_file(1)))
    assert [photo.state for photo in await the_photos(mira)] == ["removed"]


async def test_message_that_is_gone_before_its_thread_is_known_is_told_of_again(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "LOOK_SECONDS", 0)
    await mira.command("/train", "riobugger cat")
    gone = the_message(a_file(1)) | {"parent_user_id": BOT}
    await mira.event(type="message", subtype="message_deleted", previous_message=gone)
    assert mira.status == 500


async def test_pictures_of_the_bot_that_are_deleted_in_the_thread_are_no_photos_of_the_set(mira: Person) -> None:
    await a_set(mira, 0)
    ours = the_message(a_file(1)) | {"bot_id": "B0BOT"}
    await mira.event(type="message", subtype="message_deleted", previous_message=ours)
    assert mira.status == 200
    await mira.event(**PHOTO, files=[a_file(1)])
    assert (await one_photo(mira)).state == "dropped"


async def test_deleting_one_file_of_a_message_takes_that_photo_out(mira: Person) -> None:
    await dropped_together(mira)
    before, after = the_message(a_file(1), a_file(2)), the_message(a_file(2), a_file(1, mode="tombstone"))
    await mira.event(type="message", subtype="message_changed", message=after, previous_message=before)
    assert {photo.file: photo.state for photo in await the_photos(mira)} == {"F1": "removed", "F2": "dropped"}


async def test_editing_the_words_of_a_message_keeps_its_photos(mira: Person) -> None:
    await dropped_together(mira)
    both = the_message(a_file(1), a_file(2))
    await mira.event(type="message", subtype="message_changed", message=both | {"text": "hi"}, previous_message=both)
    assert [photo.state for photo in await the_photos(mira)] == ["dropped", "dropped"]


async def test_deleting_a_message_elsewhere_is_nobodys_business(mira: Person) -> None:
    await dropped_together(mira)
    elsewhere = the_message(a_file(1)) | {"thread_ts": "1798761699.000100"}
    await mira.event(type="message", subtype="message_deleted", deleted_ts=DROPPED, previous_message=elsewhere)
    assert mira.status == 200
    assert [photo.state for photo in await the_photos(mira)] == ["dropped", "dropped"]


async def test_cancel_closes_a_set_that_collects(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.CANCEL, run.id)
    assert (await stands(mira.store, run)).state == "cancelled"
    await mira.press(actions.CANCEL, run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]


async def test_train_on_top_of_a_model_starts_from_the_newest_of_that_name(mira: Person) -> None:
    change = Change(TEAM)
    for name, trained_at in (("old", 1.0), ("new", 2.0)):
        await written(mira.store, a_model(id=name, trained_at=trained_at))
        change.name("catalogue", name, "riobugger")
    await mira.store.commit(change)
    await mira.command("/train", "doppler dog on Riobugger")
    (identity,) = await mira.store.members(TEAM, "runs")
    run = await mira.store.get(Run, TEAM, identity)
    assert run
    assert (run.subject, run.noun, run.parent, run.channel) == ("doppler", "dog", "new", CHANNEL)


async def test_train_on_top_of_a_model_that_there_is_not_says_so_and_opens_nothing(mira: Person) -> None:
    answer = await mira.command("/train", "doppler dog on nobody")
    assert answer["text"] == words.training.no_such_parent("nobody")
    assert await mira.store.members(TEAM, "runs") == []


async def test_wish_to_train_on_top_of_a_ready_made_model_is_answered(mira: Person) -> None:
    ready = a_ready_made_model()
    assert await mira.store.commit(Change(TEAM).put(ready).name("catalogue", ready.id, ready.subject))
    answer = await mira.command("/train", f"doppler dog on {ready.subject}")
    assert answer["text"] == words.training.ready_made_parent(ready.subject)
    assert await mira.store.members(TEAM, "runs") == []
