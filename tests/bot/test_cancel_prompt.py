"""**Cancel** below the answer to a prompt, and on the note in a thread."""

import json

import pytest

from core import actions, outbox, words
from core.line import line_of
from core.records import Generation, Message
from sandbox.slack.blocks import check_blocks
from tests.bot.person import BOT, Json, Person
from tests.bot.test_painting import taught
from tests.support.records import MIRA, TEAM, THREAD, stands

EPHEMERAL = {"type": "message", "is_ephemeral": True}


async def only(mira: Person) -> Generation:
    (one,) = await mira.store.get_all(Generation, TEAM, await mira.store.members(TEAM, line_of("model1")))
    return one


def button(blocks: list[Json]) -> Json:
    (found,) = (one for one in blocks[-1]["elements"] if one["action_id"] == actions.CANCEL_PROMPT)
    return found


@pytest.mark.parametrize("state", ["in_service", "asleep"])
async def test_cancel_takes_the_answers_place(mira: Person, state: str) -> None:
    await taught(mira, state=state)
    answer = await mira.command("/imagine", "riobugger in a boat")
    one = await only(mira)
    await mira.press(actions.CANCEL_PROMPT, button(answer["blocks"])["value"], container=EPHEMERAL)
    assert (await stands(mira.store, one)).state == "cancelled"
    (sent,) = (json.loads(seen.body) for seen in mira.slack.seen if seen.path == "/respond")
    assert (sent["text"], sent["replace_original"]) == (words.line.cancelled("riobugger", wakes=False), True)
    assert check_blocks(sent["blocks"], "message", bool) == []
    assert actions.CANCEL_PROMPT not in str(sent["blocks"])


async def test_cancel_on_a_note_is_answered_to_who_pressed_and_the_note_goes(mira: Person) -> None:
    await taught(mira)
    await mira.event(type="app_mention", text=f"<@{BOT}> imagine riobugger in space", thread_ts=THREAD)
    one, (note,) = await only(mira), await mira.told()
    await mira.press(actions.CANCEL_PROMPT, button(list(note.blocks))["value"])
    assert mira.whispers() == [words.line.cancelled("riobugger", wakes=False)]
    assert await mira.store.get(Message, TEAM, outbox.erase_note(one, 0).id)


async def test_cancel_of_somebody_elses_prompt_is_refused_in_words(mira: Person) -> None:
    await taught(mira)
    await mira.event(type="app_mention", text=f"<@{BOT}> imagine riobugger", thread_ts=THREAD, user="U0THEO")
    one = await only(mira)
    await mira.press(actions.CANCEL_PROMPT, one.id)
    assert mira.whispers() == [words.line.only_asker("U0THEO")]
    assert (await stands(mira.store, one)).state == "queued"
    assert one.user != MIRA


async def test_cancel_pressed_twice_and_a_week_later_is_answered_in_words(mira: Person) -> None:
    await taught(mira)
    await mira.command("/imagine", "riobugger in a boat")
    one = await only(mira)
    for _ in range(2):
        await mira.press(actions.CANCEL_PROMPT, one.id)
    await mira.press(actions.CANCEL_PROMPT, "forgotten")
    assert mira.whispers()[1:] == [words.line.CANCELLED_ALREADY, words.line.TOO_OLD]
