"""The whole job, over both transports."""

from io import BytesIO

import pytest
from PIL import Image

from sandbox.slack.json_types import as_objects
from sandbox.story import said
from tests.stories.acts import PETS, PHOTOS, STUDIO, Scene, buttons

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_photos_in_a_thread_become_a_model_that_answers_imagine(either: Scene) -> None:
    at = either
    card = await at.open_thread()
    first = await at.mira.drop(PETS, *PHOTOS[:3], thread=card["ts"])
    second = await at.mira.drop(PETS, *PHOTOS[3:5], thread=card["ts"], text="and these")
    card = await at.in_thread(card, lambda m: "\n5" in str(m.get("blocks")).replace("\\n", "\n") and buttons(m))
    for ts in (first, second):
        await at.mira.wait_for_message(PETS, lambda m, ts=ts: m["ts"] == ts and m.get("reactions"))
    await at.start_training(card)
    announced = await at.announced(card)
    assert at.subject in announced["text"]
    assert f"/imagine a photo of {at.subject} cat" in announced["text"]
    await at.in_thread(card, lambda m: m.get("bot_id") and len(as_objects(m.get("files") or [])) == 1)

    reply = await at.mira.command(STUDIO, "/imagine", f"a photo of {at.subject} cat on the beach --n 2 --seed 7")
    assert reply is not None
    assert "will be here in about" in reply["text"]
    assert reply["response_type"] == "ephemeral"
    posted = await at.pictures(STUDIO, f"{at.subject} cat on the beach")
    assert len(posted["files"]) == 2
    assert "seed 7" in said(posted)
    assert "--" not in said(posted)
    picture = Image.open(BytesIO(await at.mira.picture(posted["files"][0])))
    assert picture.size == (512, 512)
    assert len(at.made("CreateTrainingJob")) == len(at.made("CreateEndpoint")) == 1


async def test_imagine_in_a_thread_is_answered_in_that_thread(either: Scene) -> None:
    at = either
    card = await at.learn()
    root = await at.mira.say(STUDIO, "what shall we draw?")
    at.aws_faults(slow_invoke_s=2)
    await at.mira.say(STUDIO, f"<@U0BOT> imagine a pencil sketch of {at.subject} cat --seed 3", thread=root)
    note = await at.mira.wait_for_message(STUDIO, lambda m: "will be here in about" in str(m["text"]), thread=root)
    assert note["bot_id"]
    at.aws_faults(slow_invoke_s=0)
    posted = await at.pictures(STUDIO, f"pencil sketch of {at.subject}")
    assert posted["thread_ts"] == root
    await at.mira.wait_for(
        lambda: _gone(at, root, "will be here in about"), what="the note to be taken away once the pictures are there"
    )
    assert card["ts"] != root


async def _gone(at: Scene, root: str, text: str) -> bool:
    return not any(text in str(m["text"]) for m in await at.mira.thread(STUDIO, root))


async def test_learn_in_a_mention_on_a_message_with_photos_opens_the_set_in_its_thread(either: Scene) -> None:
    at = either
    root = await at.mira.drop(PETS, *PHOTOS[:4], text=f"<@U0BOT> learn {at.subject} the cat")
    card = await at.mira.wait_for_message(PETS, lambda m: "Train" in buttons(m), thread=root)
    await at.mira.wait_for_message(PETS, lambda m: "\n4" in str(m.get("blocks")).replace("\\n", "\n"), thread=root)
    assert card["thread_ts"] == root
    cards = await at.count(PETS, lambda m: at.subject in str(m["text"]) and "Train" in buttons(m))
    assert cards == 1


async def test_use_as_training_set_on_a_message_with_photos_asks_who_it_is(at: Scene) -> None:
    root = await at.mira.drop(PETS, *PHOTOS[:4], text="look at her")
    message = await at.mira.message(PETS, root)
    view = await at.mira.shortcut("use_as_training_set", message | {"channel": PETS})
    errors = await at.mira.submit(view, {"subject": "two words", "noun": "cat"})
    assert "subject" in errors
    assert not await at.mira.submit(view, {"subject": at.subject, "noun": "cat"})
    await at.mira.wait_for_message(PETS, lambda m: "\n4" in str(m.get("blocks")).replace("\\n", "\n"), thread=root)


async def test_the_model_is_asked_for_when_the_prompt_names_none_and_there_are_several(at: Scene) -> None:
    for one in (at, at.another()):
        await one.learn()
    await at.mira.command(STUDIO, "/imagine", f"a watercolour fox number {at.subject[7:]} in the snow")
    question = await at.mira.wait_for_message(
        STUDIO, lambda m: m.get("ephemeral_for") and "Which one shall I paint" in str(m) and at.subject in str(m)
    )
    await at.mira.choose(question, "Choose a model…", at.subject, modal_within=0)
    await at.pictures(STUDIO, f"fox number {at.subject[7:]}")


async def test_darkroom_answers_only_the_asker_and_home_lists_the_models(at: Scene) -> None:
    await at.learn()
    reply = await at.mira.command(STUDIO, "/darkroom", "")
    assert reply is not None
    assert reply["response_type"] == "ephemeral"
    assert at.subject in str(reply)
    assert "in service" in str(reply)
    await at.mira.open_home()

    async def listed() -> bool:
        return at.subject in str(await at.mira.home())

    await at.mira.wait_for(listed, what="the Home tab")
