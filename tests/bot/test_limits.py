"""Limits and words that are not wanted, as people meet them: what they are told, who changes what."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from core import actions, words
from core.change import Change
from core.line import line_of
from core.records import Model, Rules, Run
from core.rules import RULES
from core.store import Store
from sandbox.slack.blocks import check_blocks
from tests.bot.person import BOT, Json, Person, at_the_front
from tests.support.records import MIRA, TEAM, THREAD, a_generation, a_model, written
from tests.support.site import Site
from tests.support.workshop import settings

NOAH = "U0NOAH"


@pytest.fixture
async def mira(store: Store, slack: Site, tmp_path: Path) -> AsyncGenerator[Person]:
    """Mira, an admin, whose Darkroom allows two prompts an hour and no nudity."""
    (tmp_path / "words.txt").write_text("\\bnude\\b # this is a workplace", "utf-8")
    told = {
        "SLACK_API_URL": f"{slack.url}/api/",
        "DARKROOM_PROMPTS_PER_HOUR": "2",
        "DARKROOM_ADMINS": MIRA,
        "DARKROOM_WORD_FILTER": str(tmp_path / "words.txt"),
    }
    async with at_the_front(settings(**told), store, slack) as person:
        await written(store, a_model(state="in_service"))
        await store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
        yield person


async def asked(mira: Person) -> int:
    return len(await mira.store.members(TEAM, line_of("model1")))


async def rules(mira: Person) -> Rules | None:
    return await mira.store.get(Rules, TEAM, RULES)


async def opened(mira: Person) -> Json:
    await mira.press(actions.LIMITS, "limits")
    return mira.opened()


async def test_third_prompt_of_an_hour_is_refused_wherever_it_comes_from(mira: Person) -> None:
    for _ in range(2):
        await mira.command("/imagine", "riobugger in space")
    told = (await mira.command("/imagine", "riobugger in space"))["text"]
    assert told.startswith("You have asked for 2 prompts in an hour")
    await mira.event(type="app_mention", text=f"<@{BOT}> imagine riobugger", thread_ts=THREAD)
    (answer,) = await mira.told()
    assert (answer.call, answer.user) == ("ephemeral", MIRA)
    assert answer.text.startswith("You have asked for 2 prompts in an hour")
    assert await asked(mira) == 2


async def test_question_which_model_is_not_asked_of_who_has_had_enough(mira: Person) -> None:
    await written(mira.store, a_model(id="model2", subject="eileen", state="in_service"))
    await mira.store.commit(Change(TEAM).name("catalogue", "model2", "eileen"))
    for _ in range(2):
        await mira.command("/imagine", "riobugger in space")
    assert (await mira.command("/imagine", "a cat"))["text"].startswith("You have asked for 2 prompts")


async def test_word_that_is_not_wanted_is_answered_with_the_reason_and_nothing_is_painted(mira: Person) -> None:
    said = words.limits.not_painted("this is a workplace")
    assert (await mira.command("/imagine", "a NUDE riobugger"))["text"] == said
    await mira.event(type="app_mention", text=f"<@{BOT}> imagine a nude riobugger")
    assert [one.text for one in await mira.told()] == [said]
    assert await asked(mira) == 0
    for _ in range(2):  # and it has not been counted
        await mira.command("/imagine", "riobugger in space")
    assert await asked(mira) == 2


async def test_name_that_is_not_wanted_is_not_learnt(mira: Person) -> None:
    said = words.limits.not_learnt("this is a workplace")
    assert (await mira.command("/train", "rio nude"))["text"] == said
    await mira.event(type="app_mention", text=f"<@{BOT}> learn nude the cat")
    assert [one.text for one in await mira.told()] == [said]
    photo = {"ts": "1798761600.000500", "user": MIRA, "files": [{"id": "F1", "name": "cat.jpg"}]}
    await mira.shortcut(actions.USE_AS_TRAINING_SET, photo)
    answer = await mira.submit(mira.opened(), subject="nude", noun="cat")
    assert answer == {"response_action": "errors", "errors": {"subject": said}}
    assert await mira.store.get_all(Run, TEAM, await mira.store.members(TEAM, "runs")) == []


async def test_limits_are_shown_to_everybody_and_the_button_to_admins(mira: Person) -> None:
    answer = await mira.command("/darkroom", "limits")
    assert answer["response_type"] == "ephemeral"
    assert check_blocks(answer["blocks"], "message", bool) == []
    assert "Prompts of a person in an hour: *2*" in answer["blocks"][0]["text"]["text"]
    assert answer["blocks"][-1]["elements"][0]["action_id"] == actions.LIMITS
    mira.user = NOAH
    assert (await mira.command("/darkroom", "limits"))["blocks"] == answer["blocks"][:-1]


async def test_admin_changes_the_limits_and_they_hold_at_once(mira: Person) -> None:
    modal = await opened(mira)
    assert check_blocks(modal["blocks"], "modal", bool) == []
    answer = await mira.submit(modal, prompts_per_hour="1", channel_prompts_per_hour="1,000")
    assert answer["response_action"] == "update"
    assert "Prompts in a channel in an hour: *1,000*" in str(answer["view"])
    assert f"<@{MIRA}>" in str(answer["view"])
    told = [(await mira.command("/imagine", "riobugger in space"))["text"] for _ in range(2)]
    assert told[1].startswith("You have asked for 1 prompt in an hour")
    again = await opened(mira)
    assert [block["element"].get("initial_value") for block in again["blocks"][1:]] == [
        "1",
        "1000",
        None,
        None,
    ]


async def test_limit_that_is_left_empty_is_as_the_settings_say_again(mira: Person) -> None:
    await mira.submit(await opened(mira), prompts_per_hour="0")
    await mira.submit(await opened(mira), prompts_per_hour="")
    changed = await rules(mira)
    assert changed
    assert changed.limits == {}


@pytest.mark.parametrize("typed", ["-1", "many", "1000000", "1.5", "٣"])
async def test_limit_out_of_range_is_told_under_its_field(mira: Person, typed: str) -> None:
    answer = await mira.submit(await opened(mira), prompts_at_once=typed)
    fault = "This takes a whole number from 0 (no limit) to 100000."
    assert answer == {"response_action": "errors", "errors": {"prompts_at_once": fault}}
    assert await rules(mira) is None


async def test_somebody_who_is_no_admin_sees_the_limits_and_changes_nothing(mira: Person) -> None:
    modal = await opened(mira)
    mira.user = NOAH
    shown = await opened(mira)
    assert check_blocks(shown["blocks"], "modal", bool) == []
    assert "submit" not in shown
    assert f"<@{MIRA}>, in my Home tab" in str(shown["blocks"])
    answer = await mira.submit(modal, prompts_per_hour="0")
    fault = "Only admins of Darkroom can change the limits."
    assert answer == {"response_action": "errors", "errors": {"prompts_per_hour": fault}}
    assert await rules(mira) is None


async def painted(mira: Person) -> str:
    """Pictures of the only model; gives their id."""
    (model,) = await mira.store.get_all(Model, TEAM, ["model1"])
    prompt = f"a nude {model.subject}"
    shown = await written(mira.store, a_generation(state="posted", files=("F1",), prompt=prompt, id="shown"))
    return shown.id


@pytest.mark.parametrize("button", [actions.AGAIN, actions.VARY])
async def test_buttons_below_pictures_are_held_to_limits_and_words(mira: Person, button: str) -> None:
    await mira.press(button, await painted(mira))
    for _ in range(2):
        await mira.command("/imagine", "riobugger in space")
    fine = a_generation(state="posted", files=("F1",), id="fine")
    await mira.press(button, (await written(mira.store, fine)).id)
    said = mira.whispers()
    assert said[0] == words.limits.not_painted("this is a workplace")
    assert said[1].startswith("You have asked for 2 prompts in an hour")
    assert await asked(mira) == 2


async def test_edited_prompt_is_held_to_limits_and_words_without_marks_under_its_field(mira: Person) -> None:
    await mira.press(actions.EDIT, await painted(mira))
    modal = mira.opened()
    faults = (await mira.submit(modal))["errors"]
    assert faults == {"prompt": words.limits.not_painted("this is a workplace")}
    for _ in range(2):
        await mira.command("/imagine", "riobugger in space")
    fault = (await mira.submit(modal, prompt="riobugger in space"))["errors"]["prompt"]
    assert re.fullmatch(
        r"You have asked for 2 prompts.*possible at \d\d:\d\d UTC\. /darkroom limits says who .*", fault
    )
    assert await asked(mira) == 2


async def test_model_is_not_given_a_name_that_is_not_wanted(mira: Person) -> None:
    await mira.command("/darkroom", "models")
    buttons = [each for block in mira.shown() for each in block.get("elements", [])]
    (rename,) = [one for one in buttons if one.get("action_id") == actions.RENAME_MODEL]
    await mira.press(rename["action_id"], rename["value"])
    answer = await mira.submit(mira.opened(), name="Nude")
    assert answer == {"response_action": "errors", "errors": {"name": words.limits.not_learnt("this is a workplace")}}
