"""Step counts compared in one sheet, and one of them kept."""

from io import BytesIO

import pytest
from PIL import Image

from sandbox.slack.json_types import JsonObject
from tests.stories.acts import PETS, SECONDS, STUDIO, Scene, buttons

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def the_picture(at: Scene, message: JsonObject) -> Image.Image:
    """Fetch the picture of a message's image block."""
    (block,) = [one for one in message["blocks"] if one["type"] == "image"]
    file = {"id": block["slack_file"]["id"]} | block["slack_file"]
    return Image.open(BytesIO(await at.mira.picture(file)))


async def test_steps_are_compared_in_one_sheet_and_one_is_kept_though_the_worker_is_killed_twice(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    view = await at.mira.press(card, "Compare steps", modal_within=SECONDS)
    assert "$" in str(view["blocks"][0])
    view_again = await at.mira.submit(view, {"steps": "6, 12", "licence": ["yes"]})
    assert not view_again
    (priced,) = await at.mira.views()
    assert "6, 12 steps" in str(priced["blocks"][0])
    assert not await at.mira.submit(priced)
    await killed_when_made(at, "CreateTrainingJob")
    await killed_when_made(at, "CreateEndpoint")
    sheet = await at.in_thread(card, lambda m: "step sheet of" in str(m["text"]))
    assert buttons(sheet) == ["Keep this one: 6 steps", "Keep this one: 12 steps"]
    assert (await the_picture(at, sheet)).width > 1_000
    assert not [one for one in at.house.aws.sandbox("meter")["running"] if at.subject in str(one)]
    await at.mira.press(sheet, "Keep this one: 12 steps", modal_within=0)
    await at.announced(card)
    await at.mira.command(STUDIO, "/imagine", f"a photo of {at.subject} cat in the snow --seed 1")
    await at.pictures(STUDIO, f"{at.subject} cat in the snow")
    assert len(at.made("CreateTrainingJob")) == 2
    assert len(at.made("CreateEndpoint")) == 3, "one for each row, and one for what was kept"
    assert await at.count(PETS, lambda m: "step sheet of" in str(m["text"]) and at.subject in str(m["text"])) == 1


async def killed_when_made(at: Scene, operation: str) -> None:
    """Kill the worker once SageMaker has carried this out, and start another."""

    async def made() -> bool:
        return bool(at.made(operation))

    await at.mira.wait_for(made, within=SECONDS, what=operation)
    await at.house.worker.kill()
    await at.house.start_worker()
