"""Houses for the stories: the whole product against the sandbox, one for each transport, kept for the session."""

import shlex
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import get_args

import pytest
import pytest_asyncio

from sandbox.house import House, Plan, Transport
from tests.stories.acts import Scene, scene

SPEED = 600.0
"""20 minutes of AWS take two seconds; the training itself is real and takes its own time."""
SETTINGS = {"DARKROOM_POLL_SECONDS": "0.2", "DARKROOM_LEASE_SECONDS": "2", "DARKROOM_IDLE_SECONDS": "3600"}
QUICK = str(Path(__file__).with_name("quick_container.py"))
QUOTA = ("--quota", "ml.g4dn.2xlarge=50")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def houses(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[dict[str, House]]:
    """Houses by transport, started when first needed; in `quick` pictures are one colour and take no time."""

    def plan(name: str, transport: Transport, *aws_options: str) -> Plan:
        data = tmp_path_factory.mktemp(name)
        return Plan(data=data, transport=transport, speed=SPEED, settings=SETTINGS, aws_options=(*QUOTA, *aws_options))

    started = {transport: House(plan(transport, transport)) for transport in get_args(Transport)}
    started["quick"] = House(plan("quick", "socket", "--container", shlex.join((sys.executable, QUICK))))
    yield started
    for house in started.values():
        await house.stop()


@pytest_asyncio.fixture(loop_scope="session", params=get_args(Transport))
async def either(request: pytest.FixtureRequest, houses: dict[str, House]) -> AsyncGenerator[Scene]:
    """A person at a house, over Socket Mode and over HTTP in turn."""
    async with scene(houses[request.param]) as at:
        yield at


@pytest_asyncio.fixture(loop_scope="session")
async def at(houses: dict[str, House]) -> AsyncGenerator[Scene]:
    """A person at a house over Socket Mode, where pictures are one colour."""
    async with scene(houses["quick"]) as there:
        yield there


@pytest_asyncio.fixture(loop_scope="session")
async def painting(houses: dict[str, House]) -> AsyncGenerator[Scene]:
    """A person at a house over Socket Mode, where pictures are painted."""
    async with scene(houses["socket"]) as there:
        yield there
