"""Ends a computation that takes too long, a search by a regular expression for instance."""

import contextlib
import signal
from collections.abc import Generator
from types import FrameType


class TookTooLongError(Exception):
    """A computation has had its time."""


@contextlib.contextmanager
def within(seconds: float) -> Generator[None]:
    """Let what stands inside take so much processor time of this process; in the main thread only.

    A search holds the interpreter, so neither a task nor a thread can end it; but, unlike other things that are written
    in C, it looks for signals as it goes. A timer of the processor's time does not strike because others are busy.

    Raises:
        TookTooLongError: when it takes longer.
    """
    running = True

    def strike(_number: int, _frame: FrameType | None) -> None:
        if running:
            raise TookTooLongError

    before = signal.signal(signal.SIGVTALRM, strike)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
