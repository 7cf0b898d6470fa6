"""A step sheet: two trainings and one endpoint at a time, whatever fails or is cut off; then one is kept, or none."""

import json
from dataclasses import replace

import pytest

from core import checking, comparing, names, recipe, terms, words
from core.change import Change
from core.idling import USED
from core.line import line_of
from core.recipe import Choice
from core.records import Model
from core.records.comparing import CHOOSING_DAYS
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, stands
from tests.workers.runs import with_photos
from tests.workers.sheet_world import CHOICE, World, buttons, keep, offers

GONE = refusal("ValidationError", "Endpoint darkroom of account 123456789012 not found.")


async def test_sheet_is_made_of_two_trainings_and_one_endpoint_at_a_time(world: World) -> None:
    await world.start(50, 100, 200, 400, 800)
    sheet = await world.until("choosing")
    assert (world.jobs_most, world.endpoints_most) == (2, 1)
    jobs = world.workshop.aws.called("create_training_job")
    assert [job["HyperParameters"]["max_steps"] for job in jobs] == ['"50"', '"100"', '"200"', '"400"', '"800"']
    assert len(world.workshop.aws.called("create_endpoint")) == 5
    assert world.workshop.aws.sagemaker.endpoints == {}
    painted = [key for key in world.workshop.aws.objects if "/fixed/" in key]
    assert len(painted) == 20
    assert len(world.workshop.aws.called("invoke_endpoint")) == 20
    assert sheet.sheet


async def test_face_is_compared_with_prior_preservation_and_the_class_photos_of_its_thread(world: World) -> None:
    workshop = world.workshop
    await with_photos(workshop, world.root, *["judged"] * 3, role="class")
    about = await terms.read(workshop.store, world.root, workshop.house.settings)
    face = recipe.read(world.root, {"preset": "face", "max_steps": "100", "licence": "yes"}, about)
    assert isinstance(face, Choice)
    assert await comparing.start(workshop.store, world.root, face, (50, 100), MIRA, workshop.clock())
    await workshop.run_due()
    jobs = workshop.aws.called("create_training_job")
    assert [job["ResourceConfig"]["InstanceType"] for job in jobs] == ["ml.g5.2xlarge"] * 2
    for job in jobs:
        sent = {name: json.loads(value) for name, value in job["HyperParameters"].items()}
        assert sent["with_prior_preservation"] == "True"
    for run in (await world.runs()).values():
        kept = [key for key in world.kept_in_bucket(run.id) if names.CLASS_PHOTOS in key]
        assert len(kept) == 3
        described = next(key for key in world.kept_in_bucket(run.id) if key.endswith("dataset_info.json"))
        assert json.loads(workshop.aws.objects[described])["class_prompt"] == "a photo of a cat"


async def test_choice_is_posted_once_in_the_thread_with_a_button_for_each_row(world: World) -> None:
    await world.start(50, 100)
    sheet = await world.until("choosing")
    await world.tick()
    (said,) = offers(world.workshop)
    assert (said["channel"], said["thread_ts"]) == (CHANNEL, THREAD)
    models = await world.models()
    assert buttons(said) == [f"{sheet.id}:{models[steps].id}" for steps in (50, 100)]
    assert {"type": "image", "slack_file": {"id": sheet.sheet}}.items() <= said["blocks"][1].items()
    assert "deleted for good" in str(said["blocks"][2])


async def test_models_of_a_sheet_are_neither_announced_nor_anybody_elses_to_prompt(world: World) -> None:
    await world.start(50, 100)
    await world.until("choosing")
    assert await world.workshop.store.table(TEAM, "catalogue") == {}
    assert not [text for text in world.workshop.said() if "in service" in text or "asleep" in text]
    assert all(model.comparison for model in (await world.models()).values())


async def test_card_shows_how_far_each_row_is(world: World) -> None:
    await world.start(50, 100, 200)
    shown: list[str] = []
    while (await world.sheet()).state == "training":
        await world.tick()
        shown += [str(one["blocks"]) for one in world.workshop.slack.messages.values() if one["text"].startswith("rio")]
    for words_of_a_row in (
        words.comparing.WAITS,
        words.comparing.COMING_UP,
        words.comparing.PAINTED,
        words.comparing.TRAINED,
    ):
        assert any(words_of_a_row in card for card in shown), words_of_a_row
    await world.until("choosing")
    await world.tick()
    card = next(one for one in world.workshop.slack.messages.values() if one["text"].startswith("rio"))
    assert words.comparing.choosing(CHOOSING_DAYS) in str(card["blocks"])
    assert "keep_steps" in str(card["blocks"])


async def test_row_whose_training_failed_says_why_and_the_others_go_on(world: World) -> None:
    world.broken = {100}
    await world.start(50, 100, 200)
    await world.until("choosing")
    assert len(buttons(offers(world.workshop)[0])) == 2
    assert (await world.runs())[100].state == "failed"
    assert not [text for text in world.workshop.said() if "did not work" in text]


async def test_row_whose_endpoint_failed_can_still_be_kept(world: World) -> None:
    world.dark = {100}
    await world.start(50, 100)
    await world.until("choosing")
    assert len(buttons(offers(world.workshop)[0])) == 2
    assert len([key for key in world.workshop.aws.objects if "/fixed/" in key]) == 4
    world.dark = set()
    model = await keep(world, 100)
    await world.until("kept")
    await world.tick()
    assert (await stands(world.workshop.store, model)).state == "in_service"


async def test_endpoint_that_somebody_deleted_comes_up_again_before_the_next_row_is_painted(world: World) -> None:
    await world.start(50, 100)
    world.workshop.aws.script("invoke_endpoint", GONE)
    await world.until("choosing")
    made = [one["EndpointName"] for one in world.workshop.aws.called("create_endpoint")]
    assert [name.rpartition("-")[2] for name in made] == ["a1", "a2", "a1"]
    assert world.endpoints_most == 1
    assert len([key for key in world.workshop.aws.objects if "/fixed/" in key]) == 8


async def test_model_that_nobody_woke_for_its_pictures_is_woken(world: World) -> None:
    await world.start(50, 100)
    while not (asked := [one for one in (await world.models()).values() if one.state == "deploying"]):
        await world.tick(1)
    store = world.workshop.store
    lost = replace(asked[0], state="asleep", stage="", due=None)
    world.workshop.aws.sagemaker.endpoints.clear()
    world.workshop.aws.sagemaker.configs.clear()
    world.workshop.aws.sagemaker.models.clear()
    assert await store.commit(Change(TEAM).put(lost))
    await world.until("choosing")
    assert world.endpoints_most == 1
    assert len([key for key in world.workshop.aws.objects if "/fixed/" in key]) == 8


async def test_sheet_of_which_nothing_was_trained_gives_the_set_back(world: World) -> None:
    world.broken = {50, 100}
    await world.start(50, 100)
    await world.until("cancelled")
    root = await stands(world.workshop.store, world.root)
    assert (root.state, root.comparison, root.instance) == ("collecting", "", "")
    assert words.comparing.nothing_trained("riobugger") in world.workshop.said()
    assert offers(world.workshop) == []


async def test_one_that_is_kept_becomes_the_model_and_the_others_are_deleted(world: World) -> None:
    await world.start(50, 100, 200)
    await world.until("choosing")
    others = [model for steps, model in (await world.models()).items() if steps != 100]
    model = await keep(world, 100)
    await world.until("kept")
    for _ in range(3):
        await world.tick()
    store = world.workshop.store
    root = await stands(store, world.root)
    assert (root.state, root.model, root.max_steps, root.comparison) == ("trained", model.id, 100, "")
    kept = await stands(store, model)
    assert (kept.state, kept.comparison, kept.run) == ("in_service", "", root.id)
    assert await store.table(TEAM, "catalogue") == {model.id: "riobugger"}
    assert len([text for text in world.workshop.said() if "is *in service*" in text]) == 1
    for other in others:
        assert await store.get(Model, TEAM, other.id) is None
        assert await store.score(TEAM, USED, other.id) is None
        assert await store.members(TEAM, line_of(other.id)) == []
        assert world.kept_in_bucket(other.run)
        assert not [key for key in world.workshop.aws.objects if checking.folder_of("darkroom", other) in key]
    for steps, run in (await world.runs()).items():
        assert bool(world.kept_in_bucket(run.id)) == (steps == 100)
    assert words.comparing.kept(MIRA, 100, "riobugger") in world.workshop.said()
    (sheet,) = [one for one in world.workshop.slack.messages.values() if "step sheet of" in one["text"]]
    assert buttons(sheet) == [], "nothing can be chosen any more"
    assert await store.members(TEAM, "runs") == []


@pytest.mark.parametrize("late", ["kept already", "cancelled", "of another sheet"])
async def test_choice_is_made_once(world: World, late: str) -> None:
    await world.start(50, 100)
    sheet = await world.until("choosing")
    models = await world.models()
    store, now = world.workshop.store, world.workshop.clock()
    if late == "kept already":
        assert await comparing.keep(store, sheet, models[50].id, MIRA, now)
    elif late == "cancelled":
        assert await comparing.cancel(store, sheet, MIRA, now)
    chosen = "model1" if late == "of another sheet" else models[100].id
    assert not await comparing.keep(store, sheet, chosen, MIRA, now)
    assert not await comparing.keep(store, await world.sheet(), chosen, MIRA, now)


async def test_two_who_start_at_once_start_one_sheet(world: World) -> None:
    await world.start(50, 100)
    assert not await comparing.start(
        world.workshop.store, world.root, CHOICE, (200, 400), "U0THEO", world.workshop.clock()
    )
    assert (await world.sheet()).steps == (50, 100)


@pytest.mark.parametrize("ticks", range(8))
async def test_cancel_stops_everything_and_gives_the_set_back(world: World, ticks: int) -> None:
    await world.start(50, 100, 200)
    for _ in range(ticks):
        await world.tick()
    store = world.workshop.store
    assert await comparing.cancel(store, await world.sheet(), MIRA, world.workshop.clock())
    await world.until("cancelled")
    root = await stands(store, world.root)
    assert (root.state, root.comparison) == ("collecting", "")
    assert await world.models() == {}
    assert all(run.state in {"trained", "cancelled", "failed"} for run in (await world.runs()).values())
    sagemaker = world.workshop.aws.sagemaker
    assert (sagemaker.endpoints, sagemaker.configs, sagemaker.models) == ({}, {}, {})
    assert all(job["TrainingJobStatus"] != "InProgress" for job in sagemaker.jobs.values())
    assert not [key for run in (await world.runs()).values() for key in world.kept_in_bucket(run.id)]
    assert not [key for key in world.workshop.aws.objects if "/fixed/" in key]
    assert [key for key in world.workshop.aws.objects if "/photos/" in key]
    calls = len(world.workshop.aws.names("create"))
    for _ in range(5):
        await world.tick(60)
    assert len(world.workshop.aws.names("create")) == calls


async def test_set_that_was_given_back_can_be_compared_again(world: World) -> None:
    await world.start(50, 100)
    await world.tick()
    await comparing.cancel(world.workshop.store, await world.sheet(), MIRA, world.workshop.clock())
    first = await world.until("cancelled")
    again = World(world.workshop, await stands(world.workshop.store, world.root))
    await again.start(50, 100)
    assert (await again.until("choosing")).id != first.id
    assert len(offers(world.workshop)) == 1
