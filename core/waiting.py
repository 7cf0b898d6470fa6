"""Waiting for a machine that AWS does not have at the moment: how often, and for how long."""

WAITS_MOST = 6
"""How often AWS is asked again: with the default poll after 1, 2, 4, 8, 16 and 32 minutes."""
FIRST_WAIT_POLLS = 4


def until(now: float, poll_seconds: float, waits: int) -> float:
    """Give the time of the next attempt after so many waits, in Unix seconds."""
    return now + FIRST_WAIT_POLLS * poll_seconds * 2**waits
