"""The calls that watching 1,000 training jobs and 1,000 endpoints needs, beside one describe each."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import Bar, Row
from core.store import Store, connect
from core.wake import Waker
from sandbox.valkey import Valkey
from workers.aws import Aws
from workers.watching import Watch

THINGS = 1_000
POLLS = 3
POLL_SECONDS = 15.0
FEWER = Bar(1 / 50)
RATE = Bar(2.0, unit=" list calls/s")
Json = dict[str, Any]


@dataclass
class Account:
    """SageMaker's two list operations over things that are all under way; remembers when it was asked."""

    names: list[str]
    asked_at: list[float] = field(default_factory=list[float])

    def list_training_jobs(self, **asked: Any) -> Json:
        """Give a page of jobs."""
        return self._page("TrainingJobSummaries", "TrainingJob", {"SecondaryStatus": "Training"}, asked)

    def list_endpoints(self, **asked: Any) -> Json:
        """Give a page of endpoints."""
        return self._page("Endpoints", "Endpoint", {"EndpointStatus": "Creating"}, asked)

    def _page(self, listed: str, kind: str, status: Json, asked: Json) -> Json:
        self.asked_at.append(time.monotonic())
        start = int(asked.get("NextToken", 0))
        end = start + asked["MaxResults"]
        page = [{f"{kind}Name": name, **status} for name in self.names[start:end]]
        return {listed: page} | ({"NextToken": str(end)} if end < len(self.names) else {})


async def many_runs(data: Path) -> list[Row]:
    """Watch for a few polls, as the steps of 1,000 runs and 1,000 models would."""
    valkey = Valkey(data)
    await valkey.start()
    try:
        account, needed = await _watch(valkey.url)
    finally:
        await valkey.stop()
    describes = 2 * THINGS * POLLS
    return [
        Row(
            f"calls to watch {THINGS} runs and {THINGS} endpoints, {POLLS} polls",
            f"{needed}",
            f"one describe each: {describes}",
            needed / describes,
            bar=FEWER,
        ),
        Row("most list calls in any second", f"{_busiest(account.asked_at)}", "", _busiest(account.asked_at), bar=RATE),
    ]


async def _watch(redis_url: str) -> tuple[Account, int]:
    names = [f"bench-cat-{place:04d}-a1" for place in range(THINGS)]
    account: Any = Account(names)
    redis, waker = connect(redis_url), Waker(redis_url, "bench")
    clock = itertools.count(0.0, POLL_SECONDS)
    now = next(clock)
    with ThreadPoolExecutor(1) as threads:
        unused: Any = None
        others: dict[str, Any] = dict.fromkeys(("s3", "runtime", "logs", "quotas", "pricing"), unused)
        aws = Aws(region="us-west-2", sagemaker=account, threads=threads, **others)
        watch = Watch(aws, Store(redis, "bench", waker), "bench", POLL_SECONDS, lambda: now)
        for _ in range(POLLS):
            for name in names:
                if await watch.training_job(name) is None or await watch.endpoint(name) is None:
                    raise AssertionError(f"{name} was not seen")
            now = next(clock)
    await waker.close()
    await redis.aclose()
    return account, len(account.asked_at)


def _busiest(moments: list[float]) -> int:
    """Give the most moments within any one second."""
    return max(sum(start <= at < start + 1 for at in moments) for start in moments)
