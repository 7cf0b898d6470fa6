"""Two things at once: a worker that stalls, a painting longer than its lease, a Redis that hiccups, Train pressed."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from core import collecting, words
from core.asking import Asked, ask
from core.change import Change
from core.imagine_grammar import Imagine
from core.line import line_of
from core.outbox import card, note
from core.records import Model, Record, Run
from core.store import Store
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_message, a_model, a_photo, a_run, stands
from tests.support.waiting import wait_until
from tests.support.workshop import Workshop
from workers import step
from workers.handlers import GIVES_UP, HANDLERS
from workers.step import Steps

NAME = "darkroom-riobugger-model1-a1"


class Gate:
    """Holds one call up until the test opens it; the calls after it pass."""

    def __init__(self) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def wait(self) -> None:
        if not self.reached.is_set():
            self.reached.set()
            await self.opened.wait()


@pytest.fixture
async def gate() -> AsyncGenerator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


def hold_after(owner: Any, name: str, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401 - any fake
    """Hold a fake's method up after it has done its work."""
    done = getattr(owner, name)

    async def held(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the method gives
        answer = await done(*arguments, **named)
        await gate.wait()
        return answer

    monkeypatch.setattr(owner, name, held)


def lease(workshop: Workshop, seconds: float) -> Steps:
    """Give another worker whose claims last this long in real time."""
    short = replace(workshop.settings, lease_seconds=seconds)
    return Steps(replace(workshop.house, settings=short), HANDLERS, GIVES_UP)


async def test_post_of_a_worker_that_stalls_is_not_repeated(
    workshop: Workshop, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await workshop.put(a_message(due=workshop.clock(), since=workshop.clock()))
    hold_after(workshop.slack, "api_call", gate, monkeypatch)
    stalled = asyncio.create_task(workshop.step(message))
    await gate.reached.wait()
    workshop.clock.advance(workshop.settings.lease_seconds + 1)
    theirs = await workshop.step(message)
    gate.opened.set()
    assert await stalled == theirs
    assert [theirs.ts] == list(workshop.slack.messages)
    assert theirs.state == "sent"


async def test_card_of_a_worker_that_stalls_opens_one_thread(
    workshop: Workshop, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await workshop.put(a_run(thread_ts=""))
    message = await workshop.put(card(run, workshop.clock()))
    hold_after(workshop.slack, "api_call", gate, monkeypatch)
    stalled = asyncio.create_task(workshop.step(message))
    await gate.reached.wait()
    workshop.clock.advance(workshop.settings.lease_seconds + 1)
    await workshop.step(message)
    gate.opened.set()
    await stalled
    await workshop.run_due()
    assert list(workshop.slack.messages) == [(await stands(workshop.store, run)).thread_ts]


async def test_painting_longer_than_its_lease_is_painted_and_shared_once(
    workshop: Workshop, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.aws.sagemaker.serve(NAME)
    model = await workshop.put(a_model(state="in_service", attempt=1))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    asked = Asked(TEAM, MIRA, CHANNEL, "", "slow")
    generation = (await ask(workshop.store, asked, Imagine("a photo of riobugger cat"), workshop.clock())).generation
    hold_after(workshop.slack, "api_call", gate, monkeypatch)  # the first call to Slack is the upload's
    monkeypatch.setattr(step, "NEAR", 0.0)  # a wait in real time means nothing to a clock that stands
    slow = asyncio.create_task(lease(workshop, 0.06).step(TEAM, generation.member))
    await gate.reached.wait()
    for _ in range(4):
        later = workshop.clock.advance(0.05)
        await wait_until(lambda later=later: _is_held_beyond(workshop, generation, later))
        await workshop.steps.step(TEAM, generation.member)
    gate.opened.set()
    await slow
    assert (await stands(workshop.store, generation)).state == "posted"
    assert len(workshop.aws.called("invoke_endpoint")) == 1
    assert len(workshop.slack.called("files.completeUploadExternal")) == 1


async def _is_held_beyond(workshop: Workshop, record: Record, time: float) -> bool:
    return ((await stands(workshop.store, record)).due or 0) > time


async def test_prompt_whose_model_falls_asleep_under_its_hands_is_parked_and_not_painted(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.aws.sagemaker.serve(NAME)
    model = await workshop.put(a_model(state="in_service", attempt=1))
    generation = await workshop.put(a_generation(due=workshop.clock()))
    get = Store.get

    async def get_and_drain(store: Store, kind: type[Any], team: str, identity: str) -> Any:  # noqa: ANN401 - any record
        found = await get(store, kind, team, identity)
        if kind is Model and found and found.state == "in_service":
            await store.commit(Change(team).put(found.to("draining", stage="endpoint", then="asleep", due=None)))
        return found

    with monkeypatch.context() as racing:
        racing.setattr(Store, "get", get_and_drain)
        await workshop.steps.step(TEAM, generation.member)
    assert (await stands(workshop.store, generation)).state == "parked"
    assert (await stands(workshop.store, model)).due == workshop.clock()
    assert workshop.aws.called("invoke_endpoint") == []


async def test_claim_survives_a_redis_that_hiccups(
    workshop: Workshop, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await workshop.put(a_message(due=workshop.clock(), since=workshop.clock()))
    hold_after(workshop.slack, "api_call", gate, monkeypatch)
    going = asyncio.create_task(lease(workshop, 0.06).step(TEAM, message.member))
    await gate.reached.wait()
    commit, hiccups = Store.commit, 0

    async def hiccup(store: Store, change: Change) -> bool:
        nonlocal hiccups
        if hiccups < 3:
            hiccups += 1
            raise RedisConnectionError("away")
        return await commit(store, change)

    monkeypatch.setattr(Store, "commit", hiccup)
    later = workshop.clock.advance(0.1)
    await wait_until(lambda: _is_held_beyond(workshop, message, later))
    gate.opened.set()
    await going
    assert hiccups == 3
    assert (await stands(workshop.store, message)).state == "sent"


async def test_store_that_is_away_costs_a_record_a_lease_and_nothing_else(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await workshop.put(a_message(due=workshop.clock(), since=workshop.clock()))
    with monkeypatch.context() as away:
        away.setattr(Store, "commit", _away)
        await workshop.steps.step(TEAM, message.member)
    assert (await stands(workshop.store, message)).due == workshop.clock() + workshop.settings.lease_seconds
    await workshop.follow(60)
    assert (await stands(workshop.store, message)).state == "sent"
    assert len(workshop.slack.messages) == 1


async def _away(*_: object) -> bool:
    raise RedisConnectionError("away")


async def test_photo_that_is_judged_while_train_is_pressed_is_told_that_it_is_too_late(
    workshop: Workshop, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await workshop.put(a_run())
    photo = await workshop.put(a_photo(due=workshop.clock(), url="https://files.slack.com/cat.jpg"))
    await workshop.store.commit(Change(TEAM).index(collecting.photos_of(run.id), photo.id, 1.0, Run.ttl))
    hold_after(workshop.decoders, "judge", gate, monkeypatch)
    judging = asyncio.create_task(workshop.step(photo))
    await gate.reached.wait()
    await workshop.put(run.to("queued", due=None))
    gate.opened.set()
    out = await judging
    assert (out.state, out.reason) == ("left_out", words.training.SET_CLOSED)


async def test_note_for_a_prompt_asked_in_a_thread_goes_when_its_pictures_come(workshop: Workshop) -> None:
    workshop.aws.sagemaker.serve(NAME)
    model = await workshop.put(a_model(state="in_service", attempt=1))
    await workshop.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    asked = Asked(TEAM, MIRA, CHANNEL, THREAD, "noted", noted=True)
    answer = await ask(workshop.store, asked, Imagine("a photo of riobugger cat"), workshop.clock())
    await workshop.step(await workshop.put(note(answer.generation, answer.text, workshop.clock())))
    assert len(workshop.slack.messages) == 1
    await workshop.follow(10)
    assert workshop.slack.messages == {}
    assert await workshop.store.members(TEAM, line_of(model.id)) == []
