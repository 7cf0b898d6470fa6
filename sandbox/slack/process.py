"""This Slack as a process of its own, for the demo and the tests."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Self

import aiohttp

from sandbox.slack.json_types import JsonObject, as_object

_ROOT = Path(__file__).parent.parent.parent
_PATIENCE_SECONDS = 20.0
_EVERY_SECONDS = 0.05
_STOP_SECONDS = 5.0


class StartError(Exception):
    """The server did not come up; the text is what it printed."""


class SlackProcess:
    """Runs `python -m sandbox.slack` on a port. Options are those of the command line, with `_` for `-`."""

    def __init__(
        self, port: int, data: Path, manifest: Path, *, bot_token: str, app_token: str, **options: object
    ) -> None:
        self._port = port
        self._log = data / "slack.log"
        named = {"port": port, "data": data, "manifest": manifest, "bot_token": bot_token, "app_token": app_token}
        self._arguments = command_line(named | options)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """The server's address; the app's `SLACK_API_URL` is this with `/api/`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base of the Web API, as slack_sdk's `base_url` wants it."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        """Start the process and wait until it answers; raises StartError."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "sandbox.slack", *self._arguments, cwd=_ROOT, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while await self.health() is None:
            if self._process.returncode is not None or time.monotonic() > deadline:
                await self.stop()
                raise StartError(self._log.read_text("utf-8", "replace"))
            await asyncio.sleep(_EVERY_SECONDS)

    async def health(self) -> JsonObject | None:
        """Give what `/healthz` says: `connections` of the app, `verified` in HTTP mode; None while nobody answers."""
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{self.url}/healthz") as answer:
                return as_object(json.loads(await answer.text()))
        except (aiohttp.ClientError, ValueError):
            return None

    async def stop(self) -> None:
        """End the process, gently first."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()


def command_line(options: dict[str, object]) -> list[str]:
    """Lay options out as arguments; those that are None are left out."""
    return [
        word
        for name, value in options.items()
        if value is not None
        for word in ("--" + name.replace("_", "-"), str(value.resolve() if isinstance(value, Path) else value))
    ]
