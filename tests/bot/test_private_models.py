"""Models that are not for everybody: where others do not see them, and where they are taken by name."""

from typing import Any

import pytest

from core import actions, words
from core.change import Change
from core.records import Model, Run
from tests.bot.person import Person
from tests.bot.sets import a_set
from tests.support.records import MIRA, TEAM, a_model, written

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
