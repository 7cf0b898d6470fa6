"""What the bot and the workers have in common as processes: settings, logs, signals, exit codes."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Generator

import uvloop

from core import logs, settings
from core.settings import Settings, SettingsError

log = logging.getLogger(__name__)

BROKEN, BAD_SETTINGS = 1, 2
"""Exit codes of a process that broke, and of one whose settings are missing or wrong."""


def run(role: str, serve: Callable[[Settings, asyncio.Event], Awaitable[None]]) -> int:
    """Read the settings of a role, then serve until SIGTERM or SIGINT; gives the process's exit code.

    `serve` gets an event that is set when the process shall end.
    """
    logs.to_stdout()
    try:
        told = settings.load(os.environ, role)
    except SettingsError as error:
        for fault in error.faults:
            log.error("%s", fault)  # noqa: TRY400 - a traceback would tell an admin nothing
        return BAD_SETTINGS
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_until_told(told, serve))
    except Exception:
        log.exception("the process ends on a fault that nobody foresaw")
        return BROKEN
    return 0


@contextlib.contextmanager
def loading() -> Generator[None]:
    """Load what a process is made of: it stays for good, so nobody looks for garbage in it, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def _until_told(told: Settings, serve: Callable[[Settings, asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(told, stop)
