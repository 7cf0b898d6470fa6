"""`/darkroom add`: from the command to the model among the team's own, with its price before it."""

from dataclasses import replace
from typing import Any

import pytest

from core import actions, adding, looking, shelf, words
from core.change import Change
from core.records import Model, Shelf
from core.shelf import Offer
from core.store import Store
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Person
from tests.core.test_shelf import OFFERS
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_ready_made_model, written

LICENCE = "https://jumpstart/eula.txt"
GHIBLI = next(offer for offer in OFFERS if "ghibli" in offer.id)
GATED = replace(next(offer for offer in OFFERS if "seraphm" in offer.id), licence=LICENCE)
LISTED = [*(offer for offer in OFFERS if offer.id != GATED.id), GATED]


def id_of(offer: Offer) -> str:
    return adding.model_id(TEAM, offer.id)


async def known(store: Store, **different: Any) -> Shelf:
    """Write down what JumpStart has said."""
    usual: dict[str, Any] = {"state": "known", "models": shelf.written(LISTED), "checked_at": 9e9}
    return await written(store, Shelf(team=TEAM, id=shelf.shelf_id(TEAM), **(usual | different)))


@pytest.fixture
async def mira_with_a_list(mira: Person) -> Person:
    await known(mira.store)
    return mira


async def opened(mira: Person, text: str = "add") -> dict[str, Any]:
    assert await mira.command("/darkroom", text) == {}
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    return modal


async def added(mira: Person) -> list[Model]:
    return [model for model in await looking.models(mira.store, TEAM) if model.ready_made]


async def test_model_is_chosen_priced_named_and_added(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    modal = await opened(mira)
    modal = await mira.use(modal, actions.ADD_SELECT, model=id_of(GHIBLI))
    assert "$0.94 an hour" in str(modal["blocks"])
    assert await mira.submit(modal, name="Miyazaki") == {}
    (model,) = await added(mira)
    assert (model.title, model.state, model.owner, model.channel) == ("miyazaki", "asleep", MIRA, CHANNEL)
    assert (model.id, model.instance) == (id_of(GHIBLI), GHIBLI.instances[0])
    (told,) = await mira.told()
    assert (told.call, told.user) == ("ephemeral", MIRA)
    assert "$0.94 an hour" in told.text


async def test_words_behind_add_choose_the_only_model_that_has_them(mira_with_a_list: Person) -> None:
    modal = await opened(mira_with_a_list, "add GHIBLI diffusion")
    assert await mira_with_a_list.submit(modal) == {}
    assert [model.title for model in await added(mira_with_a_list)] == ["ghibli-diffusion"]


async def test_machine_that_is_chosen_shows_its_price_before_the_model_is_added(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    modal = await opened(mira, "add ghibli")
    answer = await mira.submit(modal, machine="ml.g5.2xlarge", name="miyazaki")
    assert answer["response_action"] == "update"
    assert await added(mira) == []
    assert "*$1.51 an hour*" in str(answer["view"]["blocks"])
    assert await mira.submit(answer["view"], name="miyazaki") == {}
    assert [model.instance for model in await added(mira)] == ["ml.g5.2xlarge"]


async def test_choice_that_slack_has_not_shown_the_price_of_is_shown_first(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    answer = await mira.submit(await opened(mira), model=id_of(GHIBLI))
    assert answer["response_action"] == "update"
    assert check_view(answer["view"], "modal", bool) == []
    assert await added(mira) == []
    assert await mira.submit(answer["view"]) == {}
    assert len(await added(mira)) == 1


async def test_what_was_typed_about_one_model_is_not_taken_for_another(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    modal = await mira.use(await opened(mira), actions.ADD_SELECT, model=id_of(GHIBLI))
    modal = await mira.use(modal, actions.ADD_SELECT, model=id_of(GATED), name="miyazaki")
    assert await mira.submit(modal, licence=True) == {}
    assert [model.title for model in await added(mira)] == ["seraphm"]


async def test_name_that_is_taken_or_unusable_is_refused_under_its_field(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    other = a_model()
    await written(mira.store, other)
    assert await mira.store.commit(Change(TEAM).name("catalogue", other.id, other.subject))
    modal = await opened(mira, "add ghibli")
    answer = await mira.submit(modal, name="Riobugger")
    assert answer["errors"] == {f"name.{id_of(GHIBLI)}": words.models.name_taken("riobugger")}
    answer = await mira.submit(modal, name="two words")
    assert list(answer["errors"]) == [f"name.{id_of(GHIBLI)}"]
    assert await added(mira) == []


async def test_model_that_is_there_is_not_added_twice(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    modal = await opened(mira, "add ghibli")
    assert await mira.submit(modal) == {}
    answer = await mira.submit(modal, name="again")
    assert answer["errors"] == {"model": words.shelf.here_already("ghibli-diffusion")}
    answer = await mira.submit(await opened(mira, "add ghibli"))
    assert answer["errors"] == {"model": words.shelf.here_already("ghibli-diffusion")}
    assert len(await added(mira)) == 1


async def test_model_that_two_people_add_at_once_is_there_once(
    mira_with_a_list: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira = mira_with_a_list
    modal = await opened(mira, "add ghibli")
    faster = a_ready_made_model(id=id_of(GHIBLI))
    add = adding.add

    async def late(store: Store, *rest: Any) -> bool:
        await written(store, faster)
        return await add(store, *rest)

    monkeypatch.setattr(adding, "add", late)
    answer = await mira.submit(modal)
    assert list(answer["errors"]) == ["model"]


async def test_licence_has_to_be_accepted(mira_with_a_list: Person) -> None:
    mira = mira_with_a_list
    modal = await opened(mira, "add seraphm")
    answer = await mira.submit(modal)
    assert answer["errors"] == {f"licence.{id_of(GATED)}": words.shelf.LICENCE_UNREAD}
    assert await mira.submit(modal, licence=True) == {}
    (model,) = await added(mira)
    assert model.licence_accepted_by == MIRA


async def test_model_that_was_withdrawn_meanwhile_is_not_added(mira: Person) -> None:
    there = await known(mira.store)
    modal = await opened(mira, "add ghibli")
    rest = shelf.written([offer for offer in LISTED if offer.id != GHIBLI.id])
    assert await mira.store.commit(Change(TEAM).put(replace(there, models=rest)))
    answer = await mira.submit(modal)
    assert answer["errors"] == {"model": words.shelf.GONE}
    assert await added(mira) == []


async def test_list_that_is_not_there_yet_is_asked_for_and_shown_by_refresh(mira: Person) -> None:
    modal = await opened(mira, "add ghibli")
    assert words.shelf.ASKING in str(modal["blocks"])
    asked = await shelf.read(mira.store, TEAM)
    assert shelf.asking(asked)
    modal = await mira.use(modal, actions.ADD_REFRESH)
    assert words.shelf.ASKING in str(modal["blocks"])
    told = replace(asked.to("known"), models=shelf.written(LISTED), checked_at=9e9, due=None)
    assert await mira.store.commit(Change(TEAM).put(told))
    modal = await mira.use(modal, actions.ADD_REFRESH)
    assert await mira.submit(modal) == {}
    assert len(await added(mira)) == 1


async def test_why_there_is_no_list_is_told_and_refresh_asks_again(mira: Person) -> None:
    await known(mira.store, models=(), fault="AWS did not answer.", checked_at=1.0)
    modal = await opened(mira)
    assert words.shelf.no_list("AWS did not answer.") in str(modal["blocks"])
    assert shelf.asking(await shelf.read(mira.store, TEAM))
    modal = await mira.use(modal, actions.ADD_REFRESH)
    assert words.shelf.ASKING in str(modal["blocks"])


async def test_old_list_is_shown_at_once_and_asked_for_anew(mira: Person) -> None:
    await known(mira.store, checked_at=1.0)
    modal = await opened(mira, "add ghibli")
    assert shelf.asking(await shelf.read(mira.store, TEAM))
    assert await mira.submit(modal) == {}


async def test_search_of_forty_kilobytes_opens_a_modal(mira_with_a_list: Person) -> None:
    await opened(mira_with_a_list, f"add {'<!channel> ghibli ' * 2_000}")
