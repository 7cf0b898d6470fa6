"""Compare steps: the price of exactly these steps is seen before anything starts; one sheet, and one that is kept."""

from typing import Any

import pytest

from core import actions, comparing, words
from core.change import Change
from core.outlook import outlook_id
from core.records import Comparison, Model, Outlook, Run
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Person
from tests.bot.sets import a_set
from tests.support.records import MIRA, TEAM, a_model, a_run, stands, written


async def the_sheet(mira: Person, run: Run) -> Comparison:
    found = await mira.store.get(Comparison, TEAM, (await stands(mira.store, run)).comparison)
    assert found
    return found


async def test_button_opens_a_modal_that_says_the_price_first(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    assert "50, 100, 200, 400, 800 steps" in modal["blocks"][0]["text"]["text"]
    assert "$" in modal["blocks"][0]["text"]["text"]
    assert await mira.submit(modal, licence=True) == {}
    comparing_run = await stands(mira.store, run)
    assert (comparing_run.state, comparing_run.licence_accepted_by) == ("comparing", MIRA)
    assert comparing_run.instance_prompt == "a photo of riobugger cat"
    sheet = await the_sheet(mira, run)
    assert (sheet.state, sheet.steps, sheet.user) == ("training", comparing.STEPS_DEFAULT, MIRA)
    assert len(sheet.runs) == 5


async def test_other_steps_show_their_price_before_they_start(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    first = mira.opened()
    answer = await mira.submit(first, licence=True, steps="300, 30")
    assert answer["response_action"] == "update"
    again = answer["view"]
    assert check_view(again, "modal", bool) == []
    assert "30, 300 steps" in again["blocks"][0]["text"]["text"]
    assert again["blocks"][0] != first["blocks"][0]
    assert (await stands(mira.store, run)).state == "collecting"
    assert await mira.submit(again) == {}, "the tick stays"
    assert (await the_sheet(mira, run)).steps == (30, 300)


def a_price(view: dict[str, Any]) -> float:
    return float(str(view["blocks"][0]).partition("$")[2].split()[0])


async def test_face_is_compared_with_prior_preservation_on_the_machine_that_has_the_memory(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    opened = mira.opened()
    face = await mira.use(opened, actions.COMPARE_PRESET, preset="face", steps="30, 300")
    assert "30, 300 steps" in face["blocks"][0]["text"]["text"]
    assert words.recipe.class_pictures(0) in str(face["blocks"])
    assert await mira.submit(face, licence=True, class_prompt="a photo of a tom") == {}
    root = await stands(mira.store, run)
    assert (root.preset, root.instance, root.class_prompt) == ("face", "ml.g5.2xlarge", "a photo of a tom")
    assert root.hyperparameters["with_prior_preservation"] == "True"
    assert (await the_sheet(mira, run)).steps == (30, 300)


async def test_other_preset_shows_its_price_before_it_starts(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    opened = mira.opened()
    answer = await mira.submit(opened, licence=True, preset="face")
    assert answer["response_action"] == "update"
    again = answer["view"]
    assert check_view(again, "modal", bool) == []
    near_the_end = str(again["blocks"][-3])
    assert "Press *Start* again if that is fine" in near_the_end
    assert str(a_price(again)) in near_the_end
    assert a_price(again) > a_price(opened)
    assert (await stands(mira.store, run)).state == "collecting"
    assert await mira.submit(again, class_prompt="") != {}, "the class has to be called something"
    assert await mira.submit(again) == {}
    assert (await stands(mira.store, run)).preset == "face"


async def test_price_stays_that_of_the_steps_before_while_those_that_are_typed_have_a_fault(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    face = await mira.use(mira.opened(), actions.COMPARE_PRESET, preset="face", steps="50, many")
    assert "50, 100, 200, 400, 800 steps" in face["blocks"][0]["text"]["text"]
    assert (await mira.submit(face, licence=True))["errors"].keys() == {"steps"}


async def test_steps_are_compared_on_top_of_another_model(mira: Person) -> None:
    run = await a_set(mira, 5)
    await written(mira.store, a_model(id="rio", subject="rio"))
    await mira.store.commit(Change(TEAM).name("catalogue", "rio", "rio"))
    await mira.press(actions.COMPARE_STEPS, run.id)
    assert await mira.submit(mira.opened(), licence=True, parent="rio") == {}
    assert (await stands(mira.store, run)).parent == "rio"


@pytest.mark.parametrize("steps", ["", "50", "50, 50", "0, 1", "a, b", "1,2,3,4,5,6,7", "50, 6000"])
async def test_steps_that_cannot_be_compared_come_back_in_their_field(mira: Person, steps: str) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    answer = await mira.submit(mira.opened(), licence=True, steps=steps)
    assert answer["errors"].keys() == {"steps"}
    assert (await stands(mira.store, run)).state == "collecting"


async def test_licence_has_to_be_accepted(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    answer = await mira.submit(mira.opened(), steps="50")
    assert answer["errors"].keys() == {"steps", "licence"}


async def test_second_submission_starts_nothing(mira: Person) -> None:
    run = await a_set(mira, 5)
    await mira.press(actions.COMPARE_STEPS, run.id)
    modal = mira.opened()
    assert await mira.submit(modal, licence=True) == {}
    sheet = await the_sheet(mira, run)
    again = await mira.submit(modal, licence=True)
    assert again["errors"] == {"steps": words.training.STALE_BUTTON}
    assert await the_sheet(mira, run) == sheet


@pytest.mark.parametrize("state", ["queued", "comparing", "trained", "cancelled"])
async def test_button_from_an_earlier_moment_changes_nothing(mira: Person, state: str) -> None:
    run = await a_set(mira, 5, state=state)
    await mira.press(actions.COMPARE_STEPS, run.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]


async def test_set_with_too_few_photos_is_not_compared(mira: Person) -> None:
    run = await a_set(mira, 3)
    await mira.press(actions.COMPARE_STEPS, run.id)
    assert mira.whispers() == [words.training.too_few_photos(3, 4)]


async def test_machine_that_aws_would_refuse_is_told_before_the_start(mira: Person) -> None:
    run = await a_set(mira, 5)
    limits: dict[str, Any] = {"ml.g4dn.2xlarge": {"quota": 0, "supported": True}}
    await written(mira.store, Outlook(team=TEAM, id=outlook_id(TEAM), state="known", machines=limits, checked_at=9e9))
    await mira.press(actions.COMPARE_STEPS, run.id)
    assert "Service Quotas" in str(mira.opened()["blocks"][0])
    answer = await mira.submit(mira.opened(), licence=True)
    assert "Service Quotas" in answer["errors"]["preset"]
    assert (await stands(mira.store, run)).state == "collecting"


async def a_choice(mira: Person, state: str = "choosing") -> tuple[Comparison, Model]:
    """A step sheet of two that were trained."""
    root = await a_set(mira, 5, state="comparing", comparison="sheet1")
    for steps in (50, 100):
        model = await written(mira.store, a_model(id=f"model{steps}", comparison="sheet1", attempt=1))
        child = {"root": root.id, "comparison": "sheet1", "state": "trained", "max_steps": steps}
        await written(mira.store, a_run(id=f"child{steps}", model=model.id, **child))
    sheet = Comparison(
        team=TEAM, id="sheet1", state=state, run=root.id, user=MIRA, steps=(50, 100), runs=("child50", "child100")
    )
    return await written(mira.store, sheet), await stands(mira.store, a_model(id="model100"))


async def test_one_that_is_kept_is_kept_once(mira: Person) -> None:
    sheet, model = await a_choice(mira)
    for place, chosen in ((1, model.id), (0, "model50")):
        await mira.press(f"{actions.KEEP_STEPS}:{place}", f"{sheet.id}:{chosen}")
    kept = await stands(mira.store, sheet)
    assert (kept.state, kept.kept) == ("tidying", model.id)
    assert mira.whispers() == [words.training.STALE_BUTTON]
    assert words.comparing.kept(MIRA, 100, "riobugger") in [one.text for one in await mira.told()]


@pytest.mark.parametrize("value", ["sheet1:nobody", "nothing:model100", "sheet1", "sheet1:"])
async def test_choice_of_what_is_not_there_changes_nothing(mira: Person, value: str) -> None:
    sheet, _ = await a_choice(mira)
    await mira.press(f"{actions.KEEP_STEPS}:0", value)
    assert mira.whispers() == [words.training.STALE_BUTTON]
    assert (await stands(mira.store, sheet)).version == 1
