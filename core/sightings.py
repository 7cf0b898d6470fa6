"""Since when things have been seen that nobody wants, by clocks that may jump. Pure."""

from collections.abc import Collection, Iterable, Mapping

LAST = ""
"""The name under which the time of the last look is noted, beside those of things."""
STEP_SECONDS = 600.0
"""What one look adds to the time that has gone by, at the most: a clock that jumps ahead brings no deletion nearer."""
KEPT_SECONDS = 86_400
"""How long a sighting is known of what is not listed any more: a list can be late. After that all begins anew."""


def carried(noted: Mapping[str, float], now: float) -> dict[str, float]:
    """Give when each thing was first seen, in Unix seconds of the clock as it goes now.

    Where the clock has gone back since the last look, no time has gone by; where it has leapt, one step has.
    """
    went = now - noted.get(LAST, now)
    leapt = went - min(max(went, 0.0), STEP_SECONDS)
    return {key: at + leapt for key, at in noted.items() if key != LAST}


def after(known: Mapping[str, float], unwanted: Iterable[str], listed: Collection[str], now: float) -> dict[str, float]:
    """Give what is noted after a look: what nobody wants, what was not listed this time, and when this was."""
    late = {key: at for key, at in known.items() if key not in listed and now - at < KEPT_SECONDS}
    return late | {key: known.get(key, now) for key in unwanted} | {LAST: now}
