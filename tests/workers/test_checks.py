"""Fixed pictures of a new model, painted behind what people wait for; and what it remembers of its parent."""

from typing import Any

import pytest

from core import asking, checking, outbox, words
from core.asking import Asked
from core.change import Change
from core.imagine_grammar import Imagine
from core.line import line_of
from core.records import Check, Generation, Model
from tests.support.fake_aws import JPEG
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_model, a_run, stands
from tests.support.workshop import Workshop

NAME = "darkroom-doppler-model2-a1"
LOST = refusal("InternalFailure", "lost", status=500)


@pytest.fixture
async def parent(workshop: Workshop) -> Model:
    """A model asleep, with its fixed pictures in the bucket."""
    model = await workshop.put(a_model())
    for picture in checking.own("darkroom", model):
        workshop.aws.objects[picture.key] = JPEG
    return model


async def a_child(workshop: Workshop, **different: Any) -> Model:
    """A model whose endpoint is about to come into service."""
    run = await workshop.put(a_run(id="run2", state="trained", model="model2", subject="doppler", noun="dog"))
    await workshop.put(outbox.card(run, workshop.clock()))
    usual = {"subject": "doppler", "noun": "dog", "instance_prompt": "a photo of doppler dog"}
    deploying = {"state": "deploying", "stage": "watch", "attempt": 1, "due": workshop.clock()}
    model = await workshop.put(a_model(**(usual | deploying | {"id": "model2", "run": "run2"} | different)))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    sagemaker = workshop.aws.sagemaker
    sagemaker.models[NAME], sagemaker.configs[NAME] = {}, {}
    sagemaker.serve(NAME)
    return model


async def the_check(workshop: Workshop, child: Model) -> Check:
    return await stands(workshop.store, checking.first(child, 0.0))


def painted(workshop: Workshop, model: str = "model2") -> list[str]:
    """List the kept pictures of a model, by what they are called."""
    return sorted(key.rpartition("/")[2] for key in workshop.aws.objects if f"/fixed/{model}/" in key)


OWN = [f"own-{place}.jpg" for place in range(1, 5)]
PARENTS = [f"parent-{place}.jpg" for place in range(1, 5)]


def sheets(workshop: Workshop) -> list[dict[str, Any]]:
    """The messages in Slack with a picture in them."""
    return [one for one in workshop.slack.messages.values() if "slack_file" in str(one.get("blocks"))]


async def test_new_model_keeps_its_fixed_pictures_and_shows_them_to_nobody(workshop: Workshop) -> None:
    child = await a_child(workshop)
    await workshop.follow(60, every=2)
    assert painted(workshop) == OWN
    assert (await the_check(workshop, child)).state == "kept"
    assert sheets(workshop) == []
    assert {call["Body"] for call in workshop.aws.called("invoke_endpoint")}


async def test_child_of_another_model_shows_what_it_remembers_in_its_thread_once(
    workshop: Workshop, parent: Model
) -> None:
    child = await a_child(workshop, parent=parent.id)
    await workshop.follow(120, every=2)
    assert painted(workshop) == OWN + PARENTS
    assert (await the_check(workshop, child)).state == "posted"
    (said,) = sheets(workshop)
    assert (said["channel"], said["thread_ts"]) == (CHANNEL, THREAD)
    assert said["text"] == words.comparing.forgetting("doppler", "riobugger", "cat")
    assert (await stands(workshop.store, parent)).state == "asleep"
    assert len(workshop.aws.called("invoke_endpoint")) == 9, "with the sample of the announcement"


async def test_fixed_pictures_are_asked_for_one_at_a_time_behind_what_people_want(workshop: Workshop) -> None:
    child = await a_child(workshop)
    asked = Asked(TEAM, MIRA, CHANNEL, "", "first")
    waiting = await asking.ask(workshop.store, asked, Imagine("a photo of doppler dog"), workshop.clock())
    await workshop.steps.step(TEAM, child.member)
    check = await the_check(workshop, child)
    await workshop.step(check)
    assert painted(workshop) == []
    await workshop.follow(10, every=2)
    assert (await stands(workshop.store, waiting.generation)).state == "posted"
    assert painted(workshop)
    line = await workshop.store.members(TEAM, line_of(child.id))
    fixed = [one for one in await workshop.store.get_all(Generation, TEAM, line) if one.keep]
    assert len(fixed) <= 1


async def test_model_is_checked_once_however_often_it_comes_into_service(workshop: Workshop) -> None:
    child = await a_child(workshop)
    await workshop.follow(60, every=2)
    calls = len(workshop.aws.called("invoke_endpoint"))
    model = await stands(workshop.store, child)
    again = await workshop.put(model.to("draining").to("asleep").to("deploying", stage="watch", due=workshop.clock()))
    await workshop.follow(60, every=2)
    assert (await stands(workshop.store, again)).state == "in_service"
    assert len(workshop.aws.called("invoke_endpoint")) == calls


async def test_model_that_falls_asleep_meanwhile_is_not_woken_for_its_check(workshop: Workshop, parent: Model) -> None:
    child = await a_child(workshop, parent=parent.id)
    await workshop.steps.step(TEAM, child.member)
    model = await stands(workshop.store, child)
    await workshop.put(model.to("draining", stage="endpoint", then="asleep", due=workshop.clock()))
    await workshop.follow(300)
    assert (await stands(workshop.store, child)).state == "asleep"
    assert workshop.aws.names("create") == []
    assert (await the_check(workshop, child)).state == "failed"
    assert sheets(workshop) == []


async def test_check_that_was_cut_short_is_drawn_with_what_there_is(workshop: Workshop, parent: Model) -> None:
    child = await a_child(workshop, parent=parent.id)
    while "parent-2.jpg" not in painted(workshop):
        await workshop.follow(2, every=2)
    model = await stands(workshop.store, child)
    await workshop.put(model.to("draining", stage="endpoint", then="asleep", due=workshop.clock()))
    await workshop.follow(300)
    assert painted(workshop)[-1] < "parent-4.jpg"
    assert len(sheets(workshop)) == 1


async def test_parent_without_pictures_of_its_own_is_compared_by_words(workshop: Workshop, parent: Model) -> None:
    workshop.aws.objects.clear()
    await a_child(workshop, parent=parent.id)
    await workshop.follow(120, every=2)
    assert len(sheets(workshop)) == 1


async def test_parent_that_is_gone_is_not_compared(workshop: Workshop) -> None:
    child = await a_child(workshop, parent="deleted")
    await workshop.follow(120, every=2)
    assert painted(workshop) == OWN
    assert (await the_check(workshop, child)).state == "kept"


async def test_picture_that_the_endpoint_refuses_leaves_its_place_empty(workshop: Workshop, parent: Model) -> None:
    child = await a_child(workshop, parent=parent.id)
    refused = refusal("ModelError", "no", OriginalStatusCode=400, OriginalMessage="no")
    workshop.aws.script("invoke_endpoint", *[refused] * 3)
    await workshop.follow(120, every=2)
    assert (await the_check(workshop, child)).state == "posted"
    assert workshop.said().count(words.comparing.forgetting("doppler", "riobugger", "cat")) == 1
    assert not any("could not paint" in text for text in workshop.said())


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage"])
async def test_sheet_whose_answer_was_lost_is_posted_once(workshop: Workshop, parent: Model, method: str) -> None:
    child = await a_child(workshop, parent=parent.id)
    while (await stands(workshop.store, child)).state != "in_service" or len(painted(workshop)) < 8:
        await workshop.follow(2, every=2)
    workshop.slack.lose(method, TimeoutError("lost"))
    await workshop.follow(300)
    assert len(sheets(workshop)) == 1
    assert len(workshop.aws.called("invoke_endpoint")) == 9


async def test_sheet_waits_until_slack_has_looked_at_the_picture(workshop: Workshop, parent: Model) -> None:
    await a_child(workshop, parent=parent.id)
    while len(painted(workshop)) < 8:
        await workshop.follow(2, every=2)
    workshop.slack.looks_at_files = 2
    await workshop.follow(4, every=2)
    assert sheets(workshop) == []
    await workshop.follow(60)
    assert len(sheets(workshop)) == 1


async def test_bucket_that_is_away_is_waited_for(workshop: Workshop, parent: Model) -> None:
    await a_child(workshop, parent=parent.id)
    workshop.aws.script("get_object", *[LOST] * 3)
    await workshop.follow(300)
    assert len(sheets(workshop)) == 1


async def test_check_of_a_model_that_is_gone_ends(workshop: Workshop) -> None:
    check = await workshop.put(Check(team=TEAM, id="check1", state="painting", model="gone", due=workshop.clock()))
    assert (await workshop.step(check)).state == "failed"
    await workshop.run_due()
    assert workshop.slack.calls == []
