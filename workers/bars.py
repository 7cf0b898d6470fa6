"""A chart of a month, drawn with Pillow: a bar for each day, trainings below, endpoints on top of them."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from workers import lettering
from workers.sheets import FAINT, GROUND, INK, SMALL, TITLE, WIDTH

HEIGHT = 600
MARGIN, GAP = 40, 12
RULES_MOST = 5
"""Lines across the chart, each at a round amount."""
BAR_SHARE = 0.7
"""Of the room that a day has."""
LEAST_PIXELS = 3
"""A day with any cost can be seen."""
DAYS = 17
"""Size of the days' numbers, in pixels."""
RULE, TRAINING, ENDPOINTS = "#d8d2c8", "#c77d1e", "#2c6e7f"


@dataclass(frozen=True)
class Chart:
    """What is drawn: dollars of (trainings, endpoints) for each day of a month; `today` counts from 1, 0: it is over.

    `legend`: the words for either.
    """

    title: str
    subtitle: str
    days: Sequence[tuple[float, float]]
    legend: tuple[str, str]
    today: int = 0

    @property
    def most(self) -> float:
        """The dearest day, in dollars."""
        return max((sum(day) for day in self.days), default=0.0)


def step_of(most: float) -> float:
    """Give the dollars from line to line, so that few reach `most`: 1, 2 or 5 times a power of ten, a cent at least."""
    if most <= 0:
        return 1.0
    rough = most / RULES_MOST
    power = 10.0 ** math.floor(math.log10(rough))
    return max(0.01, next(power * one for one in (1, 2, 5, 10) if power * one >= rough * 0.999))


def chart(drawn: Chart) -> bytes:
    """Draw it; a PNG."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(canvas)
    top = _head(draw, drawn)
    frame = _Frame.of(drawn, top)
    _rules(draw, frame)
    for place, day in enumerate(drawn.days):
        _bar(draw, frame, place, day)
        _number(draw, frame, place, is_today=place + 1 == drawn.today)
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(draw: ImageDraw.ImageDraw, drawn: Chart) -> int:
    """Write title, sum and legend; gives where the chart below them begins."""
    title = lettering.wrap(drawn.title, TITLE, WIDTH - 2 * MARGIN, 1)
    lettering.write(draw, (MARGIN, MARGIN - GAP), title, TITLE, INK)
    row = MARGIN - GAP + lettering.line_height(TITLE) + GAP // 2
    lettering.write(draw, (MARGIN, row), [lettering.readable(drawn.subtitle)], SMALL, FAINT)
    right = WIDTH - MARGIN
    for said, colour in reversed(list(zip(drawn.legend, (TRAINING, ENDPOINTS), strict=True))):
        left = right - lettering.font(SMALL).getlength(said)
        lettering.write(draw, (left, row), [said], SMALL, INK)
        draw.rectangle((left - GAP - SMALL, row + 3, left - GAP, row + 3 + SMALL), fill=colour)
        right = left - 2 * GAP - 2 * SMALL
    return row + lettering.line_height(SMALL) + 3 * GAP


@dataclass(frozen=True)
class _Frame:
    """Where on the picture an amount and a day are. `step`: dollars from line to line, of which there are `rules`."""

    left: float
    top: float
    bottom: float
    slot: float
    step: float
    rules: int

    @classmethod
    def of(cls, drawn: Chart, top: int) -> "_Frame":
        step = step_of(drawn.most)
        rules = max(1, math.ceil(drawn.most / step - 1e-9))
        widest = max(lettering.font(SMALL).getlength(_amount(step * rule, step)) for rule in range(rules + 1))
        left = MARGIN + widest + 2 * GAP
        bottom = HEIGHT - MARGIN - lettering.line_height(DAYS)
        return cls(left, top, bottom, (WIDTH - MARGIN - left) / max(1, len(drawn.days)), step, rules)

    def height(self, dollars: float) -> float:
        """How high an amount stands, in pixels."""
        return dollars / (self.step * self.rules) * (self.bottom - self.top)


def _rules(draw: ImageDraw.ImageDraw, frame: _Frame) -> None:
    """Draw the lines, each with its amount at the left."""
    for rule in range(frame.rules + 1):
        level = round(frame.bottom - frame.height(rule * frame.step))
        draw.line((frame.left - GAP, level, WIDTH - MARGIN, level), fill=RULE if rule else FAINT, width=2)
        said = _amount(rule * frame.step, frame.step)
        draw.text((frame.left - 2 * GAP, level), said, fill=FAINT, font=lettering.font(SMALL), anchor="rm")


def _amount(dollars: float, step: float) -> str:
    """Write an amount at the axis: with cents where the lines are less than a dollar apart."""
    return f"${dollars:,.2f}" if step < 1 else f"${dollars:,.0f}"


def _bar(draw: ImageDraw.ImageDraw, frame: _Frame, place: int, day: tuple[float, float]) -> None:
    left = round(frame.left + (place + (1 - BAR_SHARE) / 2) * frame.slot)
    right = round(left + BAR_SHARE * frame.slot)
    bottom = frame.bottom - 1
    for dollars, colour in zip(day, (TRAINING, ENDPOINTS), strict=True):
        if dollars > 0:
            top = bottom - max(LEAST_PIXELS, round(frame.height(dollars)))
            draw.rectangle((left, top, right, bottom - 1), fill=colour)
            bottom = top


def _number(draw: ImageDraw.ImageDraw, frame: _Frame, place: int, *, is_today: bool) -> None:
    """Write a day's number below its bar; today's stands out."""
    centre = frame.left + (place + 0.5) * frame.slot
    where = (centre, frame.bottom + GAP + lettering.line_height(DAYS) / 2)
    if is_today:
        half = frame.slot / 2 - 1
        draw.rectangle((centre - half, where[1] - 13, centre + half, where[1] + 13), fill=INK)
    draw.text(where, str(place + 1), fill=GROUND if is_today else FAINT, font=lettering.font(DAYS), anchor="mm")
