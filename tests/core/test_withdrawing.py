"""Cancel: only by who asked, as long as nothing is shown; the next one is called when the endpoint has room."""

import asyncio
from typing import Any

import pytest

from core import asking, line, outbox, standing, words
from core.asking import Asked
from core.change import Change
from core.imagine_grammar import Imagine
from core.records import Generation, Message, Model
from core.store import Store
from core.withdrawing import Withdrawn, withdraw
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, stands, written

THEO = "U0THEO"


@pytest.fixture
async def model(store: Store) -> Model:
    model = await written(store, a_model(state="in_service"))
    await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def asks(store: Store, clock: FakeClock, key: str, user: str = MIRA) -> Generation:
    where = Asked(TEAM, user, CHANNEL, THREAD, key, noted=True)
    asked = (await asking.ask(store, where, Imagine("riobugger"), clock.advance(1))).generation
    return await stands(store, asked)


async def cancel(store: Store, clock: FakeClock, one: Generation, user: str = MIRA) -> Withdrawn:
    return await withdraw(store, TEAM, one.id, user, 1, clock())


async def begun(store: Store, clock: FakeClock, one: Generation) -> Generation:
    painting = one.to("painting", tries=1, due=clock() + 10)
    await store.commit(line.start(Change(TEAM).claim(painting), one, clock()))
    return await stands(store, one)


async def waits(store: Store, one: Generation, now: float) -> Generation:
    """Have a prompt wait to be called, as a worker does."""
    await store.commit(Change(TEAM).claim(one.to("queued", due=now + line.LOOK_SECONDS)))
    return await stands(store, one)


@pytest.mark.usefixtures("model")
async def test_queued_prompt_leaves_the_line_and_its_note_goes(store: Store, clock: FakeClock) -> None:
    one = await asks(store, clock, "a")
    assert await cancel(store, clock, one) == Withdrawn(words.line.cancelled("riobugger", wakes=False), done=True)
    gone = await stands(store, one)
    assert (gone.state, gone.due) == ("cancelled", None)
    assert await store.members(TEAM, line.line_of("model1")) == []
    assert (await standing.read(store, TEAM, "model1")).waiting == ()
    assert await store.get(Message, TEAM, outbox.erase_note(one, 0).id)


async def test_parked_prompt_is_cancelled_and_its_model_is_said_to_get_up_all_the_same(
    store: Store, clock: FakeClock, model: Model
) -> None:
    asleep = await stands(store, model)
    await store.commit(Change(TEAM).put(asleep.to("draining", stage="endpoint")))
    one = await asks(store, clock, "a")
    await store.commit(Change(TEAM).put((await stands(store, model)).to("asleep")))
    await store.commit(Change(TEAM).put((await stands(store, model)).to("deploying")))
    assert (await cancel(store, clock, one)).text == words.line.cancelled("riobugger", wakes=True)


@pytest.mark.usefixtures("model")
async def test_cancel_of_who_is_next_calls_the_one_behind(store: Store, clock: FakeClock) -> None:
    first, second = await asks(store, clock, "a"), await asks(store, clock, "b", THEO)
    await waits(store, second, clock())
    await cancel(store, clock, first)
    assert (await stands(store, second)).due == clock()


@pytest.mark.usefixtures("model")
async def test_cancel_while_it_is_painted_keeps_its_room_until_the_endpoint_has_answered(
    store: Store, clock: FakeClock
) -> None:
    first = await begun(store, clock, await asks(store, clock, "a"))
    second = await waits(store, await asks(store, clock, "b", THEO), clock())
    assert (await cancel(store, clock, first)).done
    assert (await stands(store, first)).state == "cancelled"
    assert [one.id for one in (await standing.read(store, TEAM, "model1")).painting] == [first.id]
    assert (await stands(store, second)).due == second.due
    assert not await store.commit(Change(TEAM).put(first.to("posted")))


@pytest.mark.parametrize(
    ("state", "different", "said"),
    [
        ("painting", {"files": ("F1",)}, words.line.PAINTED_ALREADY),
        ("posted", {"files": ("F1",)}, words.line.PAINTED_ALREADY),
        ("deleted", {}, words.line.PAINTED_ALREADY),
        ("failed", {}, words.line.FAILED_ALREADY),
        ("cancelled", {}, words.line.CANCELLED_ALREADY),
    ],
)
async def test_what_is_over_is_answered_in_words(
    store: Store, clock: FakeClock, state: str, different: dict[str, Any], said: str
) -> None:
    one = await written(store, a_generation(state=state, **different))
    assert await cancel(store, clock, one) == Withdrawn(said)
    assert (await stands(store, one)).version == one.version


@pytest.mark.usefixtures("model")
async def test_only_who_asked_can_cancel(store: Store, clock: FakeClock) -> None:
    one = await asks(store, clock, "a")
    assert await cancel(store, clock, one, THEO) == Withdrawn(words.line.only_asker(MIRA))
    assert (await stands(store, one)).state == "queued"


async def test_prompt_that_nobody_remembers_is_answered_in_words(store: Store, clock: FakeClock) -> None:
    assert await cancel(store, clock, a_generation(id="forgotten")) == Withdrawn(words.line.TOO_OLD)


@pytest.mark.usefixtures("model")
async def test_cancel_pressed_many_times_at_once_cancels_once(store: Store, clock: FakeClock) -> None:
    one = await asks(store, clock, "a")
    all_said = await asyncio.gather(*(cancel(store, clock, one) for _ in range(6)))
    assert sum(said.done for said in all_said) == 1
    assert {said.text for said in all_said if not said.done} == {words.line.CANCELLED_ALREADY}
