"""A team's models, remembered for a moment and never longer."""

import pytest

from core import catalogue
from core.asking import Asked, ask
from core.catalogue import Catalogue
from core.change import Change
from core.imagine_grammar import Imagine
from core.records import Model
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, written


async def teach(store: Store, model: Model) -> Model:
    await store.commit(Change(model.team).name("catalogue", model.id, model.subject))
    return await written(store, model)


async def ids(known: Catalogue, team: str = TEAM) -> set[str]:
    return {model.id for model in await known.models(team)}


async def test_models_are_read_once_in_a_moment(store: Store) -> None:
    known = Catalogue(store)
    await teach(store, a_model())
    assert await ids(known) == {"model1"}
    await teach(store, a_model(id="model2"))
    assert await ids(known) == {"model1"}
    assert {model.id for model in await known.fresh(TEAM)} == {"model1", "model2"}
    assert await ids(known) == {"model1", "model2"}


async def test_models_are_read_again_after_the_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Catalogue(store)
    assert await ids(known) == set()
    await teach(store, a_model())
    monkeypatch.setattr(catalogue, "SECONDS", 0.0)
    assert await ids(known) == {"model1"}


async def test_models_of_one_team_are_not_those_of_another(store: Store) -> None:
    known = Catalogue(store)
    await teach(store, a_model())
    await teach(store, a_model(team="T0OTHER", id="theirs"))
    assert (await ids(known), await ids(known, "T0OTHER")) == ({"model1"}, {"theirs"})


async def test_model_that_has_just_been_taught_can_be_asked_for_at_once(store: Store, clock: FakeClock) -> None:
    known = Catalogue(store)
    assert await ids(known) == set()
    await teach(store, a_model(state="in_service"))
    asked = Asked(TEAM, MIRA, CHANNEL, "", "trigger")
    answer = await ask(store, asked, Imagine("a photo of riobugger cat"), clock(), known)
    assert answer.model
    assert answer.generation.prompt == "a photo of riobugger cat"
