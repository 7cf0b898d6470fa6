"""From `/train` to the queue: threads, photos, the shortcut, the modal."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from bot import threads
from bot.use_as_training_set import FILES_MOST
from core import actions, collecting, outbox, recipe, starting, words
from core.change import Change
from core.names import record_id
from core.recipe import Choice, Terms
from core.records import Photo, Run
from sandbox.slack.view_shapes import check_view
from tests.bot.person import BOT, Person
from tests.bot.sets import a_set
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_run, stands

URL = "https://files.slack.com/files-pri/T0PETS-F1/cat.jpg"
DROPPED = {"type": "message", "subtype": "file_share", "thread_ts": THREAD, "parent_user_id": BOT}


def a_file(number: int = 1, **different: Any) -> dict[str, Any]:
    return {"id": f"F{number}", "name": f"cat{number}.jpg", "mode": "hosted", "url_private_download": URL} | different


async def the_runs(mira: Person) -> list[Run]:
    return await mira.store.get_all(Run, TEAM, await mira.store.members(TEAM, "runs"))


async def the_photos(mira: Person) -> list[Photo]:
    (run,) = await the_runs(mira)
    return await collecting.photos(mira.store, run)


async def test_train_opens_a_thread_and_says_so_to_who_asked(mira: Person) -> None:
    answer = await mira.command("/train", "riobugger cat")
    assert answer == {"text": words.training.opening("riobugger"), "response_type": "ephemeral"}
    (run,) = await the_runs(mira)
    assert (run.subject, run.noun, run.owner, run.channel, run.state) == (
        "riobugger",
        "cat",
        MIRA,
        CHANNEL,
        "collecting",
    )
    assert [one.id for one in await mira.told()] == [outbox.card_id(run.id)]


async def test_train_that_is_not_understood_is_answered_and_opens_nothing(mira: Person) -> None:
    answer = await mira.command("/train", "riobugger")
    assert answer == {"text": words.asking.LEARN_HELP, "response_type": "ephemeral"}
    assert await the_runs(mira) == []


async def test_mention_on_a_message_with_photos_opens_a_set_with_them(mira: Person) -> None:
    text = f"<@{BOT}> learn riobugger the cat"
    both = {"text": text, "ts": THREAD, "files": [a_file(1), a_file(2, name=None)]}
    await mira.event(type="app_mention", **both)
    await mira.event(type="message", subtype="file_share", **both)
    assert [(one.file, one.name, one.url) for one in await the_photos(mira)] == [
        ("F1", "cat1.jpg", URL),
        ("F2", "F2", URL),
    ]
    (run,) = await the_runs(mira)
    assert run.thread_ts == THREAD


async def test_mention_that_is_not_understood_is_answered_once_to_who_wrote_it(mira: Person) -> None:
    for _ in range(2):
        await mira.event(type="app_mention", text=f"<@{BOT}> learn")
    (said,) = await mira.told()
    assert (said.call, said.user, said.text) == ("ephemeral", MIRA, words.asking.LEARN_HELP)


async def test_photos_in_the_thread_join_the_set_once(mira: Person) -> None:
    await a_set(mira, 0)
    for _ in range(3):
        await mira.event(type="message", subtype="file_share", thread_ts=THREAD, files=[a_file(1), a_file(2)])
    photos = await the_photos(mira)
    assert [(one.file, one.state, one.version) for one in photos] == [("F1", "dropped", 1), ("F2", "dropped", 1)]
    assert [member for member, _ in await mira.store.overdue(TEAM, float("inf"))].count(f"photo:{photos[0].id}") == 1


@pytest.mark.parametrize(
    "different",
    [{"mode": "external", "is_external": True}, {"file_access": "check_file_info"}, {"mode": "tombstone"}],
)
async def test_file_of_which_slack_tells_a_part_is_asked_about_later(mira: Person, different: dict[str, Any]) -> None:
    await a_set(mira, 0)
    await mira.event(type="message", subtype="file_share", thread_ts=THREAD, files=[a_file(1, **different)])
    assert [one.url for one in await the_photos(mira)] == [""]


@pytest.mark.parametrize(
    "event",
    [
        {"files": [a_file()], "bot_id": "B0BOT", "thread_ts": THREAD},
        {"files": [a_file()], "thread_ts": "1798761699.000100"},
        {"files": [a_file()]},
        {"text": "nice cat", "thread_ts": THREAD},
    ],
    ids=["the bot's own", "another thread", "the channel", "no files"],
)
async def test_message_that_is_not_for_the_set_changes_nothing(mira: Person, event: dict[str, Any]) -> None:
    await a_set(mira, 0)
    subtype = {"subtype": "file_share"} if "files" in event else {}
    await mira.event(type="message", **subtype, **event)
    assert mira.status == 200
    assert await the_photos(mira) == []


async def opens(mira: Person, run: Run, thread_ts: str = THREAD) -> None:
    opened = replace(run, thread_ts=thread_ts)
    assert await mira.store.commit(collecting.link(Change(TEAM).put(opened), opened))


async def test_photo_that_comes_long_before_its_thread_is_known_comes_again(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "LOOK_SECONDS", 0)
    await mira.command("/train", "riobugger cat")
    await mira.event(**DROPPED, files=[a_file()])
    assert mira.status == 500
    await opens(mira, (await the_runs(mira))[0])
    await mira.event(**DROPPED, files=[a_file()])
    assert mira.status == 200
    assert len(await the_photos(mira)) == 1


@pytest.mark.parametrize("look", [1, 2, 3])
async def test_photo_that_comes_in_the_moment_in_which_its_thread_opens_joins_the_set(
    mira: Person, monkeypatch: pytest.MonkeyPatch, look: int
) -> None:
    await mira.command("/train", "riobugger cat")
    run_of_thread, looks = collecting.run_of_thread, itertools.count(1)

    async def opens_behind(*where: Any) -> Run | None:
        found = await run_of_thread(*where)
        if next(looks) == look:
            await opens(mira, (await the_runs(mira))[0])
        return found

    monkeypatch.setattr(collecting, "run_of_thread", opens_behind)
    await mira.event(**DROPPED, files=[a_file()])
    assert mira.status == 200
    assert len(await the_photos(mira)) == 1


async def test_photo_in_the_first_of_two_threads_waits_for_it_though_the_second_is_open(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "LOOK_SECONDS", 0)
    await mira.command("/train", "riobugger cat")
    await mira.command("/train", "chairy chair")
    (second,) = [run for run in await the_runs(mira) if run.subject == "chairy"]
    await opens(mira, second, "1798761699.000100")
    await mira.event(**DROPPED, files=[a_file()])
    assert mira.status == 500


async def test_shortcut_asks_who_it_is_and_opens_a_set_in_the_messages_thread(mira: Person) -> None:
    message = {"ts": THREAD, "user": MIRA, "files": [a_file(number, name="ö" * 255) for number in range(25)]}
    await mira.shortcut(actions.USE_AS_TRAINING_SET, message)
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    assert await mira.submit(modal, subject="Riobugger", noun="cat") == {}
    (run,) = await the_runs(mira)
    assert (run.subject, run.thread_ts, len(await the_photos(mira))) == ("riobugger", THREAD, FILES_MOST)


async def test_shortcut_on_a_message_without_photos_says_so(mira: Person) -> None:
    await mira.shortcut(actions.USE_AS_TRAINING_SET, {"ts": THREAD, "user": MIRA, "text": "nice"})
    assert mira.whispers() == [words.training.USE_NO_PHOTOS]


@pytest.mark.parametrize(
    ("field", "value"), [("subject", "two words"), ("subject", ""), ("noun", "<@U1>"), ("noun", "")]
)
async def test_name_that_cannot_be_learnt_is_answered_in_its_field(mira: Person, field: str, value: str) -> None:
    await mira.shortcut(actions.USE_AS_TRAINING_SET, {"ts": THREAD, "user": MIRA, "files": [a_file()]})
    answer = await mira.submit(mira.opened(), **({"subject": "riobugger", "noun": "cat"} | {field: value}))
    assert answer["errors"].keys() == {field}
    assert await the_runs(mira) == []


async def test_second_set_on_one_message_is_refused_in_words(mira: Person) -> None:
    for expected in ({}, {"response_action": "errors", "errors": {"subject": words.training.ALREADY_OPEN}}):
        await mira.shortcut(actions.USE_AS_TRAINING_SET, {"ts": THREAD, "user": MIRA, "files": [a_file()]})
        assert await mira.submit(mira.opened(), subject="riobugger", noun="cat") == expected


async def test_train_button_with_too_few_photos_says_how_many_are_missing(mira: Person) -> None:
    run = await a_set(mira, 3)
    await mira.press(actions.TRAIN, run.id)
    assert mira.whispers() == [words.training.too_few_photos(3, 4)]


@pytest.mark.parametrize("action", [actions.TRAIN, actions.TRY_AGAIN])
@pytest.mark.parametrize("state", ["queued", "training", "trained", "cancelled"])
async def test_button_from_an_earlier_moment_changes_nothing(mira: Person, action: str, state: str) -> None:
    run = await a_set(mira, 4, state=state, attempt=1)
    await mira.press(action, run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]
    assert (await stands(mira.store, run)).version == 1


async def test_failed_run_is_tried_again_by_its_button(mira: Person) -> None:
    run = await a_set(mira, 4, state="failed", attempt=1, reason="no")
    await mira.press(actions.TRY_AGAIN, run.id)
    again = await stands(mira.store, run)
    assert (again.state, again.attempt) == ("queued", 2)
    assert mira.whispers() == []


async def a_failed_one(mira: Person, **chosen: str) -> Run:
    """A run of somebody else's that was started with this recipe, and failed."""
    told = recipe.read(a_run(), chosen | {"licence": "yes"}, Terms(photos=4))
    assert isinstance(told, Choice)
    failed = {"attempt": 1, "reason": words.following.ENDS["MaxWaitTimeExceeded"], "waits": 2}
    return await a_set(mira, 4, state="failed", **failed | starting.agreed(told, "U0JON", 1.0))


async def test_failed_run_is_changed_and_tried_again_from_what_was_chosen_then(mira: Person) -> None:
    run = await a_failed_one(mira, max_steps="300", spot="yes", instance="ml.p3.2xlarge", seed="7")
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    as_it_was = await mira.submit(modal)
    assert as_it_was["errors"].keys() == {"licence"}, "whoever starts it accepts the licence"
    assert await mira.accept(modal, spot=False, licence=True) == {}
    again = await stands(mira.store, run)
    assert (again.state, again.attempt, again.waits, again.spot) == ("queued", 2, 0, False)
    assert (again.max_steps, again.instance, again.hyperparameters["seed"]) == (300, "ml.p3.2xlarge", "7")
    assert (again.licence_accepted_by, again.reason) == (MIRA, "")


async def test_face_that_failed_is_changed_as_a_face(mira: Person) -> None:
    run = await a_failed_one(mira, preset="face", class_prompt="a photo of a tom")
    await mira.press(actions.TRAIN, run.id)
    assert await mira.accept(mira.opened(), max_steps="400", licence=True) == {}
    again = await stands(mira.store, run)
    assert (again.preset, again.max_steps, again.instance) == ("face", 400, "ml.g5.2xlarge")
    assert (again.class_prompt, again.hyperparameters["with_prior_preservation"]) == ("a photo of a tom", "True")


async def test_run_that_was_tried_again_meanwhile_is_not_changed(mira: Person) -> None:
    run = await a_failed_one(mira)
    await mira.press(actions.TRAIN, run.id)
    await mira.press(actions.TRY_AGAIN, run.id)
    answer = await mira.submit(mira.opened(), licence=True)
    assert words.training.STALE_BUTTON in answer["errors"].values()
    assert (await stands(mira.store, run)).attempt == 2


@pytest.mark.parametrize("different", [{"root": "run0", "attempt": 1}, {"attempt": 0}])
async def test_run_that_failed_and_has_no_set_of_its_own_is_not_changed(
    mira: Person, different: dict[str, Any]
) -> None:
    run = await a_set(mira, 4, state="failed", **different)
    for action in (actions.TRAIN, actions.TRY_AGAIN):
        await mira.press(action, run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON] * 2


async def test_failed_run_is_not_compared(mira: Person) -> None:
    run = await a_failed_one(mira)
    await mira.press(actions.COMPARE_STEPS, run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]


async def test_button_of_another_team_finds_nothing(mira: Person) -> None:
    other = record_id("run", "other")
    await mira.store.commit(Change("T0OTHER").put(a_run(team="T0OTHER", id=other, state="failed", attempt=1)))
    await mira.press(actions.TRY_AGAIN, other)
    assert mira.whispers() == [words.training.STALE_BUTTON]
