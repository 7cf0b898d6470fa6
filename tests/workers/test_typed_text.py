"""Whatever people, files and AWS say, what the workers show of it pings nobody, links nowhere and hides nothing."""

import pytest

from core import collecting, gallery, outbox
from core.asking import Asked
from core.change import Change
from core.exporting import ask as ask_for_export
from core.line import line_of
from core.records import Generation, Model, Run
from tests.support.fake_sagemaker import refusal
from tests.support.harmless import harm
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, a_photo, a_run
from tests.support.workshop import Workshop
from workers.trouble import photo as no_photo

STORED = "árvíztűrő <!channel> <@U0EVIL> @here & &lt;!here&gt; <http://evil.example|cat> *b* 🐈"
NAME = "darkroom-riobugger-model1-a1"


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model in service."""
    workshop.aws.sagemaker.serve(NAME)
    await workshop.store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
    return await workshop.put(a_model(state="in_service", attempt=1, due=None))


async def asked(workshop: Workshop) -> Generation:
    bad = {"prompt": STORED, "negative": STORED, "noted": True}
    generation = await workshop.put(a_generation(**bad, due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).index(line_of("model1"), generation.id, workshop.clock()))
    await workshop.put(outbox.note(generation, "painting…", workshop.clock()))
    return generation


async def shown(workshop: Workshop, *methods: str) -> list[str]:
    """Deliver all there is, and give everything that could do harm in what Slack was told by all methods.

    Each of these methods has been called with something of what was typed.
    """
    await workshop.follow(30)
    calls = workshop.slack.calls
    assert {method for method, said in calls if "árvíztűrő" in str(said)} >= set(methods)
    return [fault for _, said in calls for fault in harm(said)]


@pytest.mark.usefixtures("model")
async def test_pictures_are_shown_with_a_prompt_that_does_no_harm(workshop: Workshop) -> None:
    await asked(workshop)
    assert await shown(workshop, "files.completeUploadExternal") == []
    names = [said["filename"] for said in workshop.slack.called("files.getUploadURLExternal")]
    assert names == ["generation1-1.jpg"]


@pytest.mark.usefixtures("model")
async def test_home_shows_ones_own_pictures_harmlessly(workshop: Workshop) -> None:
    posted = a_generation(state="posted", files=("F1",), prompt=STORED, posted_at=workshop.clock())
    await workshop.put(posted)
    await workshop.store.commit(gallery.hang(Change(TEAM), posted))
    await workshop.put(outbox.home(TEAM, MIRA, workshop.clock()))
    assert await shown(workshop, "views.publish") == []


@pytest.mark.usefixtures("model")
async def test_failure_of_a_prompt_and_aws_own_words_are_told_harmlessly(workshop: Workshop) -> None:
    await asked(workshop)
    workshop.aws.script("invoke_endpoint", refusal("ValidationException", STORED))
    assert await shown(workshop, "chat.postEphemeral") == []


async def test_names_of_files_are_shown_harmlessly_on_the_card_and_in_the_thread(workshop: Workshop) -> None:
    run = await workshop.put(a_run())
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.run_due()
    bad, blurred = a_photo(name=f"{STORED}.jpg", due=workshop.clock()), a_photo(id="photo2", name=STORED, sharpness=0.1)
    for photo in (bad, blurred):
        await workshop.put(photo)
        await workshop.store.commit(Change(TEAM).index(collecting.photos_of(run.id), photo.id, 1.0, Run.ttl))
    workshop.decoders.trouble = no_photo("no picture.", "no_picture")
    hosted = {"id": "F1", "mode": "hosted", "size": 9, "url_private_download": "https://files.slack.com/x"}
    workshop.slack.files["F1"] = hosted
    assert await shown(workshop, "chat.postMessage", "chat.update") == []


async def test_failure_of_an_endpoint_is_told_harmlessly(workshop: Workshop) -> None:
    await workshop.put(a_run(state="trained", model="model1"))
    await workshop.put(a_model(state="asleep", due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).touch(Model, "model1", workshop.clock()))
    workshop.aws.script("create_model", *[refusal("ValidationException", STORED)] * 9)
    await asked(workshop)
    assert await shown(workshop, "chat.postEphemeral") == []


@pytest.mark.usefixtures("model")
async def test_export_of_such_pictures_is_shared_harmlessly(workshop: Workshop) -> None:
    model = await workshop.store.get(Model, TEAM, "model1")
    assert model
    await ask_for_export(workshop.store, Asked(TEAM, MIRA, CHANNEL, "", "key"), model, workshop.clock())
    assert await shown(workshop) == []
