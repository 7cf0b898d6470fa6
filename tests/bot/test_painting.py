"""`/imagine`, the question which model is meant, the buttons of an endpoint, and what a team has."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from core import actions, expecting, words
from core.change import Change
from core.line import line_of
from core.records import Generation, Model, Record
from core.store import Store
from sandbox.slack.blocks import check_blocks
from tests.bot.person import BOT, Person
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_run, stands, written


async def taught(mira: Person, **different: Any) -> Model:
    model = await written(mira.store, a_model(**({"state": "in_service"} | different)))
    await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def asked(mira: Person, model: str = "model1") -> list[Generation]:
    return await mira.store.get_all(Generation, TEAM, await mira.store.members(TEAM, line_of(model)))


async def test_imagine_is_answered_at_once_and_written_down(mira: Person) -> None:
    await taught(mira)
    answer = await mira.command("/imagine", "a photo of riobugger cat —n 2 --seed 7")
    (one,) = await asked(mira)
    assert (answer["text"], answer["response_type"]) == (words.line.painting(2, "riobugger", 0, 22), "ephemeral")
    assert check_blocks(answer["blocks"], "message", bool) == []
    assert answer["blocks"][-1]["elements"][0]["value"] == one.id
    assert (one.prompt, one.count, one.seed, one.channel, one.thread_ts, one.user) == (
        "a photo of riobugger cat",
        2,
        7,
        CHANNEL,
        "",
        MIRA,
    )


async def test_imagine_that_is_not_understood_is_answered_in_words(mira: Person) -> None:
    await taught(mira)
    assert "from 1 to 4" in (await mira.command("/imagine", "riobugger --n 9"))["text"]
    assert await asked(mira) == []


async def test_size_that_can_come_back_black_is_told_at_once_also_behind_a_choice(mira: Person) -> None:
    await taught(mira)
    await taught(mira, id="model2", subject="eileen")
    told = (await mira.command("/imagine", "riobugger --ar 3:2"))["text"]
    assert told == f"{words.line.painting(1, 'riobugger', 0, 11)} {words.asking.MAY_BE_BLACK}"
    await mira.command("/imagine", "a cat --size 768x512")
    await mira.choose(mira.shown()[-1], "model1")
    assert words.asking.MAY_BE_BLACK in mira.answered()[-1]


@pytest.mark.parametrize("text", ["", "help", " HELP "])
async def test_imagine_help_shows_examples(mira: Person, text: str) -> None:
    assert words.asking.IMAGINE_HELP in (await mira.command("/imagine", text))["text"]


async def test_model_that_does_not_exist_is_answered_with_those_that_do(mira: Person) -> None:
    await taught(mira)
    assert "There are: *riobugger*" in (await mira.command("/imagine", "a cat --model nobody"))["text"]
    await mira.event(type="app_mention", text=f"<@{BOT}> imagine a cat —model nobody")
    assert "There are: *riobugger*" in (await mira.told())[-1].text
    assert await asked(mira) == []


async def test_imagine_without_a_model_says_how_to_teach_one(mira: Person) -> None:
    assert (await mira.command("/imagine", "a cat"))["text"] == words.asking.NO_MODELS


async def test_imagine_that_names_nobody_asks_which_and_takes_the_answer_once(mira: Person) -> None:
    await taught(mira)
    await taught(mira, id="model2", subject="eileen", trained_at=1.0)
    await mira.command("/imagine", "a cat <!channel>")
    question = mira.shown()
    assert check_blocks(question, "message", bool) == []
    assert [option["text"]["text"] for option in question[-1]["elements"][0]["options"]] == ["riobugger", "eileen"]
    for _ in range(2):
        await mira.choose(question[-1], "model2")
    assert mira.answered()[1:] == [words.line.painting(1, "eileen", 0, 11), words.asking.CHOICE_GONE]
    assert len(await asked(mira, "model2")) == 1


async def test_second_choice_for_a_prompt_that_waits_for_its_model_changes_nothing(mira: Person) -> None:
    await taught(mira, state="asleep")
    await taught(mira, id="model2", subject="eileen", state="asleep", trained_at=1.0)
    await mira.command("/imagine", "a cat")
    asked_about = mira.shown()[-1]
    for model in ("model1", "model2"):
        await mira.choose(asked_about, model)
    assert mira.answered()[1:] == [words.line.waking(1, "riobugger", 0, expecting.WAKES), words.asking.CHOICE_GONE]
    assert [len(await asked(mira, model)) for model in ("model1", "model2")] == [1, 0]


async def test_choice_of_a_model_that_is_gone_is_answered(mira: Person) -> None:
    gone = await taught(mira)
    await taught(mira, id="model2", subject="eileen")
    await mira.command("/imagine", "a cat")
    await mira.store.commit(Change(TEAM).forget(gone))
    await mira.choose(mira.shown()[-1], gone.id)
    assert mira.whispers() == [words.asking.model_gone()]


async def test_choice_of_a_model_that_became_private_is_answered(mira: Person) -> None:
    model = await taught(mira, owner="U0THEO")
    await taught(mira, id="model2", subject="eileen")
    await mira.command("/imagine", "a cat")
    await mira.store.commit(Change(TEAM).put(replace(model, allowed=("U0THEO",))))
    await mira.choose(mira.shown()[-1], model.id)
    assert mira.whispers() == [words.models.private("riobugger", "U0THEO")]


async def test_question_whose_picture_was_deleted_is_asked_without_it(mira: Person) -> None:
    await taught(mira, portrait="F0GONE")
    await taught(mira, id="model2", subject="eileen")
    mira.slack.gives("/respond", status=400, body=b'{"ok":false,"error":"invalid_blocks"}')
    await mira.command("/imagine", "a cat")
    first, second = (json.loads(seen.body)["blocks"] for seen in mira.slack.seen if seen.path == "/respond")
    assert ("accessory" in str(first), "accessory" in str(second)) == (True, False)
    assert [block["type"] for block in first] == [block["type"] for block in second]


async def test_mention_in_a_thread_is_answered_there_with_a_note(mira: Person) -> None:
    await taught(mira)
    for _ in range(2):
        await mira.event(type="app_mention", text=f"<@{BOT}> imagine riobugger in space", thread_ts=THREAD)
    (one,) = await asked(mira)
    assert (one.prompt, one.thread_ts, one.noted) == ("riobugger in space", THREAD, True)
    (note,) = await mira.told()
    assert (note.call, note.thread_ts, note.text) == ("post", THREAD, words.line.painting(1, "riobugger", 0, 11))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", words.asking.MENTION_HELP),
        ("imagine", words.asking.PROMPT_EMPTY),
        ("imagine help", words.asking.IMAGINE_HELP),
        ("imagine a cat", words.asking.NO_MODELS),
    ],
)
async def test_mention_that_leads_nowhere_is_answered_to_who_wrote_it(mira: Person, text: str, said: str) -> None:
    await mira.event(type="app_mention", text=f"<@{BOT}> {text}")
    assert [(one.call, one.user, one.text) for one in await mira.told()] == [("ephemeral", MIRA, said)]


async def test_bot_does_not_answer_bots(mira: Person) -> None:
    await mira.event(type="app_mention", text=f"<@{BOT}> hello", bot_id="B0OTHER")
    assert await mira.told() == []


async def test_keep_awake_keeps_it_awake(mira: Person) -> None:
    model = await taught(mira)
    await mira.press(actions.KEEP_AWAKE, model.id)
    assert (await stands(mira.store, model)).awake_until > model.in_service_at
    assert mira.whispers() == []


async def test_sleep_now_takes_an_idle_endpoint_down_at_once(mira: Person) -> None:
    model = await taught(mira)
    await mira.press(actions.SLEEP_NOW, model.id)
    assert (await stands(mira.store, model)).state == "draining"
    await mira.press(actions.SLEEP_NOW, model.id)
    assert len(mira.whispers()) == 1


@pytest.mark.parametrize("action", [actions.KEEP_AWAKE, actions.WAKE_AGAIN])
@pytest.mark.parametrize("model", ["model1", "nobody"])
async def test_button_on_an_endpoint_that_moved_on_changes_nothing(mira: Person, action: str, model: str) -> None:
    stale = await taught(mira, state="draining")
    await mira.press(action, model)
    assert mira.whispers() == [words.training.STALE_BUTTON]
    assert (await stands(mira.store, stale)).version == 1


async def test_failed_endpoint_is_woken_by_its_button(mira: Person) -> None:
    model = await taught(mira, state="failed", attempt=1)
    await mira.press(actions.WAKE_AGAIN, model.id)
    assert (await stands(mira.store, model)).state == "deploying"


async def test_darkroom_lists_models_and_runs_to_who_asked(mira: Person) -> None:
    await taught(mira)
    run = await written(mira.store, a_run(id="run2", subject="eileen", state="training", step=9))
    await mira.store.commit(Change(TEAM).index("runs", run.id, 1.0))
    answer = await mira.command("/darkroom", "")
    assert answer["response_type"] == "ephemeral"
    assert check_blocks(answer["blocks"], "message", bool) == []
    assert re.search("riobugger.*in service.*eileen.*step 9 of 200", str(answer["blocks"]))


async def test_app_home_is_drawn_when_it_is_opened(mira: Person) -> None:
    await mira.event(type="app_home_opened", tab="messages")
    assert await mira.told() == []
    await mira.event(type="app_home_opened", tab="home")
    assert [(one.call, one.user) for one in await mira.told()] == [("home", MIRA)]


async def away(*_: object) -> Record:
    raise RedisConnectionError("Error 111 connecting to redis://:planted@127.0.0.1:6379")


async def test_records_out_of_reach_are_told_in_words_and_events_come_again(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for method in ("get", "table", "commit", "linked", "take"):
        monkeypatch.setattr(Store, method, away)
    assert (await mira.command("/imagine", "a cat"))["text"] == words.trouble.RECORDS_AWAY
    await mira.press(actions.KEEP_AWAKE, "model1")
    assert mira.whispers() == [words.trouble.RECORDS_AWAY]
    await mira.event(type="app_mention", text=f"<@{BOT}> learn riobugger the cat")
    assert mira.status == 500


async def test_fault_that_nobody_foresaw_shows_an_id_that_stands_in_the_log(
    mira: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> Record:
        raise RuntimeError("boom")

    monkeypatch.setattr(Store, "table", broken)
    told = re.search(r"error (\w{8}) in the log", (await mira.command("/imagine", "a cat"))["text"])
    assert told
    assert told[1] in caplog.text
