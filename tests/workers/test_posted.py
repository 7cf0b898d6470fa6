"""After pictures were shared, their message is known, the model has a portrait, and Delete takes all of it away."""

from typing import Any

import pytest

from core import gallery, words
from core.change import Change
from core.records import Generation, Model
from tests.support.fake_slack import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, stands
from tests.support.workshop import Workshop
from workers.posted import LOOKS, SURE_LOOKS


async def painted(workshop: Workshop, **different: Any) -> Generation:
    """Pictures that have just been shared, as they stand once all is done for them."""
    asked = await workshop.put(a_generation(**({"due": workshop.clock(), "count": 2} | different)))
    await workshop.step(asked)
    await workshop.follow(30)
    return await stands(workshop.store, asked)


def message(workshop: Workshop) -> str:
    (ts,) = workshop.slack.shared
    return ts


@pytest.mark.usefixtures("model")
async def test_message_with_the_pictures_is_found_and_linked(workshop: Workshop) -> None:
    posted = await painted(workshop)
    assert (posted.ts, posted.due, posted.state) == (message(workshop), None, "posted")
    assert await workshop.store.linked(TEAM, gallery.message_key(CHANNEL, posted.ts)) == posted.id
    assert await workshop.store.score(TEAM, gallery.asked_by(MIRA), posted.id) == posted.posted_at


@pytest.mark.usefixtures("model")
async def test_message_that_slack_knows_only_later_is_looked_for_again(workshop: Workshop) -> None:
    workshop.slack.shares_late = 3
    assert (await painted(workshop)).ts == message(workshop)
    assert len(workshop.slack.called("files.info")) == 4


@pytest.mark.usefixtures("model")
async def test_message_that_slack_never_knows_is_looked_for_a_bounded_number_of_times(workshop: Workshop) -> None:
    workshop.slack.shares_late = 10_000
    posted = await painted(workshop)
    await workshop.follow(1_200)
    posted = await stands(workshop.store, posted)
    assert (posted.state, posted.ts, posted.due) == ("posted", "", None)
    assert len(workshop.slack.called("files.info")) == LOOKS
    assert workshop.slack.called("chat.postEphemeral") == []


@pytest.mark.usefixtures("model")
async def test_pictures_whose_files_are_gone_are_not_looked_for_again(workshop: Workshop) -> None:
    workshop.slack.script("files.info", refusal("file_deleted"))
    posted = await painted(workshop)
    assert (posted.state, posted.ts, posted.due) == ("posted", "", None)


async def test_sample_becomes_the_portrait_of_a_model_without_one(workshop: Workshop, model: Model) -> None:
    posted = await painted(workshop, sample=True, user="", count=1)
    assert (await stands(workshop.store, model)).portrait == posted.files[0]


async def test_portrait_that_a_model_has_stays(workshop: Workshop, model: Model) -> None:
    await workshop.put(model.to("in_service", portrait="F0MINE"))
    await painted(workshop, sample=True, user="", count=1)
    await painted(workshop, id="generation2", count=1)
    assert (await stands(workshop.store, model)).portrait == "F0MINE"


async def test_portrait_waits_until_no_worker_is_at_the_model(workshop: Workshop, model: Model) -> None:
    await workshop.put(model.to("in_service", due=workshop.clock() + 8, tries=1))
    asked = await workshop.put(a_generation(due=workshop.clock(), sample=True, user=""))
    await workshop.step(asked)
    await workshop.follow(5, every=1)
    assert (await stands(workshop.store, model)).portrait == ""
    await workshop.follow(10, every=1)
    assert (await stands(workshop.store, model)).portrait == (await stands(workshop.store, asked)).files[0]
    assert (await stands(workshop.store, asked)).ts == message(workshop)


async def deleted(workshop: Workshop, posted: Generation) -> Generation:
    await workshop.put(posted.to("deleted", due=workshop.clock()))
    await workshop.follow(60)
    return await stands(workshop.store, posted)


@pytest.mark.usefixtures("model")
async def test_deleted_pictures_go_from_slack_with_their_message(workshop: Workshop) -> None:
    gone = await deleted(workshop, await painted(workshop))
    assert (workshop.slack.shared, workshop.slack.standing_files()) == ({}, [])
    assert (gone.state, gone.due) == ("deleted", None)


async def test_portrait_that_is_deleted_is_taken_from_its_model(workshop: Workshop, model: Model) -> None:
    await deleted(workshop, await painted(workshop, sample=True, user=""))
    assert (await stands(workshop.store, model)).portrait == ""
    await deleted(workshop, await painted(workshop, id="generation2"))


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("method", ["chat.delete", "files.delete"])
async def test_deletion_whose_answer_was_lost_is_carried_on(workshop: Workshop, method: str) -> None:
    posted = await painted(workshop)
    workshop.slack.lose(method, TimeoutError("lost"))
    assert (await deleted(workshop, posted)).due is None
    assert (workshop.slack.shared, workshop.slack.standing_files()) == ({}, [])


@pytest.mark.usefixtures("model")
async def test_pictures_whose_message_was_deleted_by_hand_are_deleted_too(workshop: Workshop) -> None:
    posted = await painted(workshop)
    workshop.slack.shared.clear()
    assert (await deleted(workshop, posted)).due is None
    assert workshop.slack.standing_files() == []


@pytest.mark.usefixtures("model")
async def test_pictures_deleted_before_their_message_is_known_take_it_along(workshop: Workshop) -> None:
    workshop.slack.shares_late = SURE_LOOKS - 2
    asked = await workshop.put(a_generation(due=workshop.clock()))
    posted = await workshop.step(asked)
    assert posted.ts == ""
    assert (await deleted(workshop, posted)).due is None
    assert (workshop.slack.shared, workshop.slack.standing_files()) == ({}, [])


@pytest.mark.usefixtures("model")
async def test_pictures_that_slack_does_not_let_go_are_told_to_their_asker(workshop: Workshop) -> None:
    posted = await painted(workshop)
    workshop.slack.script("files.delete", refusal("cant_delete_file"))
    assert (await deleted(workshop, posted)).due is None
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert (told["user"], told["text"]) == (MIRA, words.answer.not_deleted("Slack says: cant_delete_file"))


@pytest.mark.usefixtures("model")
async def test_press_between_looks_is_kept_and_the_message_is_still_found(workshop: Workshop) -> None:
    asked = await workshop.put(a_generation(due=workshop.clock()))
    posted = await workshop.step(asked)
    await workshop.store.commit(Change(TEAM).put(posted.to("posted", again="generation2")))
    await workshop.follow(30)
    found = await stands(workshop.store, asked)
    assert (found.again, found.ts) == ("generation2", message(workshop))
