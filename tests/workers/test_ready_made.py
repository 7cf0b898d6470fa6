"""A ready-made model comes up on its own machine, is announced where it was added, and sleeps like one's own."""

from dataclasses import replace

import pytest

from core import adding, ledger, spending, words
from core.adding import Wish
from core.checking import first
from core.managing import Hand
from core.records import Check, Model
from core.shelf import Offer
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_ready_made_model, stands
from tests.support.workshop import READY_MADE, Workshop
from workers.trouble import Trouble

NAME = "darkroom-ghibli-ready1-a1"
OFFER = Offer(READY_MADE.model_id, READY_MADE.version, ("ml.g5.2xlarge",))
WISH = Wish(TEAM, MIRA, CHANNEL, OFFER, "ghibli", "ml.g5.2xlarge")
ADDED = adding.model_id(TEAM, OFFER.id)


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A ready-made model on its way up."""
    up = {"state": "deploying", "stage": "model", "attempt": 1, "due": workshop.clock()}
    return await workshop.put(a_ready_made_model(**up))


async def up(workshop: Workshop, model: Model) -> Model:
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(15, every=15)
    return await stands(workshop.store, model)


async def down(workshop: Workshop, model: Model) -> Model:
    await workshop.run_due()
    await workshop.follow(120)
    return await stands(workshop.store, model)


async def test_ready_made_model_is_deployed_from_jumpstarts_artifact_on_its_own_machine(
    workshop: Workshop, model: Model
) -> None:
    await workshop.run_due()
    (made,) = workshop.aws.called("create_model")
    assert made["PrimaryContainer"]["ModelDataSource"]["S3DataSource"]["S3Uri"] == READY_MADE.model_data
    (config,) = workshop.aws.called("create_endpoint_config")
    assert config["ProductionVariants"][0]["InstanceType"] == model.instance
    assert set(workshop.jumpstart.asked_for) == {model.instance}
    assert workshop.aws.called("create_endpoint")[0]["EndpointName"] == NAME


async def test_ready_made_model_is_announced_once_in_the_channel_it_was_added_in(
    workshop: Workshop, model: Model
) -> None:
    assert (await up(workshop, model)).state == "in_service"
    (said,) = [one for one in workshop.slack.messages.values() if "*in service*" in one["text"]]
    assert (said["channel"], said.get("thread_ts")) == (CHANNEL, None)
    (shared,) = workshop.slack.called("files.completeUploadExternal")
    assert (shared["channel_id"], shared.get("thread_ts"), len(shared["files"])) == (CHANNEL, None, 1)


async def test_ready_made_model_has_nothing_learnt_to_be_checked(workshop: Workshop, model: Model) -> None:
    model = await up(workshop, model)
    assert await workshop.store.get(Check, TEAM, first(model, workshop.clock()).id) is None
    assert len(workshop.aws.called("invoke_endpoint")) == 1


async def test_two_ready_made_models_are_announced_each(workshop: Workshop, model: Model) -> None:
    await up(workshop, model)
    other = await workshop.put(replace(model, id="ready2", subject="openjourney", version=0))
    await workshop.run_due()
    workshop.aws.sagemaker.serve("darkroom-openjourney-ready2-a1")
    await workshop.follow(15, every=15)
    assert (await stands(workshop.store, other)).state == "in_service"
    assert len([text for text in workshop.said() if "*in service*" in text]) == 2


async def test_idle_ready_made_model_is_warned_about_with_the_price_of_its_machine_and_falls_asleep(
    workshop: Workshop, model: Model
) -> None:
    await up(workshop, model)
    await workshop.follow(3_400, every=30)
    assert "It costs $1.51 an hour." in workshop.said()[-1]
    await workshop.follow(600, every=30)
    assert (await stands(workshop.store, model)).state == "asleep"
    assert workshop.aws.sagemaker.endpoints == workshop.aws.sagemaker.models == {}


async def test_ready_made_model_that_is_withdrawn_is_told_in_words_to_who_waited(
    workshop: Workshop, model: Model
) -> None:
    asked = await workshop.put(a_generation(state="queued", model=model.id, due=workshop.clock()))
    said = words.shelf.withdrawn(model.jumpstart_id, model.jumpstart_version, "It had its day.")
    workshop.jumpstart.trouble = Trouble(said, "DeprecatedJumpStartModelError")
    failed = await down(workshop, model)
    assert (failed.state, failed.reason) == ("failed", said)
    assert (await stands(workshop.store, asked)).reason == said
    assert workshop.aws.names("create") == []


async def test_licence_that_nobody_has_accepted_is_told_in_words(workshop: Workshop, model: Model) -> None:
    workshop.jumpstart.hosting = replace(READY_MADE, licence="https://jumpstart/eula.txt")
    failed = await down(workshop, model)
    assert failed.reason == words.shelf.licence_needed(model.jumpstart_id, "https://jumpstart/eula.txt")
    assert workshop.aws.names("create") == []


async def test_licence_that_somebody_has_accepted_goes_with_the_request(workshop: Workshop, model: Model) -> None:
    workshop.jumpstart.hosting = replace(READY_MADE, licence="https://jumpstart/eula.txt")
    await workshop.put(replace(model, licence_accepted_by="U0MIRA"))
    await workshop.run_due()
    (made,) = workshop.aws.called("create_model")
    source = made["PrimaryContainer"]["ModelDataSource"]["S3DataSource"]
    assert source["ModelAccessConfig"] == {"AcceptEula": True}


async def test_model_that_is_added_again_after_it_was_deleted_is_announced_and_deleted_anew(
    workshop: Workshop, model: Model
) -> None:
    for round_ in (1, 2):
        assert (await up(workshop, model)).state == "in_service"
        assert len([text for text in workshop.said() if "*in service*" in text]) == round_
        assert len(workshop.aws.called("invoke_endpoint")) == round_
        hand = Hand(workshop.store, workshop.settings, TEAM, model.owner, CHANNEL, workshop.clock())
        assert await hand.delete(model.id) == ""
        await workshop.follow(120)
        assert await workshop.store.get(Model, TEAM, model.id) is None
        assert workshop.said().count(words.models.deleted(model.owner, model.title)) == round_
        now = workshop.clock()
        model = await workshop.put(replace(model, version=0, trained_at=now, due=now))


def hand(workshop: Workshop) -> Hand:
    return Hand(workshop.store, workshop.settings, TEAM, MIRA, CHANNEL, workshop.clock())


async def life(workshop: Workshop) -> Model:
    """Add the model, wake it, let it fall asleep and delete it; gives it as it slept."""
    assert await adding.add(workshop.store, WISH, None, 3_600, workshop.clock())
    assert await hand(workshop).wake(ADDED) == ""
    await workshop.run_due()
    for name in list(workshop.aws.sagemaker.endpoints):
        workshop.aws.sagemaker.serve(name)
    await workshop.follow(2 * 3_600, every=60)
    asleep = await workshop.store.get(Model, TEAM, ADDED)
    assert asleep
    assert await hand(workshop).delete(ADDED) == ""
    await workshop.follow(120)
    assert await workshop.store.get(Model, TEAM, ADDED) is None
    return asleep


async def test_both_lives_of_a_model_that_is_added_again_are_billed_and_told(workshop: Workshop) -> None:
    lives = [await life(workshop) for _ in range(2)]
    assert [one.state for one in lives] == ["asleep", "asleep"]
    lines = await ledger.of_month(workshop.store, TEAM, "2027-01")
    assert [line.name for line in lines] == [one.up_as for one in lives]
    spent = await spending.this_month(workshop.store, TEAM, workshop.clock())
    assert sum(line.dollars for line in lines) == pytest.approx(spent.endpoints)
    assert len([text for text in workshop.said() if "*ghibli* is asleep" in text]) == 2


async def test_both_lives_of_a_model_that_cannot_be_deleted_say_so_though_nobody_woke_it(workshop: Workshop) -> None:
    for _ in range(2):
        assert await adding.add(workshop.store, WISH, None, 3_600, workshop.clock())
        workshop.aws.script("list_objects_v2", refusal("AccessDenied", "not allowed", status=403))
        assert await hand(workshop).delete(ADDED) == ""
        await workshop.follow(120)
        assert await workshop.store.get(Model, TEAM, ADDED) is None
    assert len([text for text in workshop.said() if "not allowed" in text]) == 2
