"""A subject trained on top of another one: where it starts, what is said of it, and what becomes of the first."""

import pytest

from sandbox.slack.json_types import JsonObject
from tests.stories.acts import PETS, SECONDS, STUDIO, Scene, by_block
from tests.stories.runs import Followed, said
from tests.stories.test_comparing import the_picture

pytestmark = pytest.mark.asyncio(loop_scope="session")


def artifact(request: JsonObject) -> str:
    """Name what a training job leaves in S3."""
    return f"{request['OutputDataConfig']['S3OutputPath']}/{request['TrainingJobName']}/output/model.tar.gz"


def starts_from(request: JsonObject) -> str:
    """Give the model that a training job starts from."""
    (channel,) = [one for one in request["InputDataConfig"] if one["ChannelName"] == "model"]
    return channel["DataSource"]["S3DataSource"]["S3Uri"]


async def test_subject_is_trained_on_top_of_another_and_a_sheet_shows_what_is_remembered(at: Scene) -> None:
    await at.learn()
    (parent,) = at.made("CreateTrainingJob")
    child = at.another()
    run = Followed(child, await child.drop(await child.open_thread(f"dog on {at.subject}")))
    await run.says(f"On top of *{at.subject}*", "the first is forgotten", "both stay")
    await child.start_training(run.card)
    await child.announced(run.card)
    (request,) = await run.asked("CreateTrainingJob")
    assert starts_from(request) == artifact(parent["request"])
    assert starts_from(parent["request"]) != artifact(parent["request"])
    sheet = await run.told(f"What {child.subject} remembers of {at.subject}")
    assert (await the_picture(child, sheet)).width > 1_000
    prompt = f"a photo of {at.subject} cat in a hammock"
    await at.mira.command(STUDIO, "/imagine", prompt)
    await at.pictures(STUDIO, prompt)

    grandchild = await Followed.collected(at.another())
    view = await at.mira.press(grandchild.card, "Train", modal_within=SECONDS)
    assert "what jumpstart's article found" in said(view).lower()
    label = next(one for one in options(view, "parent") if one.startswith(child.subject))
    assert not await at.mira.submit(view, by_block(view, {"parent": label, "licence": ["yes"]}))
    (chosen,) = await grandchild.asked("CreateTrainingJob")
    assert starts_from(chosen) == artifact(request)
    await grandchild.cancelled()


def options(view: JsonObject, name: str) -> list[str]:
    """List what a select of a modal offers."""
    (block,) = [one for one in view["blocks"] if one.get("block_id") == name]
    return [str(option["text"]["text"]) for option in block["element"]["options"]]


async def test_training_on_top_of_a_model_that_is_not_there_says_so_and_opens_nothing(at: Scene) -> None:
    reply = await at.mira.command(PETS, "/train", f"{at.subject} dog on nobody")
    assert reply is not None
    assert reply["response_type"] == "ephemeral"
    assert "no model called “nobody”" in reply["text"]
    assert not await at.count(PETS, lambda m: at.subject in str(m["text"]))
