"""A model that somebody deletes: nothing bills, nothing of it is left, and whoever waited for it is told."""

from dataclasses import replace
from typing import Any

import pytest

from core import checking, collecting, gallery, line, outbox, words
from core.asking import Asked, ask
from core.change import Change
from core.defaults import CHANNELS, make_default
from core.idling import USED
from core.imagine_grammar import Imagine
from core.line import line_of
from core.managing import Hand
from core.queue import QUEUE
from core.records import Generation, Model, Run
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, a_run, stands
from tests.support.workshop import Workshop

NAME = "darkroom-riobugger-model1-a1"
MINE = f"darkroom/{TEAM}/run1"
THEO = "U0THEO"
CAT = Imagine("a photo of riobugger cat")


async def taught(workshop: Workshop, **different: Any) -> Model:
    """A model with all that a training leaves in the bucket and in Redis, beside somebody else's."""
    run = await workshop.put(a_run(state="trained", model="model1"))
    await workshop.put(replace(outbox.card(run, workshop.clock()), ts="1.1", due=None))
    artifact = f"{MINE}/out/job/output/model.tar.gz"
    usual: dict[str, Any] = {"artifact": f"s3://photos/{artifact}", "portrait": "F0FACE", "attempt": 1}
    model = await workshop.put(a_model(**(usual | different)))
    await workshop.store.commit(
        make_default(model, CHANNEL).name("catalogue", model.id, model.subject).index(USED, model.id, 1.0)
    )
    kept = f"{checking.folder_of('darkroom', model)}own-1.jpg"
    for key in (artifact, kept, f"{MINE}/photos/p0.jpg", f"{MINE}/dataset-a1/p0.jpg", f"{MINE}1/photos/p0.jpg"):
        workshop.aws.objects[key] = b"bytes"
    return model


def hand(workshop: Workshop, user: str = MIRA) -> Hand:
    return Hand(workshop.store, workshop.settings, TEAM, user, CHANNEL, workshop.clock())


async def deleted(workshop: Workshop, seconds: float = 60) -> bool:
    """Press Delete, and let time go by; tells whether the model is gone."""
    assert await hand(workshop).delete("model1") == ""
    await workshop.run_due()
    await workshop.follow(seconds)
    return await workshop.store.get(Model, TEAM, "model1") is None


async def test_nothing_is_left_of_a_model_and_the_thread_is_told_who_deleted_it(workshop: Workshop) -> None:
    await taught(workshop)
    assert await deleted(workshop)
    assert list(workshop.aws.objects) == [f"{MINE}1/photos/p0.jpg"]
    assert workshop.slack.called("files.delete") == [{"file": "F0FACE"}]
    store = workshop.store
    assert await store.table(TEAM, "catalogue") == await store.table(TEAM, CHANNELS) == {}
    assert await store.members(TEAM, USED) == []
    (said,) = [one for one in workshop.slack.messages.values() if "deleted" in one["text"]]
    assert (said["thread_ts"], said["text"]) == (THREAD, words.models.deleted(MIRA, "riobugger"))


@pytest.mark.parametrize("stage", ["watch", "in service"])
async def test_endpoint_is_taken_down_first(workshop: Workshop, stage: str) -> None:
    up = {"state": "in_service"} if stage == "in service" else {"state": "deploying", "stage": stage}
    sagemaker = workshop.aws.sagemaker
    sagemaker.models[NAME], sagemaker.configs[NAME] = {}, {}
    sagemaker.serve(NAME)
    await taught(workshop, **up, up_since=workshop.clock(), an_hour=0.94)
    assert await deleted(workshop, 120)
    assert [sagemaker.endpoints, sagemaker.configs, sagemaker.models] == [{}, {}, {}]
    assert "is asleep" not in str(workshop.said())
    assert workshop.aws.names("delete")[-1] == "delete_objects"


async def test_who_waits_for_a_picture_is_told_at_once(workshop: Workshop) -> None:
    await taught(workshop, state="draining", stage="deleting", then="asleep")
    workshop.aws.sagemaker.serve(NAME)
    asked = [await ask(workshop.store, Asked(TEAM, THEO, CHANNEL, "", key), CAT, workshop.clock()) for key in "ab"]
    assert await hand(workshop).delete("model1") == ""
    await workshop.run_due()
    assert [(await stands(workshop.store, one.generation)).state for one in asked] == ["cancelled"] * 2
    told = [(one["user"], one["text"]) for one in workshop.slack.called("chat.postEphemeral")]
    assert told == [(THEO, words.models.deleted_under(MIRA, "riobugger", CAT.prompt))] * 2
    assert (await stands(workshop.store, a_model())).state == "draining"


async def test_endpoint_stays_until_the_picture_that_it_paints_is_there(workshop: Workshop) -> None:
    workshop.aws.sagemaker.serve(NAME)
    await taught(workshop, state="in_service")
    painting = a_generation(state="painting", asked_at=1.0, tries=1, due=workshop.clock() + 1e6)
    change = line.enter(Change(TEAM), painting, workshop.clock())
    await workshop.store.commit(line.start(change.put(painting), painting, workshop.clock()))
    assert await hand(workshop).delete("model1") == ""
    await workshop.follow(30, every=10)
    assert NAME in workshop.aws.sagemaker.endpoints
    assert workshop.aws.sagemaker.endpoints[NAME]["EndpointStatus"] == "InService"
    await workshop.store.commit(line.make_room(Change(TEAM), painting))
    await workshop.follow(10, every=5)
    assert workshop.aws.sagemaker.endpoints.get(NAME, {}).get("EndpointStatus") != "InService"


async def test_picture_that_is_being_painted_is_waited_for(workshop: Workshop) -> None:
    await taught(workshop)
    painting = await workshop.put(a_generation(state="painting"))
    await workshop.store.commit(Change(TEAM).index(line_of("model1"), painting.id, 1.0))
    assert not await deleted(workshop)
    assert workshop.aws.objects
    await workshop.put(replace(painting.to("parked"), due=None))
    await workshop.follow(30)
    assert await workshop.store.get(Model, TEAM, "model1") is None
    assert (await stands(workshop.store, painting)).state == "cancelled"


async def test_prompt_that_comes_in_at_the_last_moment_is_told_too(workshop: Workshop) -> None:
    model = await taught(workshop)
    late = a_generation(state="parked")
    await workshop.put(replace(model.to("deleting"), stage="forget", deleted_by=MIRA, due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).put(late).index(line_of(model.id), late.id, 1.0))
    await workshop.run_due()
    assert (await stands(workshop.store, late)).state == "cancelled"
    assert await workshop.store.get(Model, TEAM, model.id) is None


async def test_prompts_that_nobody_asked_for_are_let_go_of_in_silence(workshop: Workshop) -> None:
    await taught(workshop)
    for identity, kind in (("s1", {"sample": True}), ("k1", {"keep": "somewhere"})):
        silent = await workshop.put(a_generation(id=identity, state="parked", user="", **kind))
        await workshop.store.commit(Change(TEAM).index(line_of("model1"), silent.id, 1.0))
    assert await deleted(workshop)
    assert workshop.slack.called("chat.postEphemeral") == []


async def test_note_in_the_thread_goes_with_its_prompt(workshop: Workshop) -> None:
    await taught(workshop)
    noted = await workshop.put(a_generation(state="parked", thread_ts=THREAD, noted=True))
    note = await workshop.put(outbox.note(noted, "waking…", workshop.clock()))
    await workshop.store.commit(Change(TEAM).index(line_of("model1"), noted.id, 1.0))
    await workshop.step(note)
    assert await deleted(workshop)
    assert "waking…" not in workshop.said()


async def test_its_pictures_are_deleted_and_those_of_other_models_stay(workshop: Workshop) -> None:
    await taught(workshop, state="in_service", in_service_at=workshop.clock(), portrait="")
    workshop.aws.sagemaker.serve(NAME)
    answers = [await ask(workshop.store, Asked(TEAM, THEO, CHANNEL, "", key), CAT, workshop.clock()) for key in "ab"]
    await workshop.run_due()
    await workshop.follow(30)
    theirs = await workshop.put(a_generation(id="theirs", model="model2", state="posted", files=("F0THEIRS",)))
    painted = [await stands(workshop.store, answer.generation) for answer in answers]
    assert [one.state for one in painted] == ["posted"] * 2
    assert await deleted(workshop, 180)
    assert [(await stands(workshop.store, one)).state for one in painted] == ["deleted"] * 2
    gone = {call["file"] for call in workshop.slack.called("files.delete")}
    assert gone == {file for one in painted for file in one.files}
    assert {call["ts"] for call in workshop.slack.called("chat.delete")} == {one.ts for one in painted}
    assert (await stands(workshop.store, theirs)).state == "posted"
    assert await workshop.store.members(TEAM, gallery.in_channel(CHANNEL)) == []


async def test_artifact_stays_until_a_training_that_starts_from_it_is_over(workshop: Workshop) -> None:
    await taught(workshop)
    child = await workshop.put(a_run(id="run2", state="training", parent="model1"))
    await workshop.store.commit(Change(TEAM).index("runs", child.id, 1.0).index(QUEUE, child.id, 1.0, Run.ttl))
    assert not await deleted(workshop)
    assert f"{MINE}/out/job/output/model.tar.gz" in workshop.aws.objects
    await workshop.put(replace(child.to("trained"), due=None))
    await workshop.follow(30)
    assert await workshop.store.get(Model, TEAM, "model1") is None


async def test_what_another_model_or_a_set_still_needs_stays(workshop: Workshop) -> None:
    await taught(workshop)
    set_again = await workshop.put(a_run(id="run9", root="run1"))
    await workshop.store.commit(Change(TEAM).index("runs", set_again.id, 1.0))
    assert await deleted(workshop)
    kept = [f"{MINE}/photos/p0.jpg", f"{MINE}/dataset-a1/p0.jpg", f"{MINE}1/photos/p0.jpg"]
    assert list(workshop.aws.objects) == kept


async def test_model_of_a_step_sheet_goes_with_the_run_that_trained_it_and_its_set(workshop: Workshop) -> None:
    await taught(workshop, artifact=f"s3://photos/darkroom/{TEAM}/row2/out/job/output/model.tar.gz")
    workshop.aws.objects[f"darkroom/{TEAM}/row2/dataset-a1/p0.jpg"] = b"bytes"
    assert await deleted(workshop)
    assert list(workshop.aws.objects) == [f"{MINE}1/photos/p0.jpg"]


async def test_ready_made_model_has_nothing_in_the_bucket(workshop: Workshop) -> None:
    await taught(workshop, run="", thread_ts="", artifact="")
    workshop.aws.objects.clear()
    workshop.aws.objects[f"darkroom/{TEAM}/run7/photos/p0.jpg"] = b"somebody else's"
    assert await deleted(workshop)
    assert len(workshop.aws.objects) == 1


async def test_bucket_that_refuses_is_told_once_and_tried_again(workshop: Workshop) -> None:
    await taught(workshop)
    workshop.aws.script("list_objects_v2", *[refusal("AccessDenied", "not allowed")] * 4)
    assert not await deleted(workshop, 180)
    assert len([text for text in workshop.said() if "I keep trying" in text]) == 1
    await workshop.follow(300)
    assert await workshop.store.get(Model, TEAM, "model1") is None


@pytest.mark.parametrize("crashes", range(1, 7))
async def test_worker_that_dies_anywhere_leaves_nothing_undone(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, crashes: int
) -> None:
    """Every commit of the deletion is lost once, in turn: what was done is done again."""
    await taught(workshop)
    assert await hand(workshop).delete("model1") == ""
    commit, count = workshop.store.commit, [0]

    async def dies(change: Change) -> bool:
        count[0] += 1
        return False if count[0] == crashes else await commit(change)

    monkeypatch.setattr(workshop.store, "commit", dies)
    await workshop.run_due()
    await workshop.follow(120)
    assert await workshop.store.get(Model, TEAM, "model1") is None
    assert list(workshop.aws.objects) == [f"{MINE}1/photos/p0.jpg"]
    assert len([text for text in workshop.said() if "deleted" in text]) == 1


async def test_training_on_top_of_a_deleted_model_fails_in_words(workshop: Workshop, run: Run) -> None:
    await workshop.put(a_model(id="parent", state="deleting", stage="bucket", deleted_by=MIRA))
    await workshop.put(replace(run, parent="parent"))
    await workshop.run_due()
    failed = await stands(workshop.store, run)
    assert (failed.state, failed.reason) == ("failed", words.training.PARENT_GONE)
    assert workshop.aws.names("create") == []
    assert await collecting.photos(workshop.store, run)


async def test_child_of_a_deleted_model_paints_on(workshop: Workshop) -> None:
    await taught(workshop)
    child = await workshop.put(a_model(id="child", subject="doppler", run="run2", parent="model1", state="in_service",
                                       attempt=1))  # fmt: skip
    workshop.aws.sagemaker.serve("darkroom-doppler-child-a1")
    await workshop.store.commit(Change(TEAM).name("catalogue", child.id, child.subject))
    assert await deleted(workshop)
    answer = await ask(workshop.store, Asked(TEAM, MIRA, CHANNEL, "", "k"), Imagine("doppler"), workshop.clock())
    await workshop.run_due()
    assert (await stands(workshop.store, answer.generation)).state == "posted"
    assert await workshop.store.get(Generation, TEAM, answer.generation.id)
