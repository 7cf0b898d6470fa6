"""The pure part of the benchmarks: what is made of the numbers once they are measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import Bar, Rounds, Row, percentile, table

NUMBERS = st.lists(st.floats(0, 1e6), min_size=1, max_size=300)


def test_p99_of_a_hundred_values_is_the_second_slowest() -> None:
    assert percentile([*range(99), 1000], 0.99) == 98


def test_p99_of_a_few_values_is_the_slowest() -> None:
    assert percentile([3, 1, 2], 0.99) == 3


def test_the_middle_of_an_odd_number_of_values_is_one_of_them() -> None:
    assert percentile([5, 1, 9], 0.5) == 5


@given(NUMBERS, st.floats(0, 1))
def test_a_percentile_is_a_value_that_enough_others_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_each_round_is_divided_by_the_one_beside_it_and_one_slow_minute_does_not_decide() -> None:
    row = Rounds([50, 10, 60], [100, 20, 400]).row("acks", "{:.0f}/s", "bare Bolt", Bar(0.5, at_least=True))
    assert row.figure == 0.5
    assert row.spread == (0.15, 0.5)
    assert (row.ours, row.beside, row.verdict) == ("50/s", "bare Bolt: 100/s", "ok")


def test_sides_with_different_numbers_of_rounds_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _ = Rounds([1, 2, 3], [1, 2]).ratios


@pytest.mark.parametrize(
    ("bar", "figure", "verdict"),
    [
        (Bar(0.6, at_least=True), 0.6, "ok"),
        (Bar(0.6, at_least=True), 0.59, "below"),
        (Bar(1.3), 1.3, "ok"),
        (Bar(1.3), 1.31, "below"),
        (Bar(1.3), float("nan"), "below"),
        (None, 9.0, ""),
    ],
)
def test_a_figure_is_held_to_its_bar_in_the_right_direction(bar: Bar | None, figure: float, verdict: str) -> None:
    assert Row("it", "", "", figure, bar=bar).verdict == verdict


def test_the_table_shows_a_ratio_once_and_leaves_times_to_their_own_column() -> None:
    rows = [
        Row("acks", "500/s", "bare Bolt: 1000/s", 0.5, (0.4, 0.6), Bar(0.6, at_least=True)),
        Row("p99", "12 ms", "bare Bolt: 4 ms", 12.0, bar=Bar(25, unit=" ms")),
    ]
    _, _, acks, p99 = table(rows).splitlines()
    assert acks.split("  ") == ["acks", "500/s", "bare Bolt: 1000/s", "0.50×", "0.40-0.60", "≥ 0.6×", " below"]
    assert "12.00" not in p99
    assert p99.endswith("≤ 25 ms  ok")


def test_the_report_holds_the_verdict_and_the_bar_in_words() -> None:
    row = Row("acks", "500/s", "bare Bolt: 1000/s", 0.5, (0.4, 0.6), Bar(0.6, at_least=True))
    assert row.to_json() == {
        "what": "acks",
        "ours": "500/s",
        "beside": "bare Bolt: 1000/s",
        "figure": 0.5,
        "spread": (0.4, 0.6),
        "bar": "≥ 0.6×",
        "verdict": "below",
    }
