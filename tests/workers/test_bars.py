"""The chart of a month: whatever it has cost, bars and amounts stay inside, and each day with a cost can be seen."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workers import bars
from workers.bars import ENDPOINTS, MARGIN, TRAINING, Chart, chart, step_of

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 4


def drawn(days: list[tuple[float, float]], title: str = "Costs of January 2027", today: int = 0) -> Image.Image:
    made = Chart(title, "$1.00 · 1 hour", days, ("Training $1.00", "Endpoints $1.00"), today)
    return Image.open(io.BytesIO(chart(made))).convert("RGB")


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    raw = image.tobytes()
    return set(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("most", [0.0, 0.001, 1.0, 99.99, 1_234_567.0])
def test_nothing_of_a_chart_is_cut_off(most: float) -> None:
    image = drawn([(most, most / 3)] * 31, LONG, today=31)
    off, (width, height) = MARGIN // 2 - 1, image.size
    edges = [
        (0, 0, off, height),
        (width - off, 0, width, height),
        (0, 0, width, off // 2),
        (0, height - off // 2, width, height),
    ]
    assert all(colours(image.crop(edge)) == {rgb(bars.GROUND)} for edge in edges)


def test_day_that_cost_next_to_nothing_can_be_seen() -> None:
    below_the_legend = (0, 120, 1_080, 560)
    quiet = drawn([(0.0, 500.0)] + [(0.0, 0.0)] * 29).crop(below_the_legend)
    image = drawn([(0.0, 500.0), (0.01, 0.0)] + [(0.0, 0.0)] * 28).crop(below_the_legend)
    assert rgb(ENDPOINTS) in colours(quiet)
    assert rgb(TRAINING) not in colours(quiet)
    assert rgb(TRAINING) in colours(image)


@given(st.floats(0.01, 1e9))
def test_lines_of_a_chart_are_few_and_reach_the_dearest_day(most: float) -> None:
    step = step_of(most)
    assert step >= 0.01
    assert most / step <= bars.RULES_MOST + 0.01
    assert most / step > 1 or step == 0.01
