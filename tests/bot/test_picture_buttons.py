"""The buttons below pictures, as somebody presses them."""

from typing import Any

import pytest

from core import actions, words
from core.change import Change
from core.line import line_of
from core.pace import STEP_SECONDS
from core.records import Generation
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Json, Person
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, stands, written


async def shown(mira: Person, **different: Any) -> Generation:
    """Pictures that Mira asked for, of a model in service."""
    model = await written(mira.store, a_model(state="in_service"))
    await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    usual = {"state": "posted", "files": ("F1",), "thread_ts": THREAD, "steps": 30, "seconds": 4.0, "dollars": 0.001}
    return await written(mira.store, a_generation(**(usual | different)))


async def asked(mira: Person) -> list[Generation]:
    return await mira.store.get_all(Generation, TEAM, await mira.store.members(TEAM, line_of("model1")))


@pytest.mark.parametrize(("button", "near"), [(actions.AGAIN, False), (actions.VARY, True)])
async def test_press_asks_for_the_same_anew_in_the_name_of_who_pressed(
    mira: Person, button: str, *, near: bool
) -> None:
    before = await shown(mira, user="U0NOOR")
    await mira.press(button, before.id)
    (one,) = await asked(mira)
    assert (one.user, one.channel, one.thread_ts, one.prompt, one.steps) == (MIRA, CHANNEL, THREAD, before.prompt, 30)
    assert (one.seed == before.seed + 1) == near
    assert mira.answered() == [words.line.painting(1, "riobugger", 0, 30 * STEP_SECONDS)]


async def test_press_that_slack_delivers_twice_asks_once(mira: Person) -> None:
    before = await shown(mira)
    for _ in range(2):
        await mira.press(actions.AGAIN, before.id, trigger_id="one-press")
    assert len(await asked(mira)) == 1
    assert mira.answered() == [words.line.painting(1, "riobugger", 0, 30 * STEP_SECONDS), words.answer.PRESSED_TWICE]


async def test_double_click_asks_once(mira: Person) -> None:
    before = await shown(mira)
    for _ in range(2):
        await mira.press(actions.AGAIN, before.id)
    assert len(await asked(mira)) == 1
    assert mira.whispers() == [words.answer.painting_already(MIRA)]


@pytest.mark.parametrize(
    "button", [actions.AGAIN, actions.VARY, actions.EDIT, actions.DETAILS, actions.DELETE_PICTURES]
)
@pytest.mark.parametrize(("state", "said"), [("", words.answer.TOO_OLD), ("deleted", words.answer.DELETED_ALREADY)])
async def test_every_button_of_pictures_that_are_gone_says_so(mira: Person, button: str, state: str, said: str) -> None:
    identity = (await shown(mira, state=state)).id if state else "gone"
    await mira.press(button, identity)
    assert mira.whispers() == [said]
    assert await asked(mira) == []


async def test_details_give_the_command_to_copy(mira: Person) -> None:
    await mira.press(actions.DETAILS, (await shown(mira)).id)
    (said,) = mira.whispers()
    command = "```/imagine a photo of riobugger cat on the beach --model riobugger --seed 7 --steps 30```"
    assert said.endswith(command)


async def test_delete_takes_pictures_of_ones_own(mira: Person) -> None:
    before = await shown(mira)
    await mira.press(actions.DELETE_PICTURES, before.id)
    assert (await stands(mira.store, before)).state == "deleted"
    assert mira.whispers() == []


async def test_delete_leaves_pictures_of_others_where_they_are(mira: Person) -> None:
    before = await shown(mira, user="U0NOOR")
    await mira.press(actions.DELETE_PICTURES, before.id)
    assert (await stands(mira.store, before)).state == "posted"
    assert mira.whispers() == [words.answer.only_asker_deletes("U0NOOR")]


async def edit(mira: Person) -> Json:
    await mira.press(actions.EDIT, (await shown(mira, negative="text", count=2)).id)
    return mira.opened()


async def test_edit_opens_with_everything_filled_in_and_asks_for_what_was_changed(mira: Person) -> None:
    view = await edit(mira)
    assert check_view(view, "modal", bool) == []
    assert "The last ones took 4.0 s for 0.1¢." in str(view)
    for _ in range(2):
        assert await mira.submit(view, prompt="riobugger on the moon", size="768x512", seed="") == {}
    (one,) = await asked(mira)
    assert (one.prompt, one.negative, one.count, one.steps, one.width) == ("riobugger on the moon", "text", 2, 30, 768)
    assert (one.user, one.channel, one.thread_ts) == (MIRA, CHANNEL, THREAD)
    (told,) = await mira.told()
    assert (told.call, told.user, told.thread_ts) == ("ephemeral", MIRA, THREAD)
    assert (
        told.text
        == f"{words.line.painting(2, 'riobugger', 0, 2 * 1.5 * 30 * STEP_SECONDS)} {words.asking.MAY_BE_BLACK}"
    )


async def test_faults_of_edit_are_told_under_their_fields_and_nothing_is_asked(mira: Person) -> None:
    answer = await mira.submit(await edit(mira), seed="many", steps="0", prompt="riobugger --n 3")
    assert (answer["response_action"], set(answer["errors"])) == ("errors", {"prompt", "seed", "steps"})
    assert await asked(mira) == []


async def test_edit_for_a_model_that_is_gone_says_so_under_it(mira: Person) -> None:
    view = await edit(mira)
    await mira.store.commit(Change(TEAM).forget(await stands(mira.store, a_model())).unname("catalogue", "model1"))
    assert (await mira.submit(view))["errors"] == {"model": words.asking.model_gone()}


async def test_edit_without_any_model_says_how_to_teach_one(mira: Person) -> None:
    before = await written(mira.store, a_generation(state="posted", files=("F1",)))
    await mira.press(actions.EDIT, before.id)
    assert mira.whispers() == [words.asking.NO_MODELS]
