"""A clock that goes only when told to."""

NEW_YEAR_2027 = 1_798_761_600.0


class FakeClock:
    """Called like `time.time`; `advance` is the only way it moves."""

    def __init__(self, now: float = NEW_YEAR_2027) -> None:
        self.now = now

    def __call__(self) -> float:
        """Give the time in Unix seconds."""
        return self.now

    def advance(self, seconds: float) -> float:
        """Move on; gives the new time."""
        self.now += seconds
        return self.now
