"""What `python -m workers` can do beside working: `sweep [--dry-run] [--stateless]`."""

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence

from core import process, swept, words
from core.settings import Settings
from core.store import Store, StoreAwayError, connect
from core.sweeping import Finding
from workers import aws
from workers.stateless import Stateless
from workers.sweeper import Sweeper
from workers.trouble import Trouble

NOT_DONE = 3
"""Exit code of a sweep that could not look, or after which something is left that people should see to."""


class _Silent:
    """Wakes nobody: the workers find what a sweep has written down."""

    def ring(self, team: str, wakes: object) -> None:
        """Hear nothing."""


def run(argv: Sequence[str]) -> int:
    """Carry a command out; gives the exit code."""
    parser = argparse.ArgumentParser("python -m workers", description=__doc__)
    parser.add_argument("command", choices=["sweep"])
    parser.add_argument("--dry-run", action="store_true", help="say what would be ended, and end nothing")
    parser.add_argument("--stateless", action="store_true", help="go by tags and CloudWatch alone: no Redis is needed")
    told = parser.parse_args(argv)
    look = _stateless if told.stateless else _by_records
    found: list[Finding] = []
    faults: list[str] = []

    async def serve(settings: Settings, _: asyncio.Event) -> None:
        try:
            found.extend(await look(settings, dry=told.dry_run))
        except Trouble as fault:
            faults.append(fault.reason)
        except StoreAwayError:
            faults.append(words.sweeping.NO_RECORDS)

    code = process.run("sweep" if told.stateless else "workers", serve)
    for finding in found:
        sys.stdout.write(f"{finding.verdict:8} {finding.thing.key} {finding.note} {swept.cost(finding.bill)}\n")
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    left = any(finding.verdict in {"older", "refused", "stuck"} for finding in found)
    return code or (NOT_DONE if left or faults else 0)


async def _by_records(told: Settings, *, dry: bool) -> list[Finding]:
    redis = connect(told.redis_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(redis.aclose)
        clients = aws.connect(told.aws_region or "")
        return await Sweeper(clients, Store(redis, told.deployment, _Silent()), told, time.time, dry).sweep()


async def _stateless(told: Settings, *, dry: bool) -> list[Finding]:
    return await Stateless(aws.connect(told.aws_region or ""), told.deployment, time.time, dry).sweep()
