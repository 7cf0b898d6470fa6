"""How many prompts there may be: never one more, whoever asks how and how often."""

import asyncio
from typing import Any

import pytest

from core import asking, words
from core.asking import Asked
from core.catalogue import Catalogue
from core.change import Change
from core.imagine_grammar import Imagine
from core.limits import HOUR, LimitReachedError
from core.line import leave, line_of, open_of
from core.names import DAY
from core.records import Generation, Model, Rules
from core.rules import NO_BOUNDS, RULES, Bounds, change_limits
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, stands, written

CAT = Imagine("a photo of riobugger cat")


def bounds(**limits: int) -> Bounds:
    return Bounds({**NO_BOUNDS.limits, **limits})


@pytest.fixture
async def model(store: Store) -> Model:
    await store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
    return await written(store, a_model(state="in_service"))


async def ask(store: Store, now: float, key: str, most: Bounds, **different: Any) -> asking.Answer:
    where = {"user": MIRA, "channel": CHANNEL} | different
    asked = Asked(TEAM, where["user"], where["channel"], "", key)
    return await asking.ask(store, asked, CAT, now, Catalogue(store), most)


async def count(store: Store) -> int:
    return len(await store.members(TEAM, line_of("model1")))


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("name", ["prompts_per_hour", "channel_prompts_per_hour", "prompts_at_once"])
async def test_hundred_prompts_at_once_never_exceed_a_limit(store: Store, clock: FakeClock, name: str) -> None:
    asked = [ask(store, clock(), str(k), bounds(**{name: 7})) for k in range(100)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one for one in answers if isinstance(one, BaseException)]
    assert {type(one) for one in refused} == {LimitReachedError}
    assert (len(refused), await count(store)) == (93, 7)


@pytest.mark.usefixtures("model")
async def test_refusal_says_which_limit_when_the_next_prompt_is_possible_and_who_can_change_that(
    store: Store, clock: FakeClock
) -> None:
    for key in "ab":
        await ask(store, clock.advance(60), key, bounds(prompts_per_hour=2))
    with pytest.raises(LimitReachedError) as caught:
        await ask(store, clock.advance(60), "c", bounds(prompts_per_hour=2))
    first = words.text.clock(clock() - 120 + HOUR)
    assert str(caught.value) == (
        f"You have asked for 2 prompts in an hour, which is the most for one person here. The next one is possible at "
        f"{first}. `/darkroom limits` says who can change that. Nothing was started, and nothing is charged."
    )


@pytest.mark.usefixtures("model")
async def test_prompt_counts_for_an_hour(store: Store, clock: FakeClock) -> None:
    most = bounds(prompts_per_hour=2)
    for key in "ab":
        await ask(store, clock.advance(60), key, most)
    with pytest.raises(LimitReachedError):
        await ask(store, clock.advance(HOUR - 60), "c", most)
    await ask(store, clock.advance(1), "c", most)
    assert await count(store) == 3
    assert len(await store.members(TEAM, f"asked:{MIRA}")) == 2


@pytest.mark.usefixtures("model")
async def test_time_of_the_next_prompt_is_right_after_a_limit_was_lowered(store: Store, clock: FakeClock) -> None:
    for key in "abc":
        await ask(store, clock.advance(60), key, bounds())
    with pytest.raises(LimitReachedError) as caught:
        await ask(store, clock(), "d", bounds(prompts_per_hour=2))
    assert words.text.clock(clock() - 60 + HOUR) in str(caught.value)
    await ask(store, clock() - 59 + HOUR, "d", bounds(prompts_per_hour=2))


@pytest.mark.usefixtures("model")
async def test_same_event_delivered_again_is_neither_counted_nor_refused(store: Store, clock: FakeClock) -> None:
    most = bounds(prompts_per_hour=1, prompts_at_once=1)
    first = await ask(store, clock(), "a", most)
    again = await ask(store, clock.advance(5), "a", most)
    assert again.text == first.text
    assert await store.members(TEAM, f"asked:{MIRA}") == [first.generation.id]
    assert await store.score(TEAM, f"asked:{MIRA}", first.generation.id) == clock() - 5


@pytest.mark.usefixtures("model")
async def test_people_and_channels_do_not_use_up_what_others_have(store: Store, clock: FakeClock) -> None:
    most = bounds(prompts_per_hour=1, channel_prompts_per_hour=2)
    await ask(store, clock(), "a", most)
    await ask(store, clock(), "b", most, user="U0NOAH")
    with pytest.raises(LimitReachedError, match="This channel has had 2 prompts"):
        await ask(store, clock(), "c", most, user="U0EVE")
    await ask(store, clock(), "c", most, user="U0EVE", channel="C0OTHER")
    assert await count(store) == 3


async def test_finished_prompt_makes_room_for_the_next(store: Store, clock: FakeClock, model: Model) -> None:
    most = bounds(prompts_at_once=1)
    first = (await ask(store, clock(), "a", most)).generation
    with pytest.raises(LimitReachedError, match="possible as soon as one of them is"):
        await ask(store, clock(), "b", most)
    over = (await stands(store, first)).to("failed", due=None)
    assert await store.commit(leave(Change(TEAM).put(over), over))
    assert (await ask(store, clock(), "b", most)).model == model


@pytest.mark.usefixtures("model")
async def test_prompt_that_was_lost_does_not_shut_its_asker_out_for_ever(store: Store, clock: FakeClock) -> None:
    most = bounds(prompts_at_once=1)
    await ask(store, clock(), "a", most)
    await ask(store, clock.advance(DAY + 1), "b", most)
    assert len(await store.members(TEAM, open_of(MIRA))) == 1


async def test_prompt_counts_once_its_model_is_chosen(store: Store, clock: FakeClock, model: Model) -> None:
    await store.commit(Change(TEAM).put(a_model(id="model2")).name("catalogue", "model2", "riobugger"))
    most = bounds(prompts_per_hour=2, prompts_at_once=2)
    questions = [(await ask(store, clock(), key, most)).generation for key in "abc"]
    asked = [await stands(store, one) for one in questions]
    for one in asked[:2]:
        assert await asking.choose_model(store, one, model, clock(), most)
    assert not await asking.choose_model(store, asked[0], model, clock(), most)
    with pytest.raises(LimitReachedError):
        await asking.choose_model(store, asked[2], model, clock(), most)
    assert await stands(store, asked[2]) == asked[2]
    with pytest.raises(LimitReachedError):
        await ask(store, clock(), "d", most)
    assert await store.get_all(Generation, TEAM, ["d"]) == []


@pytest.mark.usefixtures("model")
async def test_own_rules_of_a_team_come_before_the_settings(store: Store, clock: FakeClock) -> None:
    assert await change_limits(store, TEAM, "U0ADMIN", {"prompts_per_hour": 0}, clock())
    for key in "abc":
        await ask(store, clock(), key, bounds(prompts_per_hour=1))
    assert await change_limits(store, TEAM, "U0ADMIN", {"prompts_at_once": 3}, clock())
    with pytest.raises(LimitReachedError, match="You have 3 prompts under way"):
        await ask(store, clock(), "d", bounds(prompts_per_hour=4))
    rules = await store.get(Rules, TEAM, RULES)
    assert rules
    assert (rules.limits, rules.changed_by, rules.changed_at) == ({"prompts_at_once": 3}, "U0ADMIN", clock())


async def test_two_admins_at_once_leave_the_rules_of_one_of_them(store: Store, clock: FakeClock) -> None:
    wanted = [{"prompts_at_once": most} for most in (3, 4)]
    changed = [change_limits(store, TEAM, "U0ADMIN", one, clock()) for one in wanted]
    assert await asyncio.gather(*changed) == [True, True]
    rules = await store.get(Rules, TEAM, RULES)
    assert rules
    assert rules.limits in wanted
