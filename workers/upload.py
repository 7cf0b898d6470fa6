"""Uploads pictures to Slack: the bytes first, unseen; then one call shares them all as one message."""

import asyncio

from core.answering import description
from core.cards.answer import answer
from core.records import Generation, Model
from workers import files
from workers.house import House
from workers.metadata import described

TITLE_MOST = 80
"""Characters of a prompt that stand as its pictures' title."""


async def send(house: House, generation: Generation, model: Model, jpegs: list[bytes]) -> list[str]:
    """Upload pictures where nobody sees them yet, each with how it was painted in it; gives Slack's ids of them."""
    named = {
        f"{generation.id}-{place}.jpg": described(jpeg, description(generation, model, place))
        for place, jpeg in enumerate(jpegs, 1)
    }
    return await asyncio.gather(*(files.send(house, name, jpeg) for name, jpeg in named.items()))


async def share(house: House, generation: Generation, model: Model) -> None:
    """Share the uploaded pictures with their prompt, unless an earlier try has done so."""
    titles = dict.fromkeys(generation.files, generation.prompt[:TITLE_MOST])
    where, tried = (generation.channel, generation.thread_ts), generation.tries > 1
    await files.share(house, titles, where, tried=tried, blocks=answer(generation, model))
