"""What all tests share: a real Valkey server, a store on it, a clock, and a checker of what is left in Redis."""

from collections.abc import AsyncGenerator, Generator

import pytest

from core.settings import Settings
from core.store import Store, connect
from core.wake import Waker
from tests.support.clock import FakeClock
from tests.support.keys import everything, unowned
from tests.support.valkey import ValkeyServer
from tests.support.workshop import Workshop, settings

pytest_plugins = ["tests.support.chromium"]

DEPLOYMENT = "darkroom"


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Generator[ValkeyServer]:
    """One server for the session, started when first needed."""
    with ValkeyServer(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def redis_url(valkey: ValkeyServer) -> str:
    """The address of an empty Valkey."""
    valkey.client.flushall()
    return valkey.url


@pytest.fixture(autouse=True)
def every_key_has_a_ttl_or_an_owner(request: pytest.FixtureRequest) -> Generator[None]:
    """Fail a test that leaves a key in Valkey which nobody will ever delete."""
    server: ValkeyServer | None = request.getfixturevalue("valkey") if "valkey" in request.fixturenames else None
    yield
    if server:
        left = unowned(server.client)
        assert not left, f"keys with neither a TTL nor an owner: {', '.join(left)}"
        assert b"xoxb-" not in everything(server.raw), "a token of Slack's stands in Redis"


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
async def waker(redis_url: str) -> AsyncGenerator[Waker]:
    """Wake-ups into a real docket."""
    waker = Waker(redis_url, DEPLOYMENT)
    yield waker
    await waker.close()


@pytest.fixture
async def store(redis_url: str, waker: Waker) -> AsyncGenerator[Store]:
    """A store on an empty Valkey."""
    redis = connect(redis_url)
    yield Store(redis, DEPLOYMENT, waker)
    await redis.aclose()


@pytest.fixture
def worker_settings() -> Settings:
    """What a worker was told; a module that wants something else has a fixture of its own by this name."""
    return settings()


@pytest.fixture
def workshop(store: Store, clock: FakeClock, valkey: ValkeyServer, worker_settings: Settings) -> Generator[Workshop]:
    """A worker's house of fakes on the real store."""

    def forget_pace() -> None:
        for key in valkey.client.scan_iter("*:pace:*"):
            valkey.client.delete(key)

    workshop = Workshop(store, clock, forget_pace, worker_settings)
    yield workshop
    workshop.aws.close()
    assert workshop.aws.violations == []
