"""What a container's log lines say: how far it is, and its metrics."""

import re
from collections.abc import Iterable

from sandbox.aws.shapes import Json

_PROGRESS = re.compile(r"\bSteps:.*?(\d+)/(\d+)")


def progress(line: str) -> float | None:
    """The share of the steps that are done, by a line such as `Steps:  42%|…| 84/200 […]`."""
    match = _PROGRESS.search(line)
    if match is None or int(match[2]) == 0:
        return None
    return min(1.0, int(match[1]) / int(match[2]))


class Pace:
    """Holds a fast container's lines back to a GPU's pace, so that progress is seen at the speed of the sandbox."""

    def __init__(self, started: float, wall_s: float) -> None:
        self._started = started
        self._wall_s = wall_s
        self._share = 0.0

    def due(self, line: str) -> float:
        """The instant (epoch seconds) at which this line would have been written."""
        share = progress(line)
        self._share = self._share if share is None else max(self._share, share)
        return self._started + self._share * self._wall_s


def metrics_in(line: str, definitions: Iterable[Json]) -> dict[str, float]:
    """Values that the job's MetricDefinitions find in a line; a match that is no number is passed over."""
    found: dict[str, float] = {}
    for definition in definitions:
        match = re.search(definition["Regex"], line)
        if match is not None and match.lastindex:
            try:
                found[definition["Name"]] = float(match[1])
            except ValueError:
                continue
    return found
