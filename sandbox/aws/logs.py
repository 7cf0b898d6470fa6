"""Container output on its way to CloudWatch Logs."""

import contextlib
import time
from collections import defaultdict
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_logs.type_defs import InputLogEventTypeDef

SHIP_EVERY_S = 0.25
"""Wall seconds that lines are gathered before they are sent."""


class Logs:
    """Gathers lines from all containers and sends them, each stream's in order."""

    def __init__(self, client: "CloudWatchLogsClient") -> None:
        self._client = client
        self._gathered: defaultdict[tuple[str, str], list[InputLogEventTypeDef]] = defaultdict(list)
        self._known: set[tuple[str, str]] = set()
        self._gathering = Lock()
        self._shipping = Lock()
        Thread(target=self._ship_for_ever, name="logs", daemon=True).start()

    def write(self, group: str, stream: str, line: str) -> None:
        """Add a line with the time of now. Logs refuses empty messages, so an empty line is left out."""
        if line:
            with self._gathering:
                self._gathered[group, stream].append({"timestamp": int(time.time() * 1000), "message": line})

    def ship(self) -> None:
        """Send what has been gathered; when this returns, all that was written before can be read."""
        with self._shipping:
            with self._gathering:
                gathered = dict(self._gathered)
                self._gathered.clear()
            for (group, stream), events in gathered.items():
                self._open(group, stream)
                self._client.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)

    def _open(self, group: str, stream: str) -> None:
        if (group, stream) in self._known:
            return
        taken = self._client.exceptions.ResourceAlreadyExistsException
        with contextlib.suppress(taken):
            self._client.create_log_group(logGroupName=group)
        with contextlib.suppress(taken):
            self._client.create_log_stream(logGroupName=group, logStreamName=stream)
        self._known.add((group, stream))

    def _ship_for_ever(self) -> None:
        while True:
            time.sleep(SHIP_EVERY_S)
            self.ship()
