"""Direct messages: what is written to the bot alone needs neither a slash nor a mention."""

from typing import Any

import pytest

from core import words
from core.change import Change
from core.line import line_of
from core.records import Generation, Message, Photo, Run
from tests.bot.person import BOT, Person
from tests.support.records import MIRA, TEAM, THREAD, a_model, written

DIRECT, TS = "D0MIRA", "1798761600.000300"
FILES = [{"id": "F1", "name": "cat.jpg"}, {"id": "F2", "name": "cat2.jpg"}]


async def writes(mira: Person, text: str, **different: Any) -> None:
    await mira.event(**({"type": "message", "channel_type": "im", "channel": DIRECT, "text": text} | different))


async def told(mira: Person) -> list[Message]:
    """List what the outbox is to show but the cards of threads."""
    return [one for one in await mira.told() if one.call != "view"]


async def taught(mira: Person) -> None:
    await written(mira.store, a_model(state="in_service"))
    await mira.store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))


async def prompts(mira: Person) -> list[Generation]:
    return await mira.store.get_all(Generation, TEAM, await mira.store.members(TEAM, line_of("model1")))


async def sets(mira: Person) -> list[Run]:
    return await mira.store.get_all(Run, TEAM, await mira.store.members(TEAM, "runs"))


@pytest.mark.parametrize("text", ["imagine riobugger in space", f"<@{BOT}> imagine riobugger in space"])
async def test_prompt_is_painted_where_it_was_written(mira: Person, text: str) -> None:
    await taught(mira)
    for _ in range(2):
        await writes(mira, text)
    (one,) = await prompts(mira)
    assert (one.prompt, one.channel, one.thread_ts, one.user) == ("riobugger in space", DIRECT, "", MIRA)
    (note,) = await told(mira)
    assert (note.call, note.channel, note.thread_ts) == ("post", DIRECT, "")
    assert one.noted  # so that the note goes when the pictures come


async def test_prompt_in_a_thread_is_answered_there(mira: Person) -> None:
    await taught(mira)
    await writes(mira, "Imagine riobugger in space", thread_ts=THREAD)
    assert [one.thread_ts for one in await prompts(mira)] == [THREAD]


async def test_slash_command_works_in_direct_messages(mira: Person) -> None:
    await taught(mira)
    await mira.command("/imagine", "riobugger in space", channel_id=DIRECT)
    assert [(one.channel, one.noted) for one in await prompts(mira)] == [(DIRECT, False)]


async def test_photos_with_a_wish_to_learn_open_a_set_in_their_thread(mira: Person) -> None:
    await writes(mira, "learn riobugger the cat", subtype="file_share", files=FILES)
    (run,) = await sets(mira)
    assert (run.subject, run.noun, run.channel, run.thread_ts) == ("riobugger", "cat", DIRECT, TS)
    more = {"subtype": "file_share", "files": [{"id": "F3", "name": "cat3.jpg"}], "ts": "1798761600.000400"}
    await writes(mira, "here is one more", thread_ts=TS, **more)
    photos = await mira.store.get_all(Photo, TEAM, await mira.store.members(TEAM, f"photos:{run.id}"))
    assert [photo.file for photo in photos] == ["F1", "F2", "F3"]
    await writes(mira, "class photos", thread_ts=TS, ts="1798761600.000500")
    assert [one.dropping for one in await sets(mira)] == ["class"]
    assert await told(mira) == []


async def test_wish_to_learn_without_photos_opens_a_set_to_drop_them_in(mira: Person) -> None:
    await writes(mira, "learn riobugger the cat")
    assert [run.thread_ts for run in await sets(mira)] == [TS]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", words.asking.DIRECT_HELP),
        ("", words.asking.DIRECT_HELP),
        ("imagine", words.asking.PROMPT_EMPTY),
        ("imagine a cat", words.asking.NO_MODELS),
        ("learn", words.asking.LEARN_HELP),
    ],
)
async def test_what_leads_nowhere_is_answered_once(mira: Person, text: str, said: str) -> None:
    for _ in range(2):
        await writes(mira, text)
    assert [(one.call, one.channel, one.user, one.text) for one in await told(mira)] == [
        ("ephemeral", DIRECT, MIRA, said)
    ]


async def test_photos_without_a_wish_are_answered_with_how_to_ask(mira: Person) -> None:
    await writes(mira, "", subtype="file_share", files=FILES)
    assert [one.text for one in await told(mira)] == [words.asking.DIRECT_HELP]
    assert await sets(mira) == []


@pytest.mark.parametrize(
    "different",
    [
        {"bot_id": "B0BOT"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"user": ""},
        {"thread_ts": THREAD},
        {"channel_type": "channel", "channel": "C0PETS"},
        {"channel_type": "mpim", "channel": "G0PETS"},
        {"subtype": "message_changed", "message": {"text": "imagine a cat"}},
    ],
)
async def test_what_is_not_for_the_bot_is_left_alone(mira: Person, different: dict[str, Any]) -> None:
    await taught(mira)
    await writes(mira, "hello", **different)
    assert (await told(mira), mira.status) == ([], 200)


async def test_group_of_people_asks_by_a_mention(mira: Person) -> None:
    await taught(mira)
    await mira.event(type="app_mention", channel="G0PETS", text=f"<@{BOT}> imagine riobugger in space")
    assert [(one.channel, one.thread_ts) for one in await prompts(mira)] == [("G0PETS", TS)]
