"""The containers that run, so that none outlives the sandbox."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

PROJECT = Path(__file__).resolve().parents[2]
"""Where `python -m sandbox.container` can be started from."""
GRACE_S = 5.0
"""Wall seconds between SIGTERM and SIGKILL."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
"""Two BLAS threads double the CPU time of the small painter for nothing."""


class ShuttingDownError(Exception):
    """The sandbox is going down: nothing is started any more."""


class Children:
    """Processes that were started here, each the head of its own group."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = Lock()
        self._closed = False

    def start(self, command: Sequence[str], env: dict[str, str]) -> subprocess.Popen[str]:
        """Start a command with stdout and stderr in one pipe of text lines.

        Raises:
            ShuttingDownError: the sandbox is going down.
        """
        with self._lock:
            if self._closed:
                raise ShuttingDownError
            process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env={**os.environ, **ONE_THREAD, **env},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self._running.add(process)
        return process

    def stop(self, process: subprocess.Popen[str], grace_s: float = GRACE_S) -> None:
        """SIGTERM, and SIGKILL for the group if that is not heeded in time."""
        terminate(process)
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()
        self.forget(process)

    def forget(self, process: subprocess.Popen[str]) -> None:
        """Let go of a process that has ended."""
        with self._lock:
            self._running.discard(process)

    def stop_all(self) -> None:
        """End every process and let none start any more."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for process in running:
            terminate(process)
        for process in running:
            self.stop(process, grace_s=2.0)


def terminate(process: subprocess.Popen[str]) -> None:
    """Ask a process to end."""
    _signal(process, signal.SIGTERM)


def _signal(process: subprocess.Popen[str], number: int) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)
