"""`python -m sandbox` starts the whole product with a chat page; `python -m sandbox story` tells its story once."""

import argparse
import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sandbox import ports
from sandbox.demo import demo
from sandbox.house import Plan
from sandbox.service import PROJECT
from sandbox.sheet_chapters import CHAPTERS as SHEETS
from sandbox.sheet_chapters import STEPS, contact_sheet
from sandbox.story import CHAPTERS as FIRST
from sandbox.story import story

PAGE_PORT = 3333
CHAPTERS = (*FIRST[:2], ("They are looked at", contact_sheet), *FIRST[2:], *SHEETS)


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("sandbox", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("demo", "story"), default="demo")
    parser.add_argument("--port", type=int, default=PAGE_PORT, help="port of the chat page (demo)")
    parser.add_argument("--transport", choices=("socket", "http"), default="socket", help="how Slack reaches the bot")
    parser.add_argument("--speed", type=float, default=60.0, help="how much faster time runs in the sandbox's AWS")
    parser.add_argument("--out", type=Path, default=PROJECT / "build" / "story", help="where the story is saved")
    parser.add_argument("--steps", default=STEPS, help="the step counts that the story compares")
    return parser.parse_args(argv)


async def run(told: argparse.Namespace) -> int:
    """Run what was asked for, until it ends or somebody ends it."""
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel if task else sys.exit)
    with tempfile.TemporaryDirectory(prefix="darkroom-") as folder, contextlib.suppress(asyncio.CancelledError):
        if told.what == "story":
            plan = Plan(data=Path(folder), transport=told.transport, speed=told.speed)
            return await story(plan, CHAPTERS, told.out, told.steps)
        port = told.port if ports.is_free(told.port) else ports.free()
        await demo(Path(folder), told.transport, told.speed, port)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(run(read(sys.argv[1:]))))
