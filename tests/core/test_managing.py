"""What people do with a team's models: who may, what becomes of the model, what they are told where nothing does."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from core import words
from core.cancelling import CREATING_SECONDS
from core.change import Change
from core.defaults import default_of
from core.line import line_of
from core.managing import Hand
from core.records import Message, Model
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, stands, written
from tests.support.workshop import settings

ADMIN, THEO = "U0ADMIN", "U0THEO"
Does = Callable[[Hand, str], Awaitable[str]]


async def known(store: Store, **different: Any) -> Model:
    model = await written(store, a_model(**different))
    await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


@pytest.fixture
def hand(store: Store, clock: FakeClock) -> Hand:
    """Mira's."""
    return Hand(store, settings(DARKROOM_ADMINS=ADMIN), TEAM, MIRA, CHANNEL, clock())


@pytest.mark.parametrize("state", ["asleep", "failed"])
async def test_model_is_woken_without_a_prompt(hand: Hand, store: Store, state: str) -> None:
    model = await known(store, state=state, attempt=1, waits_until=hand.now + 60)
    assert await hand.wake(model.id) == ""
    up = await stands(store, model)
    assert (up.state, up.attempt, up.due, up.waits_until) == ("deploying", 2, hand.now, 0)
    assert await hand.wake(model.id) == "Nothing was changed: *riobugger* is getting up by now."
    assert await stands(store, model) == up


@pytest.mark.parametrize(
    ("state", "said"),
    [("asleep", "asleep"), ("failed", "down, for its endpoint failed"), ("draining", "falling asleep")],
)
async def test_endpoint_that_is_not_up_is_not_put_to_sleep(hand: Hand, store: Store, state: str, said: str) -> None:
    model = await known(store, state=state)
    assert await hand.put_to_sleep(model.id) == f"Nothing was changed: *riobugger* is {said} by now."
    assert await stands(store, model) == model


@pytest.mark.parametrize("state", ["in_service", "deploying"])
async def test_endpoint_is_put_to_sleep(hand: Hand, store: Store, state: str) -> None:
    model = await known(store, state=state, stage="watch")
    assert await hand.put_to_sleep(model.id) == ""
    down = await stands(store, model)
    assert (down.state, down.stage, down.then, down.due) == ("draining", "endpoint", "asleep", hand.now)
    assert "falling asleep by now" in await hand.put_to_sleep(model.id)


async def test_endpoint_that_is_being_created_goes_once_it_must_be_there(hand: Hand, store: Store) -> None:
    model = await known(store, state="deploying", stage="endpoint", tries=1, due=hand.now + 10)
    assert await hand.put_to_sleep(model.id) == ""
    assert (await stands(store, model)).due == hand.now + 10 + CREATING_SECONDS


async def test_model_that_waits_for_a_machine_waits_no_more(hand: Hand, store: Store) -> None:
    model = await known(store, waits=2, waits_until=hand.now + 60)
    assert await hand.put_to_sleep(model.id) == ""
    assert ((await stands(store, model)).waits, (await stands(store, model)).waits_until) == (0, 0)


async def test_endpoint_is_not_taken_down_under_a_prompt(hand: Hand, store: Store) -> None:
    model = await known(store, state="in_service")
    await store.commit(Change(TEAM).index(line_of(model.id), "somebody's", hand.now))
    assert await hand.put_to_sleep(model.id) == words.models.is_painting("riobugger")
    assert (await stands(store, model)).state == "in_service"


async def test_channel_has_one_model_of_its_own_at_a_time(hand: Hand, store: Store) -> None:
    first, second = await known(store), await known(store, id="model2", subject="eileen")
    for model in (first, second):
        assert await hand.make_default(model.id) == ""
    assert await default_of(store, TEAM, CHANNEL) == second.id
    assert await hand.drop_default(first.id) == words.models.no_default("riobugger")
    assert await hand.drop_default(second.id) == ""
    assert await default_of(store, TEAM, CHANNEL) == ""


@pytest.mark.parametrize(("typed", "named"), [(" Whiskers ", "whiskers"), ("", ""), ("  ", ""), ("riobugger", "")])
async def test_model_is_renamed_and_what_it_has_learnt_stays(hand: Hand, store: Store, typed: str, named: str) -> None:
    model = await known(store, name="rio")
    assert await hand.rename(model.id, typed) == ""
    renamed = await stands(store, model)
    assert (renamed.name, renamed.subject, renamed.title) == (named, "riobugger", named or "riobugger")
    (said,) = await told(store)
    assert said.text.startswith(f"<@{MIRA}> renamed *rio* to *{renamed.title}*")


async def told(store: Store) -> list[Message]:
    due = await store.overdue(TEAM, float("inf"))
    return await store.get_all(Message, TEAM, [m.partition(":")[2] for m, _ in due if m.startswith("message")])


async def test_model_that_is_called_what_it_is_called_already_is_left_alone(hand: Hand, store: Store) -> None:
    model = await known(store, name="rio")
    assert await hand.rename(model.id, "RIO") == ""
    assert await stands(store, model) == model
    assert await told(store) == []


@pytest.mark.parametrize("typed", ["two words", "<!channel>", "a" * 31, "…"])
async def test_name_that_cannot_stand_in_a_prompt_is_refused(hand: Hand, store: Store, typed: str) -> None:
    model = await known(store)
    assert await hand.rename(model.id, typed) == words.models.name_unusable(30)
    assert await stands(store, model) == model


@pytest.mark.parametrize("typed", ["eileen", "Sks"])
async def test_name_that_another_model_answers_to_is_refused(hand: Hand, store: Store, typed: str) -> None:
    model, _ = await known(store), await known(store, id="model2", subject="sks", name="eileen", owner=THEO)
    assert await hand.rename(model.id, typed) == words.models.name_taken(typed.lower())


async def test_private_model_is_opened_to_people_and_channels_and_to_everybody_again(hand: Hand, store: Store) -> None:
    model = await known(store)
    assert await hand.open_to(model.id, [THEO, CHANNEL, THEO]) == ""
    assert (await stands(store, model)).allowed == (CHANNEL, THEO)
    assert await hand.open_to(model.id, []) == ""
    assert (await stands(store, model)).allowed == ()


async def test_model_can_be_kept_to_its_owner_alone(hand: Hand, store: Store) -> None:
    model = await known(store)
    assert await hand.open_to(model.id, [MIRA]) == ""
    assert "is private" in await replace(hand, user=THEO).wake(model.id)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"state": "asleep"}, ("deleting", "", "")),
        ({"state": "failed"}, ("deleting", "", "")),
        ({"state": "asleep", "waits": 1, "waits_until": 9e9}, ("deleting", "", "")),
        ({"state": "in_service"}, ("draining", "endpoint", "deleting")),
        ({"state": "deploying", "stage": "watch"}, ("draining", "endpoint", "deleting")),
        ({"state": "draining", "stage": "config", "then": "failed"}, ("draining", "config", "deleting")),
        (
            {"state": "draining", "stage": "model", "then": "asleep", "waits_until": 9e9},
            ("draining", "model", "deleting"),
        ),
    ],
)
async def test_model_is_deleted_past_the_end_of_its_endpoint(
    hand: Hand, store: Store, before: dict[str, Any], after: tuple[str, str, str]
) -> None:
    model = await known(store, **({"due": hand.now} | before))
    assert await hand.delete(model.id) == ""
    going = await stands(store, model)
    assert (going.state, going.stage, going.then) == after
    assert (going.deleted_by, going.waits_until, going.due) == (MIRA, 0, hand.now)


EVERYBODY: list[Does] = [Hand.wake, Hand.put_to_sleep, Hand.make_default, Hand.drop_default]
OWNER: list[Does] = [
    Hand.delete,
    lambda hand, model: hand.rename(model, "whiskers"),
    lambda hand, model: hand.open_to(model, [THEO]),
]


@pytest.mark.parametrize("does", [*EVERYBODY, *OWNER])
async def test_model_that_is_gone_or_going_is_answered_in_words(hand: Hand, store: Store, does: Does) -> None:
    going = await known(store, state="draining", then="deleting", deleted_by=THEO)
    assert await does(hand, going.id) == words.models.being_deleted("riobugger", THEO)
    assert await does(hand, "nobody") == words.asking.model_gone()
    row = await known(store, id="row", comparison="sheet1")
    assert await does(hand, row.id) == words.asking.model_gone()
    assert await stands(store, going) == going


@pytest.mark.parametrize("does", EVERYBODY)
async def test_private_model_is_left_alone_by_whom_it_was_not_opened_to(hand: Hand, store: Store, does: Does) -> None:
    model = await known(store, owner=THEO, allowed=(THEO,))
    assert await does(hand, model.id) == words.models.private("riobugger", THEO)
    assert await stands(store, model) == model


@pytest.mark.parametrize("does", OWNER)
async def test_only_its_owner_and_admins_change_a_model(hand: Hand, store: Store, does: Does) -> None:
    model = await known(store, owner=THEO)
    assert await does(hand, model.id) == words.models.not_yours("riobugger", THEO)
    assert await hand.own(model.id) == words.models.not_yours("riobugger", THEO)
    assert await stands(store, model) == model
    assert await does(replace(hand, user=ADMIN), model.id) == ""


async def test_model_that_moves_on_at_this_very_moment_is_looked_at_anew(
    hand: Hand, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = await known(store)
    reads, get = [0], store.get

    async def overtaken(*asked: Any) -> Any:  # noqa: ANN401 - as Store.get
        found = await get(*asked)
        reads[0] += 1
        if reads[0] == 1:
            await store.commit(Change(TEAM).touch(Model, model.id, hand.now))
        return found

    monkeypatch.setattr(store, "get", overtaken)
    assert await hand.wake(model.id) == ""
    assert reads == [2]
