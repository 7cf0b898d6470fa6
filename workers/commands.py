"""What `python -m workers` can do beside working: `sweep [--dry-run] [--stateless]`, `recover [--dry-run]`."""

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from core import process, recovering, swept, words
from core.settings import Settings
from core.store import Store, StoreAwayError, connect
from core.sweeping import Finding
from workers import aws
from workers.recover import Recovery
from workers.stateless import Stateless
from workers.sweeper import Sweeper
from workers.trouble import Trouble

NOT_DONE = 3
"""Exit code of a command that could not look, or after which something is left that people should see to."""
_LEFT = {"older", "refused", "stuck"} | recovering.NOT_DONE
"""What is said of what is left."""

Line = tuple[str, str]
"""What became of a thing, in a word, and which thing it is, with what there is to say of it."""


class _Silent:
    """Wakes nobody: the workers' reconciler sees what is due."""

    def ring(self, team: str, wakes: object) -> None:
        """Hear nothing."""


def run(argv: Sequence[str]) -> int:
    """Carry a command out; gives the exit code."""
    parser = argparse.ArgumentParser("python -m workers", description=__doc__)
    parser.add_argument("command", choices=["sweep", "recover"])
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--stateless", action="store_true", help="go by tags and CloudWatch alone: no Redis is needed")
    told = parser.parse_args(argv)
    if told.stateless and told.command != "sweep":
        parser.error("--stateless is for sweep alone")
    look = _recover if told.command == "recover" else _stateless if told.stateless else _by_records
    return _say("sweep" if told.stateless else "workers", look, dry=told.dry_run)


def _say(role: str, look: Callable[..., Awaitable[list[Line]]], *, dry: bool) -> int:
    lines: list[Line] = []
    faults: list[str] = []

    async def serve(settings: Settings, _: asyncio.Event) -> None:
        try:
            lines.extend(await look(settings, dry=dry))
        except Trouble as fault:
            faults.append(fault.reason)
        except StoreAwayError:
            faults.append(words.sweeping.NO_RECORDS)

    code = process.run(role, serve)
    sys.stdout.writelines(f"{verdict:8} {thing}\n" for verdict, thing in lines)
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    left = any(verdict in _LEFT for verdict, _ in lines)
    return code or (NOT_DONE if left or faults else 0)


async def _by_records(told: Settings, *, dry: bool) -> list[Line]:
    async with _store(told) as store:
        found = await Sweeper(aws.connect(told.aws_region or ""), store, told, time.time, dry).sweep()
    return _lines(found)


async def _stateless(told: Settings, *, dry: bool) -> list[Line]:
    found = await Stateless(aws.connect(told.aws_region or ""), told.deployment, time.time, dry).sweep()
    return _lines(found)


def _lines(found: Sequence[Finding]) -> list[Line]:
    return [(one.verdict, f"{one.thing.key} {one.note} {swept.cost(one.bill)}") for one in found]


async def _recover(told: Settings, *, dry: bool) -> list[Line]:
    async with _store(told) as store:
        found = await Recovery(aws.connect(told.aws_region or ""), store, told, time.time, dry).recover()
    return [(one.verdict, f"{one.what} {one.note}".rstrip()) for one in found]


@contextlib.asynccontextmanager
async def _store(told: Settings) -> AsyncGenerator[Store]:
    redis = connect(told.redis_url)
    try:
        yield Store(redis, told.deployment, _Silent())
    finally:
        await redis.aclose()
