"""A thread collects photos, is started once, and shows in what a team has."""

import asyncio

import pytest

from core import collecting, looking, outbox
from core.change import Change
from core.collecting import Dropped, File, Origin, open_set, photos, run_of_thread, take_photos
from core.grammar import Learn
from core.names import record_id
from core.records import Message, Run
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_run, stands, written

CAT = Learn("riobugger", "cat")
COMMAND = Origin(TEAM, CHANNEL, MIRA, "trigger-1")
MENTION = Origin(TEAM, CHANNEL, MIRA, THREAD, THREAD)


def dropped(*files: str, ts: str = "1798761600.000200") -> Dropped:
    return Dropped(MIRA, ts, [File(file, f"{file}.jpg") for file in files])


async def the_run(store: Store) -> Run:
    (identity,) = await store.members(TEAM, "runs")
    return await stands(store, a_run(id=identity))


async def card_of(store: Store, run: Run) -> Message:
    found = await store.get(Message, TEAM, outbox.card_id(run.id))
    assert found
    return found


async def test_command_opens_one_set_however_often_it_is_delivered(store: Store, clock: FakeClock) -> None:
    opened = [await open_set(store, COMMAND, CAT, None, clock()) for _ in range(3)]
    assert opened == [True, False, False]
    run = await the_run(store)
    assert (run.state, run.subject, run.noun, run.owner) == ("collecting", "riobugger", "cat", MIRA)
    assert (await card_of(store, run)).version == 1
    assert await store.members(TEAM, collecting.opening(CHANNEL)) == [run.id]


async def test_mention_with_photos_opens_a_set_in_its_own_thread(store: Store, clock: FakeClock) -> None:
    assert await open_set(store, MENTION, CAT, dropped("F2", "F1"), clock())
    run = await run_of_thread(store, TEAM, CHANNEL, THREAD)
    assert run
    assert [photo.file for photo in await photos(store, run)] == ["F2", "F1"]


async def test_two_mentions_on_one_message_open_one_set(store: Store, clock: FakeClock) -> None:
    opened = await asyncio.gather(*(open_set(store, MENTION, CAT, None, clock()) for _ in range(2)))
    assert sorted(opened) == [False, True]


async def test_photos_are_counted_once_and_kept_in_the_order_in_which_they_were_dropped(
    store: Store, clock: FakeClock
) -> None:
    await open_set(store, MENTION, CAT, None, clock())
    run = await the_run(store)
    for files in (dropped("F3", ts="1798761603.000100"), dropped("F1", "F2", ts="1798761601.000100")) * 2:
        await take_photos(store, run, files, clock())
    found = await photos(store, run)
    assert [photo.file for photo in found] == ["F1", "F2", "F3"]
    assert {photo.version for photo in found} == {1}


async def test_new_photo_beside_one_that_was_taken_before_joins_the_set(store: Store, clock: FakeClock) -> None:
    await open_set(store, MENTION, CAT, dropped("F1"), clock())
    run = await the_run(store)
    await take_photos(store, run, dropped("F1", "F2"), clock())
    assert [photo.file for photo in await photos(store, run)] == ["F1", "F2"]


async def test_photos_bring_the_card_up_to_date(store: Store, clock: FakeClock) -> None:
    await open_set(store, MENTION, CAT, None, clock())
    run = await the_run(store)
    card = await card_of(store, run)
    await store.commit(Change(TEAM).put(card.to("sent", due=None, ts="1.1")))
    await take_photos(store, run, dropped("F1"), clock.advance(9))
    after = await card_of(store, run)
    assert (after.state, after.due, after.ts) == ("pending", clock(), "1.1")


async def test_thread_without_a_set_has_no_run(store: Store) -> None:
    assert await run_of_thread(store, TEAM, CHANNEL, "1.1") is None


async def test_run_under_way_is_listed_newest_first_and_one_that_is_over_is_not(store: Store, clock: FakeClock) -> None:
    for place, state in enumerate(("collecting", "training", "failed")):
        run = await written(store, a_run(id=f"run{place}", state=state))
        await store.commit(Change(TEAM).index("runs", run.id, clock.advance(1)))
    assert [run.id for run in await looking.runs(store, TEAM)] == ["run1", "run0"]


async def test_models_are_listed_by_subject(store: Store) -> None:
    for identity, subject in (("m1", "rio"), ("m2", "eileen")):
        await written(store, a_model(id=identity, subject=subject))
        await store.commit(Change(TEAM).name("catalogue", identity, subject))
    assert [model.subject for model in await looking.models(store, TEAM)] == ["eileen", "rio"]


@pytest.mark.parametrize("name", ["white_check_mark", "x"])
async def test_reaction_is_written_once_for_a_message(store: Store, clock: FakeClock, name: str) -> None:
    run = a_run()
    reaction = outbox.reaction(run, "1.1", name, clock())
    assert reaction.id == record_id("react", CHANNEL, "1.1", name)
    for _ in range(2):
        await store.commit(Change(TEAM).once(outbox.reaction(run, "1.1", name, clock())))
    assert (await stands(store, reaction)).version == 1
