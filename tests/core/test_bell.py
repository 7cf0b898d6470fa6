"""The bell tells workers at once who is due; a bell that nobody hears is no error."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from core import bell
from core.bell import Bell, channel, listen
from core.change import Change
from core.store import Store, connect
from core.wake import Wake
from sandbox.ports import HOST, free
from tests.support.records import TEAM, a_run
from tests.support.valkey import ValkeyServer
from tests.support.waiting import wait_until

SOON = 1_798_761_600.5


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[Any]:
    redis = connect(redis_url)
    yield redis
    await redis.aclose()


@pytest.fixture
async def heard(redis: Any, valkey: ValkeyServer) -> AsyncGenerator[list[tuple[str, list[Wake]]]]:  # noqa: ANN401 - redis-py's own
    """What a worker hears."""
    heard: list[tuple[str, list[Wake]]] = []
    listening = asyncio.create_task(listen(redis, "darkroom", lambda team, wakes: heard.append((team, wakes))))
    await wait_until(lambda: listeners(valkey))
    yield heard
    listening.cancel()
    await asyncio.wait([listening])


def listeners(valkey: ValkeyServer) -> int:
    return valkey.client.pubsub_numsub(channel("darkroom"))[0][1]


async def ring_until_heard(redis: Any, heard: list[tuple[str, list[Wake]]], member: str) -> None:  # noqa: ANN401 - as above
    """Ring for a record again and again until somebody has heard it."""
    ringing = Bell(redis, "darkroom")

    async def is_heard() -> bool:
        ringing.ring(TEAM, [(member, 1, SOON)])
        await ringing.close()
        return bool(heard)

    await wait_until(is_heard)


async def test_change_rings_for_who_is_due(redis: Any, heard: list[tuple[str, list[Wake]]]) -> None:  # noqa: ANN401 - as above
    ringing = Bell(redis, "darkroom")
    await Store(redis, "darkroom", ringing).commit(Change(TEAM).put(a_run(state="queued", due=SOON)))
    await wait_until(lambda: heard)
    assert heard == [(TEAM, [("run:run1", 1, SOON)])]
    await ringing.close()


async def test_what_is_rung_together_goes_in_one_message(
    redis: Any,  # noqa: ANN401 - as above
    heard: list[tuple[str, list[Wake]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    publish = redis.publish

    async def seen(name: str, message: str) -> Any:  # noqa: ANN401 - as above
        sent.append(message)
        return await publish(name, message)

    monkeypatch.setattr(redis, "publish", seen)
    ringing = Bell(redis, "darkroom")
    for number in range(50):
        ringing.ring(TEAM if number % 2 else "T0OTHER", [(f"run:{number}", 1, SOON)])
    await ringing.close()
    assert len(sent) == 1
    assert {team: len(wakes) for team, wakes in json.loads(sent[0]).items()} == {TEAM: 25, "T0OTHER": 25}
    await wait_until(lambda: len(heard) == 2)


async def test_bell_of_another_deployment_is_not_heard(redis: Any, heard: list[tuple[str, list[Wake]]]) -> None:  # noqa: ANN401 - as above
    for deployment, member in (("another", "run:theirs"), ("darkroom", "run:ours")):
        ringing = Bell(redis, deployment)
        ringing.ring(TEAM, [(member, 1, SOON)])
        await ringing.close()
    await wait_until(lambda: heard)
    assert heard == [(TEAM, [("run:ours", 1, SOON)])]


async def test_nobody_due_rings_for_nobody(redis: Any, heard: list[tuple[str, list[Wake]]]) -> None:  # noqa: ANN401 - as above
    ringing = Bell(redis, "darkroom")
    ringing.ring(TEAM, [])
    ringing.ring(TEAM, [("run:one", 1, SOON)])
    await ringing.close()
    await wait_until(lambda: heard)
    assert heard == [(TEAM, [("run:one", 1, SOON)])]


async def test_bell_is_heard_again_after_its_connection_was_lost(
    redis: Any,  # noqa: ANN401 - as above
    heard: list[tuple[str, list[Wake]]],
    valkey: ValkeyServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bell, "AGAIN_SECONDS", 0.02)
    assert valkey.client.execute_command("CLIENT", "KILL", "TYPE", "pubsub") == 1
    await ring_until_heard(redis, heard, "run:again")


async def test_message_that_is_no_bell_of_ours_stops_nothing(
    redis: Any,  # noqa: ANN401 - as above
    heard: list[tuple[str, list[Wake]]],
    valkey: ValkeyServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bell, "AGAIN_SECONDS", 0.02)
    for message in ("no json", "[]", '{"T": 7}'):
        await wait_until(lambda: listeners(valkey))
        await redis.publish(channel("darkroom"), message)
    await ring_until_heard(redis, heard, "run:after")


async def test_bell_that_cannot_be_rung_keeps_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    away = connect(f"redis://{HOST}:{free()}/0")
    ringing = Bell(away, "darkroom")
    with caplog.at_level(logging.WARNING, "core.bell"):
        ringing.ring(TEAM, [("run:run1", 1, SOON)])
        await wait_until(lambda: "the bell was not heard" in caplog.text)
    await ringing.close()
    await away.aclose()
