"""Whether prompts are over for the product too: Slack shows pictures a moment before a worker has written that down."""

import json
from typing import Any

from core.store import connect
from tests.stories.acts import SECONDS, Scene


async def all_painted(at: Scene) -> None:
    """Wait until nothing stands in the line of the story's models any more: only then do their buttons ask for more."""
    redis: Any = connect(at.house.valkey.url)

    async def empty() -> bool:
        models = [key async for key in redis.scan_iter("*}:model:*")]
        ours = [key for key in models if json.loads(await redis.hget(key, "body"))["subject"] == at.subject]
        return not any([await redis.exists(key.replace(":model:", ":line:")) for key in ours])

    try:
        await at.mira.wait_for(empty, SECONDS, "the line to be empty")
    finally:
        await redis.aclose()
