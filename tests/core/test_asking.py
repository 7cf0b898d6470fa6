"""`/imagine`, as far as it is written down: which model is meant, and what the asker is told at once."""

from dataclasses import replace

import pytest

from core import expecting, words
from core.asking import Asked, ask, choose_model, seed_of
from core.cards.answer import facts
from core.catalogue import Catalogue
from core.change import Change
from core.defaults import make_default
from core.grammar import GrammarError
from core.imagine_grammar import Imagine, again
from core.line import line_of
from core.names import record_id
from core.parameters import SEED_MOST
from core.records import Generation, Model
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, stands, written

ASKED = Asked(TEAM, MIRA, CHANNEL, "", "trigger-1")
CAT = Imagine("a photo of riobugger cat", 2, 7)


async def know(store: Store, *models: Model) -> None:
    for model in models:
        await written(store, model)
        await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))


async def test_prompt_for_a_model_in_service_is_queued_at_once(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(state="in_service"))
    answer = await ask(store, ASKED, CAT, clock())
    asked = await stands(store, answer.generation)
    assert (asked.state, asked.model, asked.seed, asked.count, asked.due) == ("queued", "model1", 7, 2, clock())
    assert await store.members(TEAM, line_of("model1")) == [asked.id]
    assert answer.text == words.line.painting(2, "riobugger", 0, 22)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("asleep", words.line.waking(2, "riobugger", 0, expecting.WAKES)),
        ("draining", words.line.waking(2, "riobugger", 0, expecting.WAKES)),
        ("failed", words.line.waking(2, "riobugger", 0, expecting.WAKES)),
        ("deploying", words.line.starting_up(2, "riobugger", 0, expecting.WAKES)),
    ],
)
async def test_prompt_for_any_other_model_is_parked_and_the_model_looked_at(
    store: Store, clock: FakeClock, state: str, told: str
) -> None:
    await know(store, a_model(state=state))
    answer = await ask(store, ASKED, CAT, clock())
    asked = await stands(store, answer.generation)
    assert (asked.state, asked.due) == ("parked", None)
    assert await store.members(TEAM, line_of("model1")) == [asked.id]
    assert await store.overdue(TEAM, clock()) == [("model:model1", clock())]
    assert answer.text == told


async def test_same_event_delivered_again_asks_nothing_new(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(state="in_service"))
    first = await ask(store, ASKED, Imagine("a photo of riobugger cat"), clock())
    again = await ask(store, ASKED, Imagine("a photo of riobugger cat"), clock.advance(5))
    assert (first.generation.id, first.generation.seed) == (again.generation.id, again.generation.seed)
    assert (await stands(store, first.generation)).version == 1


async def test_prompt_that_names_nobody_waits_for_a_choice(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(), a_model(id="model2", subject="eileen"))
    answer = await ask(store, ASKED, Imagine("a cat"), clock())
    assert {one.id: one.subject for one in answer.candidates} == {"model1": "riobugger", "model2": "eileen"}
    assert (await stands(store, answer.generation)).model == ""
    assert await store.overdue(TEAM, clock()) == []


async def test_model_that_is_asked_for_by_name_is_taken_whatever_the_prompt_names(
    store: Store, clock: FakeClock
) -> None:
    await know(store, a_model(), a_model(id="model2", subject="eileen"))
    answer = await ask(store, ASKED, Imagine("a photo of riobugger cat", model="eileen"), clock())
    assert (await stands(store, answer.generation)).model == "model2"


async def test_name_that_no_model_has_is_answered_with_those_there_are_and_nothing_is_kept(
    store: Store, clock: FakeClock
) -> None:
    await know(store, a_model(), a_model(id="model2", subject="eileen"))
    with pytest.raises(GrammarError) as caught:
        await ask(store, ASKED, Imagine("a cat", model="rio<!here>bugger"), clock())
    assert str(caught.value) == (
        "There is no model called “rio&lt;!here&gt;bugger”. Did you mean *riobugger*? There are: *eileen*, *riobugger*."
    )
    assert await store.get(Generation, TEAM, record_id("generation", TEAM, ASKED.key)) is None


async def test_parameters_are_written_down_and_named_where_they_are_unusual(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(state="in_service"))
    wish = Imagine("riobugger", 2, 7, "riobugger", 30, 1.0, "text", 768, 512)
    answer = await ask(store, ASKED, wish, clock())
    asked = await stands(store, answer.generation)
    assert again(asked, "riobugger") == wish
    assert facts(asked, "riobugger") == ["riobugger", "seed 7", "30 steps", "cfg 1", "768×512", "without “text”"]
    assert answer.text.endswith(f"{words.asking.MAY_BE_BLACK} {words.asking.NOT_GUIDED}")
    assert facts(a_generation(), "riobugger") == ["riobugger", "seed 7"]


async def test_choice_counts_once(store: Store, clock: FakeClock) -> None:
    model = a_model(state="in_service")
    await know(store, model, a_model(id="model2", subject="eileen"))
    asked = await stands(store, (await ask(store, ASKED, Imagine("a cat"), clock())).generation)
    assert await choose_model(store, asked, await stands(store, model), clock())
    assert not await choose_model(store, asked, await stands(store, model), clock())
    assert (await stands(store, asked)).model == "model1"


async def test_without_models_the_asker_is_told_how_to_teach_one_and_nothing_is_kept(
    store: Store, clock: FakeClock
) -> None:
    answer = await ask(store, ASKED, CAT, clock())
    assert answer.text == words.asking.NO_MODELS
    assert await store.get(Generation, TEAM, answer.generation.id) is None


async def test_channels_own_model_is_meant_where_the_prompt_names_none(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(), a_model(id="model2", subject="eileen"))
    await store.commit(make_default(a_model(id="model2"), CHANNEL))
    answer = await ask(store, ASKED, Imagine("a cat"), clock())
    assert (await stands(store, answer.generation)).model == "model2"
    named = await ask(store, replace(ASKED, key="second"), CAT, clock())
    assert (await stands(store, named.generation)).model == "model1"
    elsewhere = await ask(store, replace(ASKED, key="third", channel="C0OTHER"), Imagine("a cat"), clock())
    assert elsewhere.model is None


async def test_default_that_is_gone_or_not_for_this_person_is_passed_over(store: Store, clock: FakeClock) -> None:
    private = a_model(allowed=("U0THEO",), owner="U0THEO")
    await know(store, private, a_model(id="model2", subject="eileen"), a_model(id="model3", subject="rio"))
    await store.commit(make_default(private, CHANNEL))
    answer = await ask(store, ASKED, Imagine("a cat"), clock())
    assert {one.id for one in answer.candidates} == {"model2", "model3"}
    assert not await store.commit(make_default(a_model(id="gone"), CHANNEL))


async def test_private_model_does_not_exist_for_whom_it_was_not_opened_to(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(allowed=("U0THEO",), owner="U0THEO"), a_model(id="model2", subject="eileen"))
    answer = await ask(store, ASKED, CAT, clock())
    assert (await stands(store, answer.generation)).model == "model2"
    with pytest.raises(GrammarError) as caught:
        await ask(store, ASKED, Imagine("a cat", model="riobugger"), clock())
    assert str(caught.value) == "There is no model called “riobugger”. There are: *eileen*."


async def test_model_that_became_private_while_the_question_stood_is_refused(store: Store, clock: FakeClock) -> None:
    model = a_model(owner="U0THEO")
    await know(store, model, a_model(id="model2", subject="eileen"))
    asked = await stands(store, (await ask(store, ASKED, Imagine("a cat"), clock())).generation)
    closed = replace(await stands(store, model), allowed=("U0JON",))
    with pytest.raises(GrammarError, match="is private"):
        await choose_model(store, asked, closed, clock())
    assert (await stands(store, asked)).model == ""


async def test_prompt_for_a_model_that_was_deleted_a_moment_ago_is_not_kept(store: Store, clock: FakeClock) -> None:
    await know(store, a_model(state="in_service"))
    catalogue = Catalogue(store)
    await catalogue.models(TEAM)
    await store.commit(Change(TEAM).forget(await stands(store, a_model())).unname("catalogue", "model1"))
    with pytest.raises(GrammarError, match="not there any more"):
        await ask(store, ASKED, CAT, clock(), catalogue)
    assert await store.members(TEAM, line_of("model1")) == []


async def test_models_of_another_team_are_not_offered(store: Store, clock: FakeClock) -> None:
    await store.commit(Change("T0OTHER").put(a_model(team="T0OTHER")).name("catalogue", "model1", "riobugger"))
    assert (await ask(store, ASKED, CAT, clock())).candidates == []


def test_seed_is_drawn_from_the_event_and_in_range() -> None:
    seeds = [seed_of(str(k)) for k in range(200)]
    assert seeds == [seed_of(str(k)) for k in range(200)]
    assert len(set(seeds)) == 200
    assert all(0 <= seed <= SEED_MOST for seed in seeds)
