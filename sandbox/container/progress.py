"""Log lines of a training run, in the manner of tqdm and of JumpStart's container."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Writes one line to the log."""
LINES, SELDOMMEST = 50, 10
"""Progress lines of a long run, and the most steps between two; a short one has a line for each step."""
_CELLS = 10


def bar(step: int, steps: int, seconds: float, loss: float) -> str:
    """Draw one progress line: share, bar, step, time gone and time left, and the loss."""
    share = step / steps
    left = seconds / share * (1 - share)
    drawn = "#" * int(share * _CELLS)
    times = f"{clock(seconds)}<{clock(left)}"
    return f"Steps: {share:4.0%}|{drawn:<{_CELLS}}| {step}/{steps} [{times}, train_avg_loss={loss:.4f}]"


def clock(seconds: float) -> str:
    """Give a time as minutes and seconds, with hours only if there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def reporter(steps: int, say: Say, now: Callable[[], float]) -> Callable[[int, float], None]:
    """Make the function that training calls after each step; it says every few steps how far it is."""
    began = now()
    every = min(SELDOMMEST, max(1, steps // LINES))

    def report(step: int, loss: float) -> None:
        if step % every == 0 or step == steps:
            say(bar(step, steps, now() - began, loss))

    return report
