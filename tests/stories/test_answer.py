"""What people do with pictures: paint them again, vary, edit, copy and delete them by the buttons below."""

from http import HTTPStatus

import pytest
from aiohttp import ClientResponseError

from core import words
from sandbox.slack.json_types import JsonObject
from sandbox.story import pictured, said
from tests.stories.acts import STUDIO, Scene, buttons
from tests.stories.lines import all_painted
from tests.support.jpegs import scan

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def told(at: Scene, text: str) -> JsonObject:
    """Wait for something that only Mira sees."""
    return await at.mira.wait_for_message(STUDIO, lambda m: m.get("ephemeral_for") and text in said(m), within=30)


async def painted(at: Scene, first: JsonObject, *parts: str) -> JsonObject:
    """Wait for other pictures whose words have all of this in them."""

    def fits(message: JsonObject) -> bool:
        return message["ts"] > first["ts"] and all(pictured(part)(message) for part in (at.subject, *parts))

    return await at.mira.wait_for_message(STUDIO, fits, within=60)


async def test_buttons_below_pictures_paint_again_vary_edit_copy_and_delete(at: Scene) -> None:
    await at.learn()
    await at.mira.command(STUDIO, "/imagine", f"{at.subject} cat & a <lamp> --n 2 --seed 7 --steps 20")
    first = await at.pictures(STUDIO, f"{at.subject} cat")
    assert buttons(first) == ["Again", "Vary", "Edit", "Details", "Delete"]

    await all_painted(at)
    at.aws_faults(slow_invoke_s=3)
    for button in ("Again", "Vary"):
        await at.mira.press(first, button, modal_within=0)
    await told(at, "That is being painted already")
    again = await painted(at, first, "20 steps")
    assert "seed 7 " not in said(again)
    at.aws_faults(slow_invoke_s=0)
    await all_painted(at)
    await at.mira.press(first, "Vary", modal_within=0)
    await painted(at, first, "seed 8 · 20 steps")

    await at.mira.press(first, "Details", modal_within=0)
    details = await told(at, "```/imagine")
    command = f"{at.subject} cat & a <lamp> --model {at.subject} --n 2 --seed 7 --steps 20"
    assert f"```/imagine {words.text.escape(command)}```" in details["text"]
    await at.mira.command(STUDIO, "/imagine", command)
    same = await painted(at, again, "seed 7 · 20 steps")
    bytes_of = [[scan(await at.mira.picture(file)) for file in one["files"]] for one in (first, same)]
    assert bytes_of[0] == bytes_of[1]

    view = await at.mira.press(first, "Edit", modal_within=10)
    errors = await at.mira.submit(view, {"seed": "-3", "size": "9x9"})
    assert set(errors) == {"seed", "size"}
    assert not await at.mira.submit(view, {"seed": "11", "size": "512x512", "count": "1"})
    edited = await painted(at, same, "seed 11 · 20 steps")
    assert len(edited["files"]) == 1

    await at.mira.press(first, "Delete", modal_within=0)

    async def gone() -> bool:
        if any(m["ts"] == first["ts"] for m in await at.mira.messages(STUDIO)):
            return False
        try:
            await at.mira.picture(first["files"][0])
        except ClientResponseError as refused:
            return refused.status == HTTPStatus.NOT_FOUND
        return False

    await at.mira.wait_for(gone, within=30, what="the pictures to be gone, and their message")
