"""Start a worker: `python -m workers`. Ends within seconds on SIGTERM, with nothing half done."""

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import aiohttp
from docket import Docket, Retry, Worker

from core import process
from core.bell import listen
from core.settings import Settings
from core.store import Store, connect
from core.wake import Waker
from workers import aws, commands, slack
from workers.at_once import AtOnce
from workers.closing import GRACE_SECONDS, until_told
from workers.decoder import Decoders
from workers.digest import digest_forever
from workers.handlers import GIVES_UP, HANDLERS
from workers.house import House
from workers.jumpstart import JumpStart
from workers.progress import Progress
from workers.reconciler import reconcile_forever
from workers.step import Steps
from workers.sweeper import Sweeper, sweep_forever
from workers.watching import Watch

log = logging.getLogger(__name__)

CONCURRENCY = 48
"""Queued steps under way at once: most of them wait for an endpoint or for Slack."""
POLL = timedelta(milliseconds=20)
DOWNLOAD_SECONDS = 60


@contextlib.asynccontextmanager
async def open_house(told: Settings, store: Store) -> AsyncGenerator[House]:
    """Make the connections a worker needs, and let go of them."""
    timeout = aiohttp.ClientTimeout(total=DOWNLOAD_SECONDS)
    clients = aws.connect(told.aws_region or "")
    decoders = Decoders()
    limit = aiohttp.ClientTimeout(total=slack.CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=limit) as calls, aiohttp.ClientSession(timeout=timeout) as downloads:
        web = slack.connect(told.slack_bot_token, told.slack_api_url, calls)
        watch = Watch(clients, store, told.deployment, told.poll_seconds, time.time)
        progress = Progress(clients, told.deployment, told.poll_seconds, time.time)
        jumpstart = JumpStart(clients, told)
        try:
            yield House(told, store, web, downloads, clients, jumpstart, decoders, watch, progress, time.time)
        finally:
            await decoders.close()
            clients.threads.shutdown(wait=False, cancel_futures=True)


async def work(told: Settings, stop: asyncio.Event) -> None:
    """Step records until SIGTERM."""
    redis = connect(told.redis_url)
    waker = Waker(told.redis_url, told.deployment)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(redis.aclose)
        stack.push_async_callback(waker.close)
        at_once = AtOnce(waker, time.time)
        house = await stack.enter_async_context(open_house(told, Store(redis, told.deployment, at_once)))
        docket = await waker.docket()
        steps = Steps(house, HANDLERS, GIVES_UP, stop)
        docket.register(steps.step, names=["step"])
        worker = await stack.enter_async_context(_worker(docket, told))
        log.info("worker is up: deployment %s, region %s", told.deployment, told.aws_region)
        stepping = (worker.run_forever(), at_once.run(steps.step))
        sweeping = sweep_forever(Sweeper(house.aws, house.store, told, time.time))
        hearing = listen(redis, told.deployment, at_once.ring)
        telling = digest_forever(house.store, told, time.time)
        await until_told(stop, stepping, reconcile_forever(house, waker, steps.step), hearing, sweeping, telling)


def _worker(docket: Docket, told: Settings) -> Worker:
    return Worker(
        docket,
        concurrency=CONCURRENCY,
        redelivery_timeout=timedelta(seconds=2 * told.lease_seconds + aws.INVOKE_SECONDS + GRACE_SECONDS),
        reconnection_delay=timedelta(seconds=1),
        minimum_check_interval=POLL,
        scheduling_resolution=POLL,
        schedule_automatic_tasks=False,
        fallback_task=unknown_task,
    )


async def unknown_task(*_: Any, retry: Retry = Retry(attempts=None, delay=timedelta(seconds=5))) -> None:  # noqa: B008 - docket's own way
    """Keep a wake-up that a newer version of the code queued; docket would count it as done."""
    raise RuntimeError(f"this worker does not know the task; try {retry.attempt}")


if __name__ == "__main__":
    code = commands.run(sys.argv[1:]) if sys.argv[1:] else process.run("workers", work)
    sys.stdout.flush()
    # A thread may still wait up to 70 s for an endpoint; its result would be thrown away, so nobody waits for it.
    os._exit(code)
