"""The ways in which this Slack says no."""


class ApiError(Exception):
    """A Web API call was refused: Slack's error code, and the further keys of the answer."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


class PersonError(Exception):
    """What a person tried cannot be done; the text is a short code."""
