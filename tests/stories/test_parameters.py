"""Every flag of `/imagine` in one command reaches the endpoint, and is told with the pictures."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from core import words
from sandbox.story import said
from tests.stories.acts import STUDIO, Scene
from tests.support.jpegs import comment

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_all_flags_in_one_command_reach_the_endpoint_and_the_caption(at: Scene) -> None:
    await at.learn()
    flags = f"—n 2 --seed=7 --steps 30 —cfg 9,5 --no “text & people” --ar 3:2 --model {at.subject}"
    reply = await at.mira.command(STUDIO, "/imagine", f"--steps 20 a lighthouse at dusk {flags}")
    assert reply is not None
    assert words.asking.MAY_BE_BLACK in reply["text"]

    posted = await at.pictures(STUDIO, f"{at.subject} · seed 7")
    assert "a lighthouse at dusk*\n" in said(posted)
    told = f"{at.subject} · seed 7 · 30 steps · cfg 9.5 · 624×416 · without “text &amp; people”"
    assert re.search(rf"{re.escape(told)} · \d+(\.\d)? s · (less than )?\d+(\.\d)?¢$", said(posted))
    assert len(posted["files"]) == 2
    for file in posted["files"]:
        picture = await at.mira.picture(file)
        assert Image.open(BytesIO(picture)).size == (624, 416)
        assert comment(picture).startswith("/imagine a lighthouse at dusk --model")

    request = {
        "prompt": "a lighthouse at dusk",
        "width": 624,
        "height": 416,
        "num_images_per_prompt": 2,
        "num_inference_steps": 30,
        "guidance_scale": 9.5,
        "seed": 7,
        "negative_prompt": "text & people",
    }
    invoked = [call["request"]["Bytes"] for call in at.made("InvokeEndpoint")]
    assert len(json.dumps(request)) in invoked
