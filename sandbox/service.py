"""A process of the house: started, waited for, ended gently or killed; its output goes to a log of its own."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).parent.parent
END_SECONDS = 25.0
"""How long a process may take to end after SIGTERM."""


class ServiceError(Exception):
    """A process did not come up; the text ends with its last words."""


class Service:
    """One process, and how to tell that it is up."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str], logs: Path) -> None:
        self.name = name
        self.log = logs / f"{name}.log"
        self._command = command
        self._env = dict(env)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The process id; 0 when it is not there."""
        return self._process.pid if self._process and self.running else 0

    async def start(self, is_up: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
        """Start the process and wait until it is up.

        Raises:
            ServiceError: when it ends, or takes longer than that.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, cwd=PROJECT, env=self._env, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + seconds
        while not await is_up():
            if not self.running or time.monotonic() > deadline:
                await self.kill()
                raise ServiceError(f"{self.name} did not come up:\n{self.tail()}")
            await asyncio.sleep(0.03)

    def tail(self, characters: int = 3_000) -> str:
        """Give the end of the log."""
        return self.log.read_text("utf-8", "replace")[-characters:] if self.log.exists() else ""

    async def stop(self) -> float:
        """End the process with SIGTERM, and kill it if it does not; gives the seconds it took."""
        if self._process is None or not self.running:
            return 0.0
        began = time.monotonic()
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), END_SECONDS)
        except TimeoutError:
            await self.kill()
        return time.monotonic() - began

    async def kill(self) -> None:
        """End the process with SIGKILL."""
        if self._process is not None and self.running:
            self._process.kill()
            await self._process.wait()

    def pause(self, *, on: bool) -> None:
        """Stop the process in its tracks, or let it go on."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGSTOP if on else signal.SIGCONT)
