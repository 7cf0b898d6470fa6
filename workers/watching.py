"""Watches all training jobs and endpoints of the deployment with list calls, whatever their number."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.store import Store
from workers.aws import Aws

PAGE = 100
"""The most that one list call gives."""
LIST_SECONDS = 0.55
"""AWS takes two list calls a second from an account (reported): all workers and both lists share one turn."""
EVERYWHERE = ""
"""The turn is not a team's: it belongs to the deployment."""


@dataclass
class _Seen:
    """What stood in a list when it was last asked for."""

    at: float = float("-inf")
    statuses: dict[str, str] = field(default_factory=dict[str, str])
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
        async with seen.lock:
            if self._now() - seen.at >= self._fresh_seconds:
                at = self._now()
                seen.statuses, seen.at = await ask(), at
            return seen.statuses

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
            await self._turn()
            page = await self._aws.call(getattr(self._aws.sagemaker, operation), **asked)
            found += page[listed]
            if not page.get("NextToken"):
                return found
            asked["NextToken"] = page["NextToken"]

    async def _turn(self) -> None:
        if wait := await self._store.pace(EVERYWHERE, "lists", LIST_SECONDS):
            await asyncio.sleep(wait)
            await self._turn()
