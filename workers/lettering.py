"""Letters on pictures: what the font can write, broken into lines that fit a width."""

import unicodedata
from functools import cache
from itertools import accumulate
from typing import Any

from PIL import ImageDraw, ImageFont

ELLIPSIS = "…"
LEADING = 1.3
"""From one line to the next, in sizes of the letter."""
_STAND_INS = {"×": "x", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "→": ">"}
"""What people's words hold and Pillow's own font lacks."""


@cache
def font(size: int) -> Any:  # noqa: ANN401 - FreeTypeFont where Pillow has FreeType, which it says nowhere
    """Give Pillow's own font: Aileron, Latin letters only."""
    return ImageFont.load_default(size)


def line_height(size: int) -> int:
    """Give the pixels from one line to the next."""
    return round(size * LEADING)


def wrap(text: str, size: int, width: float, lines_most: int) -> list[str]:
    """Break text into lines of at most `width` pixels; a word that is too long is cut, the last line ends with `…`."""
    lines = [line for paragraph in text.split("\n") for line in _wrapped(readable(paragraph), size, width)]
    if len(lines) > lines_most:
        lines = [*lines[: lines_most - 1], _shortened(lines[lines_most - 1], size, width)]
    return lines


def write(draw: ImageDraw.ImageDraw, at: tuple[float, float], lines: list[str], size: int, ink: str) -> None:
    """Write lines below each other; `at` is the upper left corner."""
    for place, line in enumerate(lines):
        draw.text((at[0], at[1] + place * line_height(size)), line, fill=ink, font=font(size))


def readable(text: str) -> str:
    """Put in what the font can write: the letter without its accent, or a question mark."""
    return "".join(_readable(letter) for letter in text)


@cache
def _readable(letter: str) -> str:
    if letter.isspace():
        return " "
    stand_in = _STAND_INS.get(letter, letter)
    plain = unicodedata.normalize("NFKD", stand_in).encode("ascii", "ignore").decode()
    return next((one for one in (stand_in, plain) if one and all(map(_has, one))), "?")


def _has(letter: str) -> bool:
    missing = font(16).getmask("\uffff")
    return bytes(font(16).getmask(letter)) != bytes(missing)


def _wrapped(text: str, size: int, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, size, width):
            longer = f"{lines[-1]} {piece}".strip()
            if not lines[-1] or font(size).getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, size: int, width: float) -> list[str]:
    """Cut a word where it would leave its column."""
    pieces: list[str] = []
    while word:
        fits = sum(font(size).getlength(start) <= width for start in accumulate(word))
        pieces.append(word[: max(1, fits)])
        word = word[max(1, fits) :]
    return pieces


def _shortened(line: str, size: int, width: float) -> str:
    while line and font(size).getlength(line + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
