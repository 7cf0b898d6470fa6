"""The meter of the sandbox's AWS, pushed to people whenever it changes."""

import asyncio

import aiohttp

from sandbox.slack.json_types import JsonObject, as_object
from sandbox.slack.live import Live

_EVERY_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0


async def read_meter(aws: str) -> JsonObject | None:
    """Read the meter of the AWS at this address; None when there is none to read."""
    if not aws:
        return None
    timeout = aiohttp.ClientTimeout(total=_PATIENCE_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{aws}/sandbox/meter") as answer:
            return as_object(await answer.json())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None


async def watch_meter(aws: str, live: Live) -> None:
    """Push the meter to open pages, as long as the server runs."""
    last: JsonObject | None = None
    while aws:
        people = live.everyone()
        found = await read_meter(aws) if people else None
        if found is not None and found != last:
            live.push(people, {"type": "meter", "meter": found})
            last = found
        await asyncio.sleep(_EVERY_SECONDS)
