"""A real Valkey server for a whole test session, started without an event loop because every test has its own."""

import subprocess
import time
from pathlib import Path
from typing import Any, Self

from redis import Redis
from redis.exceptions import RedisError

from sandbox.ports import HOST, free
from sandbox.valkey import _binary  # pyright: ignore[reportPrivateUsage] - the one place that knows where the server is

START_SECONDS = 20.0


class ValkeyServer:
    """`with ValkeyServer(folder) as valkey: … valkey.url …`; keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        port = free()
        self.url = f"redis://{HOST}:{port}/0"
        options = ("--port", str(port), "--bind", HOST, "--dir", str(folder), "--save", "", "--appendonly", "no")
        with (folder / "valkey.log").open("wb") as log:
            self._process = subprocess.Popen([_binary(), *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.raw: Any = Redis.from_url(self.url)  # pyright: ignore[reportUnknownMemberType] - as below
        self.client: Any = Redis.from_url(self.url, decode_responses=True)  # pyright: ignore[reportUnknownMemberType] - redis leaves **kwargs untyped

    def __enter__(self) -> Self:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "the Valkey server has ended"
            assert time.monotonic() < deadline, "the Valkey server does not answer"
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.raw.close()
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except (RedisError, OSError):
            return False
