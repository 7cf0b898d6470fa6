"""Any process can die at any moment: one training job, one endpoint, one announcement, the pictures once."""

from typing import Any

import pytest

from core.store import connect
from sandbox.story import pictured
from tests.stories.acts import PETS, PHOTOS, SECONDS, STUDIO, Scene, figures
from tests.stories.lines import all_painted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _crash(at: Scene) -> None:
    await at.house.worker.kill()
    await at.house.start_worker()


async def _made_once(at: Scene, thread: str) -> None:
    told = [m["text"] for m in await at.mira.thread(PETS, thread) if "*in service*" in str(m["text"])]
    assert len(told) == 1
    for operation in ("CreateTrainingJob", "CreateModel", "CreateEndpointConfig", "CreateEndpoint"):
        assert len(at.made(operation)) == 1, operation


async def test_worker_killed_while_it_takes_photos_takes_each_once(at: Scene) -> None:
    card = await at.open_thread()
    await at.faults(late_processing_ms=300)
    await at.mira.drop(PETS, *PHOTOS[:6], thread=card["ts"])
    await _crash(at)
    card = await at.in_thread(card, lambda m: "\n6 " in figures(m))


async def test_worker_killed_during_training_trains_once(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.start_training(card, steps=60)
    await at.in_thread(card, lambda m: "Training" in str(m.get("blocks")) and at.made("CreateTrainingJob"))
    await _crash(at)
    await at.announced(card)
    await _made_once(at, card["ts"])


async def test_worker_killed_while_deploying_deploys_once(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.start_training(card)

    async def creating() -> bool:
        return bool(at.made("CreateModel"))

    await at.mira.wait_for(creating, within=60, what="the model to be created")
    await _crash(at)
    await at.announced(card)
    await _made_once(at, card["ts"])


async def test_worker_killed_while_painting_posts_the_pictures_once(at: Scene) -> None:
    await at.learn()
    at.aws_faults(slow_invoke_s=2)
    prompt = f"{at.subject} cat asleep in a box"
    await at.mira.command(STUDIO, "/imagine", f"{prompt} --n 2")
    await at.mira.wait_for(lambda: _painting(at), what="the endpoint to be asked")
    await _crash(at)
    posted = await at.pictures(STUDIO, prompt)
    assert len(posted["files"]) == 2
    assert await at.count(STUDIO, pictured(prompt)) == 1


async def _painting(at: Scene) -> bool:
    """Whether a worker is waiting for the endpoint at this moment."""
    redis: Any = connect(at.house.valkey.url)
    try:
        keys = [key async for key in redis.scan_iter("*:generation:*")]
        return "painting" in [await redis.hget(key, "state") for key in keys]
    finally:
        await redis.aclose()


async def test_replies_that_are_lost_on_the_way_make_nothing_twice(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.faults(lost_replies=0.3)
    at.aws_faults(lost_replies=0.3)
    await at.start_training(card)
    await at.announced(card)
    await at.faults(lost_replies=0)
    at.aws_faults(lost_replies=0)
    await _made_once(at, card["ts"])


async def test_valkey_restarted_in_between_loses_nothing(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.start_training(card, steps=60)
    await at.in_thread(card, lambda m: "Training" in str(m.get("blocks")))
    await at.house.valkey.stop()
    await at.house.valkey.start()
    await at.announced(card)
    await _made_once(at, card["ts"])


async def test_event_delivered_three_times_and_button_pressed_twice_count_once(either: Scene) -> None:
    at = either
    await at.faults(event_copies=[3, 3], shuffle_ms=200, press_copies=[2, 2])
    card = await at.drop(await at.open_thread(), 5)
    await at.start_training(card)
    await at.announced(card)
    await at.mira.say(STUDIO, f"<@U0BOT> imagine {at.subject} cat in a hat")
    answer = await at.pictures(STUDIO, f"{at.subject} cat in a hat")
    assert await at.count(STUDIO, pictured(f"{at.subject} cat in a hat")) == 1
    await all_painted(at)
    await at.mira.press(answer, "Again", modal_within=0)
    await at.mira.command(STUDIO, "/imagine", f"{at.subject} cat asleep --seed 3")
    await at.pictures(STUDIO, f"{at.subject} cat asleep")

    async def both() -> bool:
        return await at.count(STUDIO, pictured(f"{at.subject} cat in a hat")) == 2

    await at.mira.wait_for(both, SECONDS, "what was asked for again, which two at once may bring in any order")
    assert await at.count(PETS, lambda m: "did not expect" in str(m["text"])) == 0
    assert await at.count(PETS, lambda m: str(m["text"]) == card["text"]) == 1
    await _made_once(at, card["ts"])


async def test_worker_ends_on_sigterm_within_its_grace_and_another_goes_on(at: Scene) -> None:
    card = await at.drop(await at.open_thread())
    await at.start_training(card, steps=60)
    await at.in_thread(card, lambda m: "Training" in str(m.get("blocks")))
    assert await at.house.worker.stop() < 25
    assert await at.house.bot.stop() < 25
    await at.house.start_bot()
    await at.house.start_worker()
    await at.announced(card)
    await _made_once(at, card["ts"])
