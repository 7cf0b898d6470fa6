"""The sandbox's AWS as a process of its own, for tests and the demo to start and stop."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sandbox.aws.children import PROJECT

START_S = 60.0
"""Wall seconds within which it must be up."""
STOP_S = 15.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class AwsProcess:
    """`with AwsProcess(folder, ["--speed", "60", "--bucket", "photos"]) as aws: … aws.url …`.

    Its output is in `aws.log` in the folder.
    """

    data: Path
    options: Sequence[str] = ()
    port: int = field(default_factory=_free_port)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """The one address of all its services: AWS_ENDPOINT_URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return None if self._process is None else self._process.pid

    def start(self) -> Self:
        """Start it and wait until it is healthy.

        Raises:
            RuntimeError: it ended or took too long; the message ends with its last words.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "sandbox.aws", "--port", str(self.port), "--data", str(self.data)]
        with (self.data / "aws.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self.options], cwd=PROJECT, env=dict(os.environ), stdout=log, stderr=log
            )
        self._await_health(self._process)
        return self

    def _await_health(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError):
                if self._ask("GET", "/healthz")[0] == http.client.OK:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the sandbox's AWS did not come up: {(self.data / 'aws.log').read_text()[-2000:]}")

    def stop(self) -> None:
        """End it and all that it started."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def sandbox(self, path: str, body: object = None, method: str | None = None) -> Any:  # noqa: ANN401 - any JSON
        """Ask `/sandbox/<path>`: GET, or POST when there is a body, or the method given; the reply's JSON."""
        sent = None if body is None else json.dumps(body)
        return self._ask(method or ("GET" if sent is None else "POST"), f"/sandbox/{path}", sent)[1]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body)
            reply = connection.getresponse()
            said = reply.read()
            return reply.status, json.loads(said) if reply.headers.get_content_subtype() == "json" else said
        finally:
            connection.close()
