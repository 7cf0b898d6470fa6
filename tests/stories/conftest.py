"""Houses for the stories: the whole product against the sandbox, kept for as long as it is needed."""

import contextlib
import shlex
import sys
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import pytest
import pytest_asyncio

from sandbox.house import House, Plan, Transport
from tests.stories.acts import Scene, scene

SPEED = 600.0
"""20 minutes of AWS take two seconds; the training itself is real and takes its own time."""
SETTINGS = {"DARKROOM_POLL_SECONDS": "0.2", "DARKROOM_LEASE_SECONDS": "2", "DARKROOM_IDLE_SECONDS": "3600"}
QUOTA = ("--quota", "ml.g4dn.2xlarge=50")
QUICK = ("--container", shlex.join((sys.executable, str(Path(__file__).with_name("quick_container.py")))))
"""Pictures are one colour and take no time."""


def a_house(
    data: Path,
    *aws_options: str,
    transport: Transport = "socket",
    settings: Mapping[str, str] = MappingProxyType({}),
) -> House:
    """Build a house of the stories' pace, with settings beside theirs; nothing of it runs yet."""
    told = SETTINGS | dict(settings)
    return House(Plan(data=data, transport=transport, speed=SPEED, settings=told, aws_options=(*QUOTA, *aws_options)))


@contextlib.asynccontextmanager
async def kept(house: House) -> AsyncGenerator[House]:
    """Take a house down when it is not needed any more, whatever happened in it."""
    try:
        yield house
    finally:
        await house.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def quick(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    """The house of most stories, over Socket Mode; started when first needed."""
    async with kept(a_house(tmp_path_factory.mktemp("quick"), *QUICK)) as house:
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def over_http(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    """A house over HTTP, kept for a file: a house costs an eighth of a core though nothing happens in it."""
    async with kept(a_house(tmp_path_factory.mktemp("http"), *QUICK, transport="http")) as house:
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def painted(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[House]:
    """A house whose pictures are painted, kept for a file."""
    async with kept(a_house(tmp_path_factory.mktemp("painted"))) as house:
        yield house


@pytest.fixture(params=get_args(Transport))
def house(request: pytest.FixtureRequest) -> House:
    """Houses over Socket Mode, where pictures are painted, and over HTTP in turn."""
    return request.getfixturevalue({"socket": "painted", "http": "over_http"}[request.param])


@pytest_asyncio.fixture(loop_scope="session")
async def either(house: House) -> AsyncGenerator[Scene]:
    """A person at a house, over either transport."""
    async with scene(house) as at:
        yield at


@pytest_asyncio.fixture(loop_scope="session")
async def at(quick: House) -> AsyncGenerator[Scene]:
    """A person at a house over Socket Mode, where pictures are one colour."""
    async with scene(quick) as there:
        yield there


@pytest_asyncio.fixture(loop_scope="session")
async def painting(painted: House) -> AsyncGenerator[Scene]:
    """A person at a house over Socket Mode, where pictures are painted."""
    async with scene(painted) as there:
        yield there
