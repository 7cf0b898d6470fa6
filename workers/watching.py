"""Watches all training jobs and endpoints of the deployment with list calls, whatever their number."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from core.store import Store
from workers.aws import Aws
from workers.trouble import Trouble

PAGE = 100
"""The most that one list call gives."""
LIST_SECONDS = 0.55
"""AWS takes two list calls a second from an account (reported): all workers and both lists share one turn."""
EVERYWHERE = ""
"""The turn is not a team's: it belongs to the deployment."""


@dataclass
class _Seen:
    """What stood in a list when it was last asked for, or why it could not be asked."""

    at: float = float("-inf")
    statuses: dict[str, str] = field(default_factory=dict[str, str])
    failed_at: float = float("-inf")
    fault: Trouble = field(default_factory=lambda: Trouble(""))
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Watch:
    """Statuses by name, asked for together when the last answer is older than half a poll."""

    def __init__(self, aws: Aws, store: Store, deployment: str, poll_seconds: float, now: Callable[[], float]) -> None:
        self._aws, self._store, self._now = aws, store, now
        self._deployment = deployment
        self._fresh_seconds = poll_seconds / 2
        self._jobs, self._endpoints = _Seen(), _Seen()

    async def training_job(self, name: str) -> str | None:
        """Give the SecondaryStatus of a job that is in progress; None: it is over, or AWS does not list it yet."""
        return (await self._look(self._jobs, self._list_jobs)).get(name)

    async def endpoint(self, name: str) -> str | None:
        """Give `Creating` for an endpoint that is on its way up; None: it is not, or AWS does not list it yet."""
        return (await self._look(self._endpoints, self._list_endpoints)).get(name)

    async def _look(self, seen: _Seen, ask: Callable[[], Any]) -> dict[str, str]:
        """Give the list, asked for anew by one caller when it is old.

        The others go by the last one meanwhile, as long as it is younger than a poll: a long list takes seconds, and
        each caller that waits keeps a worker's hands from other work. A refusal is every caller's, for half a poll.
        """
        if seen.lock.locked() and self._now() - seen.at < 2 * self._fresh_seconds:
            return seen.statuses
        async with seen.lock:
            if self._now() - seen.failed_at < self._fresh_seconds:
                raise replace(seen.fault)
            if self._now() - seen.at >= self._fresh_seconds:
                await self._ask(seen, ask)
            return seen.statuses

    async def _ask(self, seen: _Seen, ask: Callable[[], Any]) -> None:
        at = self._now()
        try:
            seen.statuses, seen.at = await ask(), at
        except Trouble as fault:
            seen.failed_at, seen.fault = self._now(), fault
            raise

    async def _list_jobs(self) -> dict[str, str]:
        pages = await self._pages("list_training_jobs", "TrainingJobSummaries", "InProgress")
        return {job["TrainingJobName"]: str(job.get("SecondaryStatus") or job["TrainingJobStatus"]) for job in pages}

    async def _list_endpoints(self) -> dict[str, str]:
        pages = await self._pages("list_endpoints", "Endpoints", "Creating")
        return {endpoint["EndpointName"]: str(endpoint["EndpointStatus"]) for endpoint in pages}

    async def _pages(self, operation: str, listed: str, status: str) -> Iterable[dict[str, Any]]:
        """Ask for every page of what has this status and a name of this deployment."""
        found: list[dict[str, Any]] = []
        asked: dict[str, Any] = {
            "NameContains": f"{self._deployment}-",
            "StatusEquals": status,
            "MaxResults": PAGE,
        }
        while True:
            await turn(self._store)
            page = await self._aws.call(getattr(self._aws.sagemaker, operation), **asked)
            found += page[listed]
            if not page.get("NextToken"):
                return found
            asked["NextToken"] = page["NextToken"]


async def turn(store: Store) -> None:
    """Wait for the turn to list something."""
    wait = await store.pace(EVERYWHERE, "lists", LIST_SECONDS)
    while wait:
        await asyncio.sleep(wait)
        wait = await store.pace(EVERYWHERE, "lists", LIST_SECONDS)
