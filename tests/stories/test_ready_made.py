"""A ready-made model: found on JumpStart's list, added with its price, woken by a prompt, and put to sleep again."""

import io

import numpy as np
import pytest
from PIL import Image

from sandbox.slack.json_types import JsonObject
from tests.stories.acts import SECONDS, STUDIO, Scene, by_block
from tests.stories.lines import all_painted
from tests.stories.listing import pressed

pytestmark = pytest.mark.asyncio(loop_scope="session")

INKPUNK = "huggingface-txt2img-envvi-inkpunk-diffusion"


async def test_ready_made_model_is_found_added_woken_by_a_prompt_and_put_to_sleep(painting: Scene) -> None:
    at = painting
    modal = await found(at, "diffusion INKPUNK")
    assert "$0.94 an hour" in str(modal["blocks"])
    assert not await at.mira.submit(modal, by_block(modal, {"name": at.subject}))
    await seen(at, f"*{at.subject}* is added; it is asleep")
    assert not at.made("CreateModel"), "nothing runs until somebody asks"

    prompt = f"a car in the snow by {at.subject}"
    reply = await at.mira.command(STUDIO, "/imagine", prompt)
    assert reply is not None
    assert "asleep" in reply["text"]
    posted = await at.pictures(STUDIO, prompt)
    assert await is_a_drawing_in_pencil(at, posted)
    await seen(at, f"*{at.subject}* is *in service*")
    await at.pictures(STUDIO, f"a picture of a cat by {at.subject}")
    (made,) = at.made("CreateModel")
    assert INKPUNK in made["request"]["PrimaryContainer"]["ModelDataSource"]["S3DataSource"]["S3Uri"]
    assert not at.made("CreateTrainingJob")

    await all_painted(at)
    await at.mira.command(STUDIO, "/darkroom", "models")
    await pressed(at, at.subject, "Put to sleep")
    await seen(at, f"*{at.subject}* is asleep: its endpoint is gone")
    assert len(at.made("DeleteModel")) == 1


async def found(at: Scene, words: str) -> JsonObject:
    """Open the modal with these words, and press Refresh until JumpStart has answered."""
    await at.mira.command(STUDIO, "/darkroom", f"add {words}")
    modal = await at.mira.wait_for_view(within=SECONDS)

    async def look() -> JsonObject | None:
        shown = (await at.mira.views())[-1]
        if "Refresh" not in str(shown["blocks"]):
            return shown
        await at.mira.press(shown, "Refresh", modal_within=1)
        return None

    return modal if "Refresh" not in str(modal["blocks"]) else await at.mira.wait_for(look, SECONDS, "JumpStart's list")


async def seen(at: Scene, text: str) -> JsonObject:
    """Wait for a message in the studio with this text."""
    return await at.mira.wait_for_message(STUDIO, lambda message: text in str(message["text"]), SECONDS)


async def is_a_drawing_in_pencil(at: Scene, message: JsonObject) -> bool:
    """Tell whether the picture of a message has many tones and no colour."""
    picture = await at.mira.picture(message["files"][0])
    with Image.open(io.BytesIO(picture)) as image:
        pixels = np.asarray(image.convert("RGB"), np.float32)
    return len(np.unique(pixels)) > 50 and float(pixels.std(-1).mean()) < 1
