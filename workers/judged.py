"""What the decoding process found in a picture, and how that crosses the pipe."""

import struct
from dataclasses import dataclass

_FIGURES = struct.Struct(">IIddd16sI")


@dataclass(frozen=True)
class Judged:
    """Both squares of a picture and what was measured on it."""

    crop: bytes
    """Its middle: an upright JPEG of 512×512 in sRGB, without metadata."""
    fit: bytes
    """The whole of it on a ground of its own, as large and as plain."""
    width: int
    """Pixels of the upright original."""
    height: int
    sharpness: float
    """90th percentile over tiles of the variance of the Laplacian."""
    dhash: str
    """Difference hash of 64 bits, 16 hexadecimal digits."""
    dark: float
    """Share of pixels that are nearly black, 0 to 1."""
    bright: float
    """Share of pixels that are nearly white, 0 to 1."""

    def pack(self) -> bytes:
        """Give it as bytes: the figures, then both squares."""
        figures = (self.width, self.height, self.sharpness, self.dark, self.bright, self.dhash.encode())
        return _FIGURES.pack(*figures, len(self.crop)) + self.crop + self.fit

    @classmethod
    def unpack(cls, data: bytes) -> "Judged":
        """Read what `pack` gave."""
        width, height, sharpness, dark, bright, dhash, length = _FIGURES.unpack_from(data)
        squares = data[_FIGURES.size :]
        return cls(squares[:length], squares[length:], width, height, sharpness, dhash.decode(), dark, bright)
