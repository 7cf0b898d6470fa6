"""A recipe of one's own: the modal drawn anew as it is filled in, and the job that AWS is then asked for."""

import json

import pytest

from tests.stories.acts import SECONDS, Scene, accept

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_face_is_trained_with_prior_preservation_on_the_machine_that_has_the_memory(at: Scene) -> None:
    card = await at.drop(await at.open_thread("man"))
    view = await at.mira.press(card, "Train", modal_within=SECONDS)
    await at.mira.fill(view, {"instance_prompt": f"a portrait of {at.subject} man"})
    face = await at.mira.press(view, "preset", "face")
    shown = await at.mira.press(face, "advanced")
    small = {"instance": "ml.g4dn.2xlarge", "licence": ["yes"]}
    errors = await at.mira.submit(shown, small)
    assert "Take ml.g5.2xlarge." in errors["instance.prior"]
    told = {"instance": "ml.g5.2xlarge", "max_steps": "6", "num_class_images": "4", "seed": "11"}
    await accept(at.mira, shown, told)

    async def asked_for() -> object:
        return at.made("CreateTrainingJob")

    await at.mira.wait_for(asked_for, 60, "the training job")
    (made,) = at.made("CreateTrainingJob")
    request = made["request"]
    sent = {name: json.loads(value) for name, value in request["HyperParameters"].items()}
    assert (sent["max_steps"], sent["with_prior_preservation"], sent["num_class_images"]) == ("6", "True", "4")
    assert sent["seed"] == "11"
    assert request["ResourceConfig"]["InstanceType"] == "ml.g5.2xlarge"
    assert not request.get("EnableManagedSpotTraining")
    await at.announced(card)
