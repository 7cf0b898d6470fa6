"""Waiting for something to become true, in place of sleeping."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

T = TypeVar("T")


async def wait_until(predicate: Callable[[], T | Awaitable[T]], *, within: float = 10.0) -> T:
    """Ask again and again until the answer, awaited where need be, is true; gives the answer.

    Raises:
        AssertionError: when it is not true within so many seconds.
    """
    deadline = time.monotonic() + within
    while True:
        answer = predicate()
        found = cast("T", await answer if inspect.isawaitable(answer) else answer)
        if found:
            return found
        assert time.monotonic() < deadline, f"not true within {within:g} s: {inspect.getsource(predicate).strip()}"
        await asyncio.sleep(0.01)
