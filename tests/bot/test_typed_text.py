"""Whatever people type, what they are answered pings nobody, links nowhere and hides nothing."""

import json
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.darkroom import SUBCOMMANDS
from core import actions, gallery, words
from core.change import Change
from core.imagine_grammar import PROMPT_MOST
from core.records import Generation
from tests.bot.person import BOT, Json, Person
from tests.support.harmless import TYPED, harm
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, written

Act = Callable[[Person], Coroutine[Any, Any, object]]
FILES = [{"id": "F1", "name": f"{TYPED}.jpg"}]
STORED = "riobugger <!channel> <@U0EVIL> @here & &lt;!here&gt; *b* árvíztűrő 🐈 " + "x" * 300
"""A prompt as it stands in a record."""


async def teach(mira: Person) -> Generation:
    """Two models, and pictures of one of them whose prompt is as bad as can be."""
    for model in (a_model(state="in_service"), a_model(id="model2", subject="eileen")):
        await written(mira.store, model)
        await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    shown = a_generation(id="shown", state="posted", files=("F1",), prompt=STORED, negative=STORED, ts="17.1")
    await mira.store.commit(gallery.hang(Change(TEAM), shown))
    return await written(mira.store, shown)


def sent(mira: Person) -> list[Any]:
    """List the bodies of the bot's own calls."""
    return [_read(seen.body.decode()) for seen in mira.slack.seen]


def _read(body: str) -> Json:
    told: Json = json.loads(body) if body.startswith("{") else {k: v[0] for k, v in parse_qs(body).items()}
    return {k: json.loads(v) if isinstance(v, str) and v.startswith(("{", "[")) else v for k, v in told.items()}


ACTS: dict[str, Act] = {
    "prompt": lambda mira: mira.command("/imagine", TYPED),
    "prompt that names nobody": lambda mira: mira.command("/imagine", TYPED.replace("riobugger", "a cat")),
    "negative prompt": lambda mira: mira.command("/imagine", f'riobugger --no "{TYPED}"'),
    "name of a model": lambda mira: mira.command("/imagine", f"a cat --model {TYPED.replace(' ', '')}"),
    "name of a flag": lambda mira: mira.command("/imagine", "riobugger --<!here> --size<@U0EVIL>"),
    "value of a flag": lambda mira: mira.command("/imagine", f"riobugger --n {TYPED}"),
    "subject": lambda mira: mira.command("/train", TYPED),
    "parent": lambda mira: mira.command("/train", f"rio cat on {TYPED}"),
    "mention": lambda mira: mira.event(type="app_mention", text=f"<@{BOT}> {TYPED}"),
    "mentioned prompt": lambda mira: mira.event(type="app_mention", text=f"<@{BOT}> imagine {TYPED}", thread_ts=THREAD),
    "mentioned subject": lambda mira: mira.event(type="app_mention", text=f"<@{BOT}> learn {TYPED}", files=FILES),
    "mentioned help": lambda mira: mira.event(type="app_mention", text=f"<@{BOT}> imagine --{TYPED}"),
    "direct message": lambda mira: mira.event(type="message", channel_type="im", text=f"imagine {TYPED}"),
    "shortcut": lambda mira: mira.shortcut(
        actions.USE_AS_TRAINING_SET, {"ts": "1798761600.000500", "user": MIRA, "files": FILES}
    ),
    "unknown word": lambda mira: mira.command("/darkroom", TYPED.replace(" ", "")),
    **{
        f"/darkroom {word}": lambda mira, word=word: mira.command("/darkroom", f"{word} {TYPED}")
        for word in SUBCOMMANDS
    },
    **{
        f"button {button}": lambda mira, button=button: mira.press(button, "shown")
        for button in (actions.AGAIN, actions.VARY, actions.EDIT, actions.DETAILS, actions.DELETE_PICTURES)
    },
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_typed_text_does_no_harm_where_it_is_answered(mira: Person, act: Act) -> None:
    await teach(mira)
    answer = await act(mira)
    assert mira.status == 200
    assert [harm(part) for part in (answer, *sent(mira)) if harm(part)] == []
    messages = [[message.text, list(message.blocks)] for message in await mira.told()]
    assert [
        harm({"text": text, "blocks": blocks}) for text, blocks in messages if harm({"text": text, "b": blocks})
    ] == []


async def test_prompt_is_kept_as_it_was_meant_without_what_is_not_seen(mira: Person) -> None:
    await teach(mira)
    await mira.command("/imagine", TYPED)
    stored = await mira.store.get_all(Generation, TEAM, await mira.store.members(TEAM, "line:model1"))
    meant = "riobugger eve <!here> @here #general cat http://evil.example/x.png 'code' :bomb: árvíztűrő 🐈"
    assert [one.prompt for one in stored] == [f"{meant} @all &lt;!everyone&gt;"]


HUGE = "árvíztűrő 🐈 <@U0EVIL> " * 2_000
BAD = {
    "40 kB": (HUGE, words.asking.prompt_too_long(len(HUGE), PROMPT_MOST).partition("characters")[2]),
    "control characters alone": ("\x00\x07\u202e\u200b", words.asking.PROMPT_EMPTY),
    "flag without a value": ("riobugger --seed", words.asking.flag_range("seed", 0, 2**32 - 1)),
    "flag with another flag for a value": ("riobugger --n --seed 3", words.asking.flag_range("n", 1, 4)),
    "number out of range": ("riobugger --steps 151", words.asking.flag_range("steps", 1, 150)),
    "number of other digits": ("riobugger --n ٣", words.asking.flag_range("n", 1, 4)),
    "number that is none": ("riobugger --cfg NaN", words.asking.guidance_range(20)),
    "mention alone": ("<@U0EVIL>", words.asking.PROMPT_EMPTY),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
async def test_bad_input_is_answered_in_a_sentence_and_paints_nothing(mira: Person, text: str, said: str) -> None:
    await teach(mira)
    answer = await mira.command("/imagine", text)
    assert (answer["text"].endswith(said), answer["response_type"]) == (True, "ephemeral")
    for event in ({"type": "app_mention"}, {"type": "message", "channel_type": "im"}):
        await mira.event(text=f"<@{BOT}> imagine {text}", ts=f"17987616{len(event):02}.000100", **event)
    told = [one for one in await mira.told() if one.call == "ephemeral"]
    assert [one.text.endswith(said) for one in told] == [True, True]
    assert await mira.store.members(TEAM, "line:model1") == []


@pytest.mark.parametrize("prompt", ["riobugger a kertben, árvíztűrő tükörfúrógép", "🐈🏖️ riobugger", "riobugger\n猫"])
async def test_prompt_in_any_language_is_painted(mira: Person, prompt: str) -> None:
    await teach(mira)
    assert (await mira.command("/imagine", prompt))["text"] == words.line.painting(1, "riobugger", 0, 11)


def test_checker_finds_what_it_looks_for() -> None:
    fine = {"type": "mrkdwn", "text": f"<@{MIRA}> <#{CHANNEL}> &lt;!here&gt;", "verbatim": True}
    assert harm({"blocks": [fine], "text": "<!date^1^{time}|12:00 UTC>"}) == []
    assert harm({"text": {"type": "plain_text", "text": "<!here>"}}) == []
    bad: list[Json] = [{"text": "<!here>"}, {"text": "<@U0EVIL>"}, {"blocks": [fine | {"text": "<http://x|y>"}]}]
    bad += [{"title": "\u202e"}, {"blocks": [{"type": "mrkdwn", "text": "@here"}]}, {"initial_comment": "<#C0OTHER>"}]
    assert all(harm(one) for one in bad)
