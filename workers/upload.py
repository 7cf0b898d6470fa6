"""Uploads pictures to Slack: the bytes first, unseen; then one call shares them all as one message."""

import asyncio

from core.answering import description
from core.cards.answer import answer
from core.records import Generation, Model
from workers import files
from workers.house import House
from workers.metadata import described


async def send(house: House, generation: Generation, model: Model, jpegs: list[bytes]) -> list[str]:
    """Upload pictures where nobody sees them yet, each with how it was painted in it; gives Slack's ids of them."""
    named = {
        f"{generation.id}-{place}.jpg": described(jpeg, description(generation, model, place))
        for place, jpeg in enumerate(jpegs, 1)
    }
    return await asyncio.gather(*(files.send(house, name, jpeg) for name, jpeg in named.items()))


async def share(house: House, generation: Generation, model: Model) -> None:
    """Share the uploaded pictures with their prompt, unless an earlier try has done so."""
    if generation.tries > 1 and await _is_shared(house, generation):
        return
    title = generation.prompt[:80]
    await house.reply(
        "files.completeUploadExternal",
        generation.thread_ts,
        files=[{"id": file, "title": title} for file in generation.files],
        channel_id=generation.channel,
        blocks=answer(generation, model),
    )


async def _is_shared(house: House, generation: Generation) -> bool:
    """Ask whether the first picture stands in the channel already."""
    return bool(await files.shared_at(house, generation.files[0], generation.channel))
