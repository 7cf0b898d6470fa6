"""How far trainings are: read from the log streams of all jobs together."""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workers.aws import Aws
from workers.trouble import Trouble

log = logging.getLogger(__name__)

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
LOOK_BACK_SECONDS = 600
"""How far back a worker that has just started reads."""
OVERLAP_SECONDS = 30
"""Lines reach CloudWatch late: so much is read twice."""
PAGES_MOST = 5
"""Pages (1 MB each) read at a time: a flood of lines is caught up with over several looks."""
SILENT_SECONDS = 3_600
"""A job that has logged nothing for so long is let go of, whoever saw it end: its run's record knows its last step."""
_STEP = re.compile(r"\b(\d{1,7})/(\d{1,7})\b")
_ELSE = "class image"
"""What stands in lines that count the pictures of the class, as many as there are steps perhaps."""
_LOSS = re.compile(r"\btrain_avg_loss=\s*([0-9][0-9.eE+-]*)")


@dataclass(frozen=True)
class Line:
    """A step that a log tells of, and the loss as the log writes it."""

    step: int = 0
    loss: str = ""


class Progress:
    """The last step of every job of the deployment, asked for together when the last answer is old."""

    def __init__(self, aws: Aws, deployment: str, poll_seconds: float, now: Callable[[], float]) -> None:
        self._aws, self._deployment, self._now = aws, deployment, now
        self._fresh_seconds = poll_seconds / 2
        self._asked = float("-inf")
        self._since = 0.0
        self._lines: dict[str, dict[int, Line]] = {}
        self._heard: dict[str, float] = {}
        self._lock = asyncio.Lock()

    async def of(self, job: str, steps: int) -> Line:
        """Give how far a job is that trains so many steps; step 0 before the first, and when no log can be read.

        One caller reads what is new; the others go by what is known meanwhile.
        """
        if self._now() - self._asked >= self._fresh_seconds and not self._lock.locked():
            async with self._lock:
                await self._look()
        return self._lines.get(job, {}).get(steps, Line())

    async def _look(self) -> None:
        self._asked = self._now()
        since = self._since or self._asked - LOOK_BACK_SECONDS
        try:
            events, is_all = await self._read(since)
        except Trouble as fault:
            log.info("no progress to be read: %s", fault)
            return
        for event in events:
            job = str(event.get("logStreamName", "")).partition("/")[0]
            self._heard[job] = self._asked
            read(str(event.get("message", "")), self._lines.setdefault(job, {}))
        newest = max((event["timestamp"] / 1000 for event in events), default=since)
        self._since = max(since, newest - OVERLAP_SECONDS if is_all else newest)
        for job in [job for job, at in self._heard.items() if self._asked - at > SILENT_SECONDS]:
            self.forget(job)

    async def _read(self, since: float) -> tuple[list[dict[str, Any]], bool]:
        """Read lines, oldest first, and tell whether these are all that there are."""
        asked: dict[str, Any] = {
            "logGroupName": LOG_GROUP,
            "logStreamNamePrefix": f"{self._deployment}-",
            "startTime": int(since * 1000),
        }
        events: list[dict[str, Any]] = []
        more = ""
        for _ in range(PAGES_MOST):
            page: Any = await self._aws.call(
                self._aws.logs.filter_log_events, **asked | ({"nextToken": more} if more else {})
            )
            events += page["events"]
            if not (more := str(page.get("nextToken") or "")):
                break
        return sorted(events, key=lambda event: event["timestamp"]), not more

    def forget(self, job: str) -> None:
        """Let go of a job that is over."""
        self._lines.pop(job, None)
        self._heard.pop(job, None)


def read(line: str, known: dict[int, Line]) -> None:
    """Take a line of a log into what is known: the last `n/m` for each m, since logs count other things too."""
    if _ELSE in line:
        return
    loss = _LOSS.search(line)
    for n, m in _STEP.findall(line):
        if int(n) <= int(m):
            known[int(m)] = Line(int(n), loss[1] if loss else known.get(int(m), Line()).loss)
