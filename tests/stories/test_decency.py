"""What a team does not want to see, how much one person may ask for, and a conversation with the bot alone."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.slack.json_types import JsonObject, as_objects
from tests.stories.acts import PHOTOS, SECONDS, STUDIO, Scene, figures, scene
from tests.stories.conftest import QUICK, a_house, kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

STRICT = {"DARKROOM_MODERATION": "rekognition", "DARKROOM_PROMPTS_PER_HOUR": "2", "DARKROOM_ADMINS": "U0JON"}


@pytest_asyncio.fixture(loop_scope="session")
async def strict(tmp_path: Path) -> AsyncGenerator[Scene]:
    """A house in which pictures are looked at, prompts are few, and Jonas is the admin."""
    async with kept(a_house(tmp_path, *QUICK, settings=STRICT)) as house, scene(house) as at:
        yield Scene(at.house, at.mira, "doppler")  # a picture's colour comes of its prompt, and some are red as blood


def files(message: JsonObject) -> list[str]:
    return [str(file["id"]) for file in as_objects(message.get("files", []))]


async def test_team_sees_no_more_than_it_wants_to_and_asks_no_more_than_it_may(strict: Scene) -> None:
    at, direct = strict, await strict.mira.direct_messages()
    await at.mira.say(direct, f"learn {at.subject} the dog")
    card = await at.mira.wait_for_message(direct, lambda m: "Drop four" in str(m.get("blocks")), within=SECONDS)
    thread = str(card["thread_ts"])

    at.aws_faults(moderation={"Hate Symbols": 97})
    await at.mira.drop(direct, PHOTOS[4], thread=thread)
    told = await at.mira.wait_for_message(direct, lambda m: "is left out" in str(m["text"]), within=SECONDS)
    assert "looks like “hate symbols” to Amazon Rekognition (97% sure)" in str(told["text"])
    at.aws_faults(moderation={"Alcohol": 99})
    await at.mira.drop(direct, *PHOTOS[:4], thread=thread)
    card = await at.mira.wait_for_message(direct, lambda m: "\n4 " in figures(m), within=SECONDS)
    await at.start_training(card)
    await at.mira.wait_for_message(direct, lambda m: "*in service*" in str(m["text"]), within=SECONDS)

    await at.mira.say(direct, f"imagine a photo of {at.subject} dog on the beach --seed 1")
    shown = await at.mira.wait_for_message(direct, lambda m: "on the beach" in str(m) and files(m), within=SECONDS)
    assert not shown.get("thread_ts")

    at.aws_faults(moderation={"Explicit": 88})
    await at.mira.command(STUDIO, "/imagine", f"a photo of {at.subject} dog --seed 1")
    told = await at.mira.wait_for_message(STUDIO, lambda m: "looks like “explicit”" in str(m["text"]), within=SECONDS)
    assert told["ephemeral_for"] == "U0MIRA"
    assert not [message for message in await at.mira.messages(STUDIO) if files(message)]
    at.aws_faults(moderation={})

    reply = await at.mira.command(STUDIO, "/imagine", f"a photo of {at.subject} dog")
    assert reply is not None
    assert reply["text"].startswith("You have asked for 2 prompts in an hour")
    async with at.house.person("U0JON") as jonas:
        limits = await jonas.command(STUDIO, "/darkroom", "limits")
        assert limits is not None
        answer = await jonas.wait_for_message(STUDIO, lambda m: "Change the limits" in str(m.get("blocks")))
        view = await jonas.press(answer, "Change the limits", modal_within=SECONDS)
        assert not await jonas.submit(view, {"prompts_per_hour": "3"})
    await at.mira.command(STUDIO, "/imagine", f"a photo of {at.subject} dog --seed 1")
    await at.pictures(STUDIO, f"a photo of {at.subject} dog")
