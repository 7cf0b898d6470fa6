"""Waiting for what is on its way."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")


async def wait_until(look: Callable[[], _Found], seconds: float = 5.0) -> _Found:
    """Look until there is something; fails when it does not come in time."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)
    return found
