"""When models are used, over 30 days: the habits that an idle policy has to do with. Drawn by chance from a seed."""

import math
import random
from collections.abc import Iterator

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
DAYS = 30
START = 1_798_416_000.0
"""A Monday, 28 December 2026, 00:00 UTC."""
TEAM = 50
"""Models of a team whose members use them by Zipf's law: the k-th one 20/k sessions a week."""
BUSIEST = 20.0


def traces(seed: int) -> dict[str, list[float]]:
    """Give the times of use of every habit, in Unix seconds; the models of the team each on its own."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    habits = {
        "office hours": [at for day in _workdays() for at in _poisson(draw, 6, day + 9 * HOUR, day + 17 * HOUR)],
        "bursts": [at for day in _days() for at in _bursts(draw, day)],
        "weekly": [at for day in _days()[::7] for at in _meeting(draw, day)],
        "trickle": list(_poisson(draw, 1 / 5, START, START + DAYS * DAY)),
        "night": [at for day in _days() for at in _nightly(draw, day)],
        "one-off": list(_session(draw, START + draw.uniform(1, 5) * DAY, 20, 5 * MINUTE)),
    }
    team = {f"zipf {rank}": _ranked(draw, BUSIEST / rank) for rank in range(1, TEAM + 1)}
    return {name: sorted(times) for name, times in (habits | team).items() if times}


def _days() -> list[float]:
    return [START + day * DAY for day in range(DAYS)]


def _workdays() -> list[float]:
    return [day for place, day in enumerate(_days()) if place % 7 < 5]  # noqa: PLR2004 - Saturday


def _poisson(draw: random.Random, an_hour: float, since: float, until: float) -> Iterator[float]:
    at = since + draw.expovariate(an_hour / HOUR)
    while at < until:
        yield at
        at += draw.expovariate(an_hour / HOUR)


def _session(draw: random.Random, at: float, count: int, apart: float) -> Iterator[float]:
    """One sitting: somebody asks, looks, asks again; `apart` is the mean gap in seconds."""
    for _ in range(count):
        yield at
        at += draw.expovariate(1 / apart)


def _bursts(draw: random.Random, day: float) -> Iterator[float]:
    if draw.random() < 0.5:  # noqa: PLR2004 - every other day
        for _ in range(draw.choice((1, 1, 2))):
            yield from _session(draw, day + draw.uniform(8, 20) * HOUR, draw.randint(5, 25), 3 * MINUTE)


def _meeting(draw: random.Random, day: float) -> Iterator[float]:
    return _session(draw, day + draw.uniform(9.5, 10.5) * HOUR, draw.randint(8, 15), 4 * MINUTE)


def _nightly(draw: random.Random, day: float) -> Iterator[float]:
    return _session(draw, day + draw.uniform(1.8, 2.2) * HOUR, draw.randint(10, 30), MINUTE)


def _ranked(draw: random.Random, a_week: float) -> list[float]:
    times: list[float] = []
    for day in _workdays():
        for _ in range(_count(draw, a_week / 5)):
            times += _session(draw, day + draw.uniform(9, 17) * HOUR, draw.randint(2, 12), 200)
    return times


def _count(draw: random.Random, mean: float) -> int:
    """Draw from Poisson's distribution."""
    count, left = 0, draw.random() - math.exp(-mean)
    chance = math.exp(-mean)
    while left > 0:
        count += 1
        chance *= mean / count
        left -= chance
    return count
