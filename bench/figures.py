"""What a benchmark finds: percentiles, ratios of rounds beside each other, and the table that shows them. Pure."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Bar:
    """What a figure is held to: `at_least` the limit, or at most."""

    limit: float
    at_least: bool = False
    unit: str = "×"

    def __str__(self) -> str:
        """Give the bar as the table shows it, such as `≥ 0.6×`."""
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"

    def passes(self, figure: float) -> bool:
        """Tell whether a figure is good enough; one that is no number never is."""
        return figure >= self.limit if self.at_least else figure <= self.limit


@dataclass(frozen=True)
class Row:
    """One line of the table. `figure` is what is held to the bar: a ratio, or the bar's own unit.

    `spread` is the least and most of that figure over the rounds: how noisy the run was.
    """

    what: str
    ours: str
    beside: str
    figure: float
    spread: tuple[float, float] | None = None
    bar: Bar | None = None

    @property
    def verdict(self) -> str:
        """Give ok, below, or nothing when there is no bar."""
        if self.bar is None:
            return ""
        return "ok" if self.bar.passes(self.figure) else "below"

    def to_json(self) -> dict[str, Any]:
        """Give the row for build/bench.json."""
        return asdict(self) | {"verdict": self.verdict, "bar": str(self.bar) if self.bar else ""}


@dataclass(frozen=True)
class Rounds:
    """The figures of rounds that ran in turn, ours and the comparison's; each pair shares its minute."""

    ours: Sequence[float]
    beside: Sequence[float]

    @property
    def ratios(self) -> list[float]:
        """Give ours ÷ the comparison's, for each pair of rounds."""
        return [mine / other for mine, other in zip(self.ours, self.beside, strict=True)]

    def row(self, what: str, shown: str, beside: str, bar: Bar | None) -> Row:
        """Make a line of the median ratio; `shown` formats a figure, such as `{:.0f}/s`."""
        ratios = self.ratios
        mine, other = statistics.median(self.ours), statistics.median(self.beside)
        told = f"{beside}: {shown.format(other)}"
        return Row(what, shown.format(mine), told, statistics.median(ratios), (min(ratios), max(ratios)), bar)


def percentile(values: Iterable[float], share: float) -> float:
    """Give the smallest value that at least this share (0 to 1) of the values does not exceed.

    Raises:
        ValueError: when there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


HEADINGS = ("what", "ours", "beside", "ratio", "rounds", "bar", "")


def table(rows: Sequence[Row]) -> str:
    """Lay rows out in columns."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "─" * max(map(len, lines)), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    is_ratio = row.bar is None or row.bar.unit == Bar.unit
    figure = f"{row.figure:.2f}×" if is_ratio else ""
    spread = "{:.2f}-{:.2f}".format(*row.spread) if row.spread else ""
    return (row.what, row.ours, row.beside, figure, spread, str(row.bar or ""), row.verdict)
