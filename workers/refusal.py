"""Why a picture from a stranger is not taken: the decoding process names it, the worker says it in words."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a picture is not taken."""

    NO_PICTURE = "no_picture"
    HEIC = "heic"
    """A photo as phones store it, which needs the optional extra `heic`."""
    TRUNCATED = "truncated"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PIXELS_JPEG = "too_many_pixels_jpeg"
    TOO_MUCH_MEMORY = "too_much_memory"


class RefusedError(Exception):
    """A picture is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
