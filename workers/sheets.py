"""Sheets of pictures, drawn with Pillow: a set's photos with their verdicts, and pictures beside each other.

Colours are those of a photographer's light table: they stand on Slack's white as on its dark ground.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from workers import lettering

WIDTH = 1_080
"""Of a sheet whose rows are full, in pixels."""
QUALITY = 88
MARGIN, GAP = 28, 20
SMALL, LARGE, TITLE = 19, 24, 30
"""Sizes of letters, in pixels: Slack shows a sheet at about half its size."""
COLUMNS = ((12, 4), (40, 5), (math.inf, 8))
"""Up to so many photos stand in so many columns."""
LABEL = 150
"""Width of a row's label."""
CAPTION_LINES, HEAD_LINES, TITLE_LINES = 3, 4, 2
SIDE_MOST = 300

GROUND, PAPER, INK, FAINT = "#f4f2ee", "#e6e2db", "#26231f", "#6d675f"
TONES = {"good": "#2f7d4f", "warn": "#b06a00", "out": "#b3372f", "empty": FAINT}


@dataclass(frozen=True)
class Cell:
    """A place on a sheet: its picture (JPEG or the like; None: none), words, tone, and a number from 1 (0: none)."""

    picture: bytes | None
    caption: str = ""
    tone: str = "good"
    number: int = 0


@dataclass(frozen=True)
class _Box:
    left: int
    top: int
    side: int

    @property
    def edges(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.left + self.side - 1, self.top + self.side - 1

    def inner(self, share: float) -> tuple[float, float, float, float]:
        """Leave out this share of the side at each edge."""
        off = self.side * share
        left, top, right, bottom = self.edges
        return left + off, top + off, right - off, bottom - off


class _Grid:
    """Photos in rows, each with its number and its verdict below; over them a heading, if there is one."""

    def __init__(self, cells: Sequence[Cell], heading: str = "") -> None:
        widest = next(columns for most, columns in COLUMNS if len(cells) <= most)
        columns = max(1, min(widest, len(cells)))
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        self._side = (WIDTH - 2 * MARGIN - (widest - 1) * GAP) // widest
        self._heading, self._head = heading, lettering.line_height(LARGE) + GAP // 2 if heading else 0
        self._rows = [[(cell, _caption(cell, self._side)) for cell in row] for row in rows]
        self._heights = [self._side + _below(max(len(lines) for _, lines in row)) for row in self._rows]
        self.width = columns * self._side + (columns - 1) * GAP
        self.height = self._head + sum(self._heights) + GAP * max(0, len(rows) - 1)

    def put(self, sheet: Image.Image, top: int) -> None:
        """Draw it with its upper edge there."""
        draw = ImageDraw.Draw(sheet)
        lettering.write(draw, (MARGIN, top), [self._heading], LARGE, INK)
        top += self._head
        for row, height in zip(self._rows, self._heights, strict=True):
            for place, (cell, lines) in enumerate(row):
                box = _Box(MARGIN + place * (self._side + GAP), top, self._side)
                _put(sheet, box, cell)
                lettering.write(draw, (box.left, box.top + self._side + 8), lines, SMALL, TONES[cell.tone])
            top += height + GAP


def contact_sheet(own: Sequence[Cell], others: Sequence[Cell] = (), heading: str = "") -> bytes:
    """Draw a set's photos in a grid, each with its number and its verdict, and others below a heading; a JPEG."""
    grids = [_Grid(cells, said) for cells, said in ((own, ""), (others, heading)) if cells] or [_Grid(())]
    height = sum(grid.height for grid in grids) + 2 * GAP * (len(grids) - 1)
    sheet, _ = _ground((2 * MARGIN + max(grid.width for grid in grids), 2 * MARGIN + height))
    top = MARGIN
    for grid in grids:
        grid.put(sheet, top)
        top += grid.height + 2 * GAP
    return _jpeg(sheet)


def grid_sheet(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]], title: str) -> bytes:
    """Draw pictures under the heads of their columns, each row with its label at the left; a JPEG."""
    count = max(1, len(columns))
    side = min(SIDE_MOST, (WIDTH - 2 * MARGIN - LABEL - count * GAP) // count)
    width = 2 * MARGIN + LABEL + count * (side + GAP)
    heading = lettering.wrap(title, TITLE, width - 2 * MARGIN, TITLE_LINES)
    heads = [lettering.wrap(head, SMALL, side, HEAD_LINES) for head in columns]
    top = MARGIN + len(heading) * lettering.line_height(TITLE) + GAP
    first = top + max(map(len, heads), default=0) * lettering.line_height(SMALL) + 10
    sheet, draw = _ground((width, first + len(rows) * (side + GAP) - GAP + MARGIN))
    lettering.write(draw, (MARGIN, MARGIN), heading, TITLE, INK)
    lefts = [MARGIN + LABEL + GAP + place * (side + GAP) for place in range(count)]
    for left, head in zip(lefts, heads, strict=False):
        lettering.write(draw, (left, first - 10 - len(head) * lettering.line_height(SMALL)), head, SMALL, INK)
    for place, (label, cells) in enumerate(rows):
        _row(sheet, label, cells, [_Box(left, first + place * (side + GAP), side) for left in lefts])
    return _jpeg(sheet)


def _row(sheet: Image.Image, label: str, cells: Sequence[Cell], boxes: Sequence[_Box]) -> None:
    """Draw a row of a grid.

    Where all the places are empty for one reason, it stands there once, across the row.
    """
    draw = ImageDraw.Draw(sheet)
    _label(draw, boxes[0], label)
    if any(cell.picture for cell in cells) or len({cell.caption for cell in cells}) > 1:
        for cell, box in zip(cells, boxes, strict=False):
            _put(sheet, box, cell)
    elif cells:
        _words(draw, (*boxes[0].edges[:2], *boxes[-1].edges[2:]), cells[0].caption)


def _label(draw: ImageDraw.ImageDraw, box: _Box, label: str) -> None:
    """Write a row's label at its left: the first line is what it is called, the others say more."""
    name, _, more = label.partition("\n")
    large, small = lettering.line_height(LARGE), lettering.line_height(SMALL)
    names = lettering.wrap(name, LARGE, LABEL, max(1, box.side // 2 // large))
    lettering.write(draw, (MARGIN, box.top + 6), names, LARGE, INK)
    below = 10 + len(names) * large
    mores = lettering.wrap(more, SMALL, LABEL, max(1, (box.side - below) // small))
    lettering.write(draw, (MARGIN, box.top + below), mores, SMALL, FAINT)


def _caption(cell: Cell, side: int) -> list[str]:
    return lettering.wrap(cell.caption, SMALL, side, CAPTION_LINES) if cell.picture else []


def _below(lines: int) -> int:
    """Give the height of so many lines of caption, with the room above them."""
    return lines * lettering.line_height(SMALL) + 8 if lines else 0


def _put(sheet: Image.Image, box: _Box, cell: Cell) -> None:
    """Draw a cell's square: its picture with number and mark, or its words where a picture would be."""
    draw = ImageDraw.Draw(sheet)
    picture = _picture(cell, box.side)
    if picture:
        sheet.paste(picture, (box.left, box.top))
        _mark(draw, box, cell.tone)
    else:
        _words(draw, box.edges, cell.caption)
    if cell.number:
        _number(draw, box, cell)


def _words(draw: ImageDraw.ImageDraw, edges: tuple[int, int, int, int], text: str) -> None:
    """Say in words why there is no picture, with room left for a number above them."""
    left, top, right, bottom = edges
    draw.rectangle(edges, fill=PAPER)
    letters = lettering.line_height(SMALL)
    lines = lettering.wrap(text, SMALL, right - left - 2 * GAP, (bottom - top) // letters - 2)
    lettering.write(draw, (left + GAP, (top + bottom - len(lines) * letters) / 2), lines, SMALL, FAINT)


def _picture(cell: Cell, side: int) -> Image.Image | None:
    """Scale a cell's picture, dimmed when it is out; None when there is none that can be read."""
    if not cell.picture:
        return None
    try:
        with Image.open(io.BytesIO(cell.picture)) as found:
            square = ImageOps.fit(found.convert("RGB"), (side, side), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError):
        return None
    if cell.tone == "out":
        return Image.blend(square.convert("L").convert("RGB"), Image.new("RGB", square.size, INK), 0.55)
    return square


def _mark(draw: ImageDraw.ImageDraw, box: _Box, tone: str) -> None:
    """Mark a photo by shape as well as by colour: a cross over what is out, a frame around what is doubtful."""
    if tone == "out":
        left, top, right, bottom = box.inner(0.3)
        for start, end in (((left, top), (right, bottom)), ((left, bottom), (right, top))):
            draw.line((start, end), fill=GROUND, width=max(4, box.side // 28))
    elif tone == "warn":
        draw.rectangle(box.edges, outline=TONES[tone], width=max(4, box.side // 40))


def _number(draw: ImageDraw.ImageDraw, box: _Box, cell: Cell) -> None:
    """Write a cell's number on a tag in its upper left corner."""
    text = str(cell.number)
    width = max(lettering.font(LARGE).getlength(text), LARGE / 2) + 18
    right, bottom = box.left + width, box.top + lettering.line_height(LARGE) + 6
    draw.rectangle((box.left, box.top, right, bottom), fill=TONES[cell.tone])
    centre = ((box.left + right) / 2, (box.top + bottom) / 2)
    draw.text(centre, text, fill="white", font=lettering.font(LARGE), anchor="mm")


def _ground(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", size, GROUND)
    return sheet, ImageDraw.Draw(sheet)


def _jpeg(sheet: Image.Image) -> bytes:
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
