"""Models that are not for everybody: where others do not see them, and where they are taken by name."""

from dataclasses import replace
from typing import Any

import pytest

from core import actions, words
from core.change import Change
from core.records import Model, Run
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Json, Person
from tests.bot.sets import a_set
from tests.support.records import MIRA, TEAM, a_model, stands, written

THEO = "U0THEO"


async def taught(mira: Person, **different: Any) -> Model:
    model = await written(mira.store, a_model(**different))
    await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def parent_of_the_set(mira: Person) -> str:
    (identity,) = await mira.store.members(TEAM, "runs")
    run = await mira.store.get(Run, TEAM, identity)
    assert run
    return run.parent


@pytest.mark.parametrize("name", ["riobugger", "Whiskers"])
async def test_renamed_model_is_trained_on_top_of_by_either_name(mira: Person, name: str) -> None:
    model = await taught(mira, name="whiskers")
    await mira.command("/train", f"doppler dog on {name}")
    assert await parent_of_the_set(mira) == model.id


@pytest.mark.parametrize("kept_from_mira", [{"owner": THEO, "allowed": (THEO,)}, {"deleted_by": THEO}])
async def test_model_that_is_not_there_for_somebody_is_none_to_train_on_top_of(
    mira: Person, kept_from_mira: dict[str, Any]
) -> None:
    await taught(mira, **kept_from_mira)
    answer = await mira.command("/train", "doppler dog on riobugger")
    assert answer["text"] == words.training.no_such_parent("riobugger")
    assert await mira.store.members(TEAM, "runs") == []


async def test_modal_behind_train_offers_the_models_of_whoever_opens_it(mira: Person) -> None:
    run = await a_set(mira, 5, subject="doppler", owner=THEO)
    await taught(mira, id="theirs", subject="secret", owner=THEO, allowed=(THEO,))
    await taught(mira, id="ours", owner=THEO, allowed=(MIRA,))
    await mira.press(actions.TRAIN, run.id)
    assert "riobugger" in str(mira.opened())
    assert "secret" not in str(mira.opened())


async def test_overview_leaves_out_what_is_not_for_this_person(mira: Person) -> None:
    await taught(mira, subject="secret", owner=THEO, allowed=(THEO,))
    await taught(mira, id="model2", subject="eileen")
    answer = str(await mira.command("/darkroom", ""))
    assert "eileen" in answer
    assert "secret" not in answer


async def opening(mira: Person, model: Model) -> Json:
    await mira.press(actions.MODEL_ACCESS, f"{model.id}:0")
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    return modal


async def test_model_is_opened_to_people_and_channels_and_the_list_says_that_it_is_private(mira: Person) -> None:
    model = await taught(mira)
    assert await mira.submit(await opening(mira, model), people=[THEO], channels=["C0STUDIO"]) == {}
    assert (await stands(mira.store, model)).allowed == ("C0STUDIO", THEO)
    assert "private" in str(mira.shown())


async def test_modal_shows_whom_a_model_is_open_to_and_nobody_chosen_opens_it_to_everybody(mira: Person) -> None:
    model = await taught(mira, allowed=("C0STUDIO", THEO))
    modal = await opening(mira, model)
    elements = [block["element"] for block in modal["blocks"] if "element" in block]
    assert [one.get("initial_users") or one.get("initial_conversations") for one in elements] == [[THEO], ["C0STUDIO"]]
    await mira.submit(modal)
    assert (await stands(mira.store, model)).allowed == ("C0STUDIO", THEO)
    await mira.submit(modal, people=[], channels=[])
    assert (await stands(mira.store, model)).allowed == ()


async def test_modal_that_was_answered_after_the_model_went_closes_and_says_so(mira: Person) -> None:
    model = await taught(mira)
    modal = await opening(mira, model)
    await mira.store.commit(Change(TEAM).put(replace(model, deleted_by=THEO)))
    assert await mira.submit(modal, people=[THEO]) == {}
    assert mira.whispers() == [words.models.being_deleted("riobugger", THEO)]
