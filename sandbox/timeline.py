"""A timeline on the terminal: what happened, when, and whether it was as it should be."""

import time
from collections.abc import Generator
from contextlib import contextmanager


class Timeline:
    """Prints one line for each thing that happens, with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    def tell(self, text: str) -> None:
        """Print what happened."""
        print(f"{self.seconds:7.1f} s  {text}", flush=True)  # noqa: T201 - this is what a terminal is for

    @contextmanager
    def chapter(self, title: str) -> Generator[None]:
        """Print a chapter's title, and say so when it breaks."""
        print(f"\n           {title}", flush=True)  # noqa: T201
        try:
            yield
        except BaseException:
            self.tell(f"BROKEN in: {title}")
            raise


def expect(holds: object, what: str) -> None:
    """Let the story break here, in words, unless this holds.

    Raises:
        AssertionError: with the words.
    """
    if not holds:
        raise AssertionError(what)
