"""A model's line is fair between people, and only so many of its prompts are at the endpoint at once."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core import asking, line, standing
from core.asking import Asked
from core.catalogue import Catalogue
from core.change import Change
from core.imagine_grammar import Imagine
from core.records import Generation, Model
from core.withdrawing import withdraw
from tests.support.fake_sagemaker import refusal
from tests.support.records import CHANNEL, TEAM, a_generation, a_model, stands
from tests.support.workshop import Workshop
from workers import invoke
from workers.endpoints import resource_name
from workers.trouble import Trouble

NAME = "darkroom-riobugger-model1-a1"


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    """A model in service, whose endpoint is given one prompt at a time."""
    workshop.aws.sagemaker.serve(NAME)
    model = await workshop.put(a_model(state="in_service", attempt=1, in_service_at=workshop.clock()))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def asks(workshop: Workshop, user: str, *numbers: int) -> list[Generation]:
    """Let somebody ask for pictures, one a second."""
    asked = list[Generation]()
    for number in numbers:
        wish = Imagine(f"riobugger {user} {number}")
        workshop.clock.advance(1)
        where = Asked(TEAM, user, CHANNEL, "", f"{user}-{number}")
        asked.append((await asking.ask(workshop.store, where, wish, workshop.clock())).generation)
    return asked


async def at_the_endpoint(workshop: Workshop, **different: Any) -> Generation:
    """Have a worker paint something that does not end; its claim holds."""
    busy = a_generation(**({"id": "busy", "asked_at": 1.0, "user": "U0THEO"} | different))
    change = line.enter(Change(TEAM), busy, workshop.clock())
    painting = busy.to("painting", tries=1, due=workshop.clock() + 1e6)
    await workshop.store.commit(line.start(change.put(painting), busy, workshop.clock()))
    return painting


async def one_by_one(workshop: Workshop) -> None:
    """Step what is due, the longest due first, a second for each step."""
    while due := await workshop.store.overdue(TEAM, workshop.clock(), 1):
        workshop.clock.advance(1)
        await workshop.steps.step(TEAM, due[0][0])


def painted(workshop: Workshop) -> list[str]:
    """List what the endpoint was asked for, without the subject."""
    bodies = [json.loads(call["Body"]) for call in workshop.aws.called("invoke_endpoint")]
    return [body["prompt"].removeprefix("riobugger ") for body in bodies]


@pytest.mark.usefixtures("model")
async def test_people_take_turns(workshop: Workshop) -> None:
    await asks(workshop, "U1", *range(5))
    await asks(workshop, "U2", 0, 1)
    await asks(workshop, "U3", 0)
    await one_by_one(workshop)
    assert painted(workshop) == ["U1 0", "U2 0", "U3 0", "U1 1", "U2 1", "U1 2", "U1 3", "U1 4"]


@pytest.mark.usefixtures("model")
async def test_prompt_waits_while_the_endpoint_is_at_another(workshop: Workshop) -> None:
    await at_the_endpoint(workshop)
    (asked,) = await asks(workshop, "U1", 0)
    waiting = await workshop.step(asked)
    assert (waiting.state, waiting.due, waiting.tries) == ("queued", workshop.clock() + line.LOOK_SECONDS, 0)
    assert painted(workshop) == []


@pytest.mark.usefixtures("model")
async def test_endpoint_is_given_as_many_at_once_as_the_settings_say(workshop: Workshop) -> None:
    for place in range(3):
        await at_the_endpoint(workshop, id=f"busy{place}")
    workshop.widen(in_flight=4)
    first, second = await asks(workshop, "U1", 0, 1)
    assert (await workshop.step(first)).state == "posted"
    await at_the_endpoint(workshop, id="busy3")
    assert (await workshop.step(second)).state == "queued"


async def test_endpoint_that_came_up_anew_is_asked_by_its_own_name(workshop: Workshop, model: Model) -> None:
    (first,) = await asks(workshop, "U1", 0)
    await workshop.step(first)
    again = await workshop.put(replace(await stands(workshop.store, model), attempt=2))
    workshop.aws.sagemaker.serve(resource_name(workshop.house, again))
    (second,) = await asks(workshop, "U1", 1)
    assert (await workshop.step(second)).state == "posted"
    called = [call["EndpointName"] for call in workshop.aws.called("invoke_endpoint")]
    assert called == [NAME, resource_name(workshop.house, again)]


@pytest.mark.usefixtures("model")
async def test_prompt_whose_room_was_made_while_it_looked_does_not_wait(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = await at_the_endpoint(workshop)
    read = standing.read

    async def read_too_early(*about: Any) -> Any:  # noqa: ANN401 - as the function has it
        seen = await read(*about)
        await workshop.store.commit(line.make_room(Change(TEAM), busy))
        return seen

    monkeypatch.setattr(standing, "read", read_too_early)
    (asked,) = await asks(workshop, "U1", 0)
    assert (await workshop.step(asked)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_next_is_called_when_the_endpoint_is_done_and_not_when_the_pictures_are_shared(
    workshop: Workshop,
) -> None:
    first, second = await asks(workshop, "U1", 0, 1)
    workshop.slack.script("files.completeUploadExternal", TimeoutError("Slack is slow"))
    await workshop.step(first)
    assert (await stands(workshop.store, first)).state == "painting"
    assert (await stands(workshop.store, second)).due == workshop.clock()
    assert (await workshop.step(second)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_next_is_called_when_one_cannot_be_painted(workshop: Workshop) -> None:
    first, second = await asks(workshop, "U1", 0, 1)
    workshop.aws.script("invoke_endpoint", refusal("ModelError", "no", OriginalStatusCode=400))
    assert (await workshop.step(first)).state == "failed"
    assert (await stands(workshop.store, second)).due == workshop.clock()


@pytest.mark.usefixtures("model")
async def test_prompt_that_nobody_calls_looks_by_itself(workshop: Workshop) -> None:
    busy = await at_the_endpoint(workshop)
    (asked,) = await asks(workshop, "U1", 0)
    await workshop.step(asked)
    await workshop.store.commit(line.make_room(Change(TEAM), busy))  # and then the worker died
    await workshop.follow(line.LOOK_SECONDS + 5)
    assert (await stands(workshop.store, asked)).state == "posted"


@pytest.mark.parametrize("ended", ["gone", "failed", "posted", "uploaded", "cancelled"])
@pytest.mark.usefixtures("model")
async def test_what_is_not_painted_any_more_takes_up_no_room(workshop: Workshop, ended: str) -> None:
    busy = await stands(workshop.store, await at_the_endpoint(workshop))
    left = replace(busy, files=("F1",)) if ended == "uploaded" else replace(busy, state=ended)
    await workshop.store.commit(Change(TEAM).forget(busy) if ended == "gone" else Change(TEAM).put(left))
    workshop.clock.advance(standing.CALL_SECONDS)
    (asked,) = await asks(workshop, "U1", 0)
    assert (await workshop.step(asked)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_cancelled_prompt_takes_up_room_as_long_as_its_call_may_last(workshop: Workshop) -> None:
    busy = await stands(workshop.store, await at_the_endpoint(workshop))
    await workshop.put(busy.to("cancelled", due=None))
    (asked,) = await asks(workshop, "U1", 0)
    assert (await workshop.step(asked)).state == "queued"
    await workshop.follow(standing.CALL_SECONDS + line.LOOK_SECONDS)
    assert (await stands(workshop.store, asked)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_ticket_of_a_prompt_that_is_over_keeps_nobody_waiting(workshop: Workshop) -> None:
    for place, state in enumerate(("failed", "cancelled", "posted")):
        over = await workshop.put(a_generation(id=f"over{place}", state=state, asked_at=1.0))
        await workshop.store.commit(line.enter(Change(TEAM), over, workshop.clock()))
    await workshop.store.commit(line.enter(Change(TEAM), a_generation(id="gone", asked_at=1.0), workshop.clock()))
    first, second = await asks(workshop, "U1", 0, 1)
    await workshop.follow(600)
    assert [(await stands(workshop.store, one)).state for one in (first, second)] == ["posted"] * 2
    assert (await standing.read(workshop.store, TEAM, "model1")).waiting == ()


@pytest.mark.usefixtures("model")
async def test_prompt_of_an_older_version_is_painted_in_its_turn(workshop: Workshop) -> None:
    await at_the_endpoint(workshop)
    old = await workshop.put(a_generation(asked_at=0, due=workshop.clock()))
    await workshop.store.commit(Change(TEAM).index(line.line_of("model1"), old.id, workshop.clock()))
    assert (await workshop.step(old)).state == "queued"
    (waiting,) = (await standing.read(workshop.store, TEAM, "model1")).waiting
    assert (waiting.id, waiting.since) == (old.id, workshop.clock())


async def cancelled_meanwhile(workshop: Workshop, asked: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the asker cancel while the endpoint paints."""
    paint = invoke.paint

    async def paint_and_cancel(*about: Any) -> list[bytes]:
        pictures = await paint(*about)
        assert (await withdraw(workshop.store, TEAM, asked.id, asked.user, 1, workshop.clock())).done
        return pictures

    monkeypatch.setattr(invoke, "paint", paint_and_cancel)


@pytest.mark.usefixtures("model")
async def test_prompt_cancelled_while_it_is_painted_shows_nothing_and_then_the_next_one_comes(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await asks(workshop, "U1", 0, 1)
    with monkeypatch.context() as meanwhile:
        await cancelled_meanwhile(workshop, first, meanwhile)
        assert (await workshop.step(first)).state == "cancelled"
    assert workshop.slack.called("files.completeUploadExternal") == []
    await workshop.run_due()
    assert (await stands(workshop.store, second)).state == "posted"
    assert (await standing.read(workshop.store, TEAM, "model1")).painting == ()


@pytest.mark.usefixtures("model")
async def test_prompt_that_is_cancelled_alone_leaves_the_endpoint_free_and_nothing_in_slack(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alone,) = await asks(workshop, "U1", 0)
    with monkeypatch.context() as meanwhile:
        await cancelled_meanwhile(workshop, alone, meanwhile)
        assert (await workshop.step(alone)).state == "cancelled"
    assert (await standing.read(workshop.store, TEAM, "model1")).painting == ()
    assert len(workshop.slack.called("files.delete")) == alone.count
    (following,) = await asks(workshop, "U2", 1)
    await workshop.run_due()
    assert (await stands(workshop.store, following)).state == "posted"


@pytest.mark.usefixtures("model")
async def test_prompt_cancelled_while_the_endpoint_fails_is_told_nothing_and_the_next_one_comes(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await asks(workshop, "U1", 0, 1)

    async def cancel_and_fail(*_: Any) -> list[bytes]:
        assert (await withdraw(workshop.store, TEAM, first.id, first.user, 1, workshop.clock())).done
        raise Trouble("too much", "OutOfMemory")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(invoke, "paint", cancel_and_fail)
        assert (await workshop.step(first)).state == "cancelled"
    await workshop.run_due()
    assert (await stands(workshop.store, second)).state == "posted"
    assert workshop.slack.called("chat.postEphemeral") == []


async def test_model_learns_how_long_its_pictures_take(
    workshop: Workshop, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    (asked,) = await asks(workshop, "U1", 0)
    paint = invoke.paint

    async def paint_slowly(*about: Any) -> list[bytes]:
        workshop.clock.advance(25)
        return await paint(*about)

    monkeypatch.setattr(invoke, "paint", paint_slowly)
    await workshop.step(asked)
    assert float((await Catalogue(workshop.store).paces(TEAM))[model.id]) == 0.5


async def test_everybody_who_waited_is_told_when_the_endpoint_does_not_come_up(workshop: Workshop) -> None:
    model = await workshop.put(a_model())
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    people = ("U1", "U2", "U3")
    asked = [(await asks(workshop, user, 0))[0] for user in people]
    await workshop.run_due()
    workshop.aws.sagemaker.fail_endpoint(NAME, "The container did not pass the ping health check.")
    await workshop.follow(300, every=15)
    assert [(await stands(workshop.store, one)).state for one in asked] == ["failed"] * 3
    told = workshop.slack.called("chat.postEphemeral")
    assert sorted(one["user"] for one in told) == sorted(people)
    assert all("did not pass the ping health check" in one["text"] for one in told)


async def test_sleeping_models_prompts_are_answered_in_turn_before_its_sample(workshop: Workshop) -> None:
    model = await workshop.put(a_model())
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    await asks(workshop, "U1", 0, 1)
    await asks(workshop, "U2", 0)
    await workshop.run_due()
    workshop.aws.sagemaker.serve(NAME)
    await workshop.follow(30, every=15)
    assert painted(workshop)[:4] == ["U1 0", "U2 0", "U1 1", model.instance_prompt]


@pytest.mark.usefixtures("model")
async def test_worker_that_is_told_to_end_hands_over_what_is_uploaded(workshop: Workshop) -> None:
    (asked,) = await asks(workshop, "U1", 0)
    workshop.stop.set()
    assert (await workshop.step(asked)).state == "painting"
    assert (await stands(workshop.store, asked)).due == workshop.clock()
