"""The list of models in the studio, and its buttons."""

from collections.abc import Callable

from sandbox.slack.json_types import JsonObject, as_objects
from tests.stories.acts import STUDIO, Scene


async def whispered(at: Scene, fits: Callable[[JsonObject], object]) -> JsonObject:
    """Wait for a message in the studio that only Mira sees."""
    return await at.mira.wait_for_message(STUDIO, lambda message: message.get("ephemeral_for") and fits(message))


def buttons_of(message: JsonObject, name: str) -> list[JsonObject]:
    """Give what stands in a list of models about one of them: its paragraph, and the row below."""
    blocks = as_objects(message.get("blocks"))
    named = [place for place, block in enumerate(blocks) if f"*{name}* · " in str(block.get("text"))]
    return blocks[named[0] : named[0] + 2] if named else []


async def pressed(at: Scene, name: str, button: str, modal_within: float = 0) -> JsonObject:
    """Press a model's button in the list, on whatever page it is."""
    while True:
        shown = await whispered(at, lambda message: "Models" in str(message.get("text")) and message.get("blocks"))
        row = buttons_of(shown, name)
        if row:
            value = row[1]["elements"][0]["value"]
            return await at.mira.press(shown, button, value, modal_within=modal_within)
        await at.mira.press(shown, "Next", modal_within=0)
