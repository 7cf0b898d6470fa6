"""Uploads pictures to Slack: the bytes first, unseen; then one call shares them all as one message."""

import asyncio
from typing import Any

from core import words
from core.asking import unusual
from core.records import Generation, Model
from workers import files
from workers.house import House
from workers.trouble import Trouble


async def send(house: House, generation: Generation, jpegs: list[bytes]) -> list[str]:
    """Upload pictures where nobody sees them yet; gives Slack's ids of them."""
    return await asyncio.gather(*(files.send(house, _name(generation, k), jpeg) for k, jpeg in enumerate(jpegs)))


def _name(generation: Generation, place: int) -> str:
    return f"{generation.id}-{place + 1}.jpg"


async def share(house: House, generation: Generation, model: Model) -> None:
    """Share the uploaded pictures with their prompt, unless an earlier try has done so."""
    if generation.tries > 1 and await _is_shared(house, generation):
        return
    title = generation.prompt[:80]
    await house.slack(
        "files.completeUploadExternal",
        files=[{"id": file, "title": title} for file in generation.files],
        channel_id=generation.channel,
        thread_ts=generation.thread_ts or None,
        initial_comment=words.asking.caption(
            generation.user, generation.prompt, model.title, generation.seed, unusual(generation)
        ),
    )


async def _is_shared(house: House, generation: Generation) -> bool:
    """Ask whether the first picture stands in the channel already."""
    try:
        info: dict[str, Any] = await house.slack("files.info", file=generation.files[0])
    except Trouble as fault:
        if fault.code in files.GONE:
            return False
        raise
    shares: dict[str, dict[str, Any]] = info.get("file", {}).get("shares") or {}
    return any(generation.channel in places for places in shares.values())
