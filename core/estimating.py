"""How long a run will take and what it will cost, before it starts: by the article, and by one's own finished runs."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from core import prices
from core.change import Change
from core.hyperparameters import DEFAULTS, has_prior
from core.records import Run
from core.store import Store

SETUP_SECONDS = 360.0
"""Billed beside the steps: fetching image, model and photos, writing the artifact. With `STEP_SECONDS` it makes the
article's 20 minutes of 300 steps, the middle of its 200 to 400."""
WAIT_SECONDS = 180.0
"""From the creation of a job to the first billed second: AWS bills from Downloading on."""
STEP_SECONDS = 2.2
"""One optimizer step over one photo on the article's ml.g4dn.2xlarge."""
SPEED = {"ml.g4dn": 1.0, "ml.g6": 1.8, "ml.p3": 2.5, "ml.g5": 2.5}
"""How much faster the families' one GPU is than a T4 at this; a family that is not named counts as a T4."""
CLASS_IMAGE_STEPS = 2.0
"""Generating one class image costs about as much as this many steps."""
SPOT_SHARE = 0.3
"""What managed spot training leaves of the bill; AWS says "up to 90 %" off, and this is the cautious side of it."""
ARTICLE_RUNS = 2
"""The article counts as this many runs beside one's own, so that the first odd one changes nothing."""
FAMILY_RUNS = 3
"""With this many own runs on a family of machines, runs on other families are not looked at."""
REMEMBERED = 50
"""How many finished runs are learnt from, the newest ones."""
NOTICED_SHARE, NOTICED_DOLLARS = 0.05, 0.05
"""A price is another one to people when it differs by more than this share, and by more than so much."""
FINISHED = "finished"
"""The index of a team's trained runs, by the time of their end."""


class Chosen(Protocol):
    """What says how a run trains: a run itself, or a modal's answers."""

    @property
    def hyperparameters(self) -> dict[str, str]:
        """By JumpStart's names, as it writes them."""
        ...

    @property
    def max_steps(self) -> int:
        """Optimizer steps in all."""
        ...

    @property
    def spot(self) -> bool:
        """Whether it trains on spare machines."""
        ...


@dataclass(frozen=True)
class Plan:
    """What a run's time depends on.

    `passes` is how many pictures one step looks at, `class_images` how many are generated before the first step.
    """

    instance: str
    steps: int
    passes: int = 1
    class_images: int = 0
    spot: bool = False


@dataclass(frozen=True)
class Estimate:
    """What a run will take.

    `minutes` from its job's creation to its end, `dollars` on AWS's bill (None: the price is not known), `learnt`
    from how many of the team's own runs (0: from the article alone).
    """

    minutes: float
    dollars: float | None
    instance: str
    learnt: int


@dataclass(frozen=True)
class Fit:
    """What the runs come to: seconds billed = setup + step × effort, seconds waited, the share that spot leaves."""

    setup: float
    step: float
    wait: float
    spot_share: float
    learnt: int


def plan(chosen: Chosen, instance: str, class_photos: int = 0) -> Plan:
    """Say what a run's time will depend on; `class_photos` were dropped, and need not be generated."""
    told = chosen.hyperparameters
    prior = has_prior(told)
    pictures = _whole(told, "batch_size") * _whole(told, "gradient_accumulation_steps")
    wanted = _whole(told, "num_class_images") if prior else 0
    return Plan(instance, chosen.max_steps, pictures * (2 if prior else 1), max(0, wanted - class_photos), chosen.spot)


def estimate(finished: Sequence[Run], machine_dollars: float | None, planned: Plan) -> Estimate:
    """Estimate a run from its plan, the machine's dollars an hour, and the team's trained runs."""
    fitted = fit(finished, planned.instance)
    billed = fitted.setup + fitted.step * effort(planned)
    paid = billed * (fitted.spot_share if planned.spot else 1)
    minutes = (fitted.wait + billed) / 60
    return Estimate(minutes, prices.of(paid, machine_dollars), planned.instance, fitted.learnt)


def before(finished: Sequence[Run], run: Run, machine_dollars: float | None, class_photos: int = 0) -> Estimate:
    """Give the estimate that stood before a run that is over: from the trained runs that ended before it."""
    ended = [one.id for one in finished]
    earlier = finished[: ended.index(run.id)] if run.id in ended else finished
    return estimate(earlier, machine_dollars, plan(run, run.instance, class_photos))


def is_another_price(shown: float | None, now: float | None) -> bool:
    """Tell whether a price is noticeably another one than was shown, in dollars; None: it is not known."""
    if shown is None or now is None:
        return shown is not now
    return abs(now - shown) > max(NOTICED_DOLLARS, NOTICED_SHARE * shown)


def effort(planned: Plan) -> float:
    """Give a run's work in the seconds that the article's figures make of it, the setup left out."""
    steps = planned.steps * planned.passes + planned.class_images * CLASS_IMAGE_STEPS
    return steps * STEP_SECONDS / SPEED.get(_family(planned.instance), 1.0)


def fit(finished: Sequence[Run], instance: str) -> Fit:
    """Learn from trained runs, newest last; medians throughout, so that an odd run among others has no say.

    What one run says of time and what it says of spot's discount are told apart: AWS's billable seconds of a spot run
    are the discounted ones.
    """
    known = [(run, effort(plan(run, run.instance))) for run in finished if run.billed_seconds > 0]
    family = [(run, work) for run, work in known if _family(run.instance) == _family(instance)]
    used = family if len(family) >= FAMILY_RUNS else known
    timed = [(work, float(run.billed_seconds)) for run, work in used if not run.spot]
    setup, step = _line(timed)
    waits = [run.took_seconds - setup - step * work for run, work in used if run.took_seconds]
    shares = [run.billed_seconds / (setup + step * work) for run, work in used if run.spot]
    return Fit(
        setup=setup,
        step=step,
        wait=max(0.0, _middle(waits, WAIT_SECONDS)),
        spot_share=min(1.0, _middle(shares, SPOT_SHARE)),
        learnt=len(used),
    )


def _line(timed: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Lay a line through (effort, billed seconds): first scale the article's, then let pairs of runs say its slope.

    The slope is Theil and Sen's median over all pairs of runs of which one is at least twice the other; beside them
    stand twice as many slopes of the scaled article as there are runs. It is never below zero, neither is the setup.
    """
    scale = math.exp(_middle([math.log(billed / (SETUP_SECONDS + work)) for work, billed in timed], 0.0))
    pairs = combinations(sorted(timed), 2)
    slopes = [(more[1] - less[1]) / (more[0] - less[0]) for less, more in pairs if more[0] >= 2 * less[0] > 0]
    step = max(0.0, statistics.median(slopes + [scale] * 2 * max(1, len(timed))))
    return max(0.0, _middle([billed - step * work for work, billed in timed], scale * SETUP_SECONDS)), step


def _middle(seen: Sequence[float], article: float) -> float:
    """Give the median of what was seen, with the article among it."""
    return statistics.median([*seen, *[article] * ARTICLE_RUNS])


def _family(instance: str) -> str:
    return instance.rpartition(".")[0]


def _whole(told: Mapping[str, str], name: str) -> int:
    text = told.get(name, "")
    return int(text if text.isascii() and text.isdigit() else DEFAULTS[name])


def remember(change: Change, run: Run, now: float) -> Change:
    """Have a trained run learnt from: part of the change that ends it."""
    return change.index(FINISHED, run.id, now, Run.ttl)


async def history(store: Store, team: str) -> list[Run]:
    """Read the trained runs to learn from, oldest first; lets go of those that are too old to be looked at."""
    ended = await store.members(team, FINISHED)
    forgotten = Change(team)
    for identity in ended[:-REMEMBERED]:
        forgotten.unindex(FINISHED, identity)
    if forgotten.operations:
        await store.commit(forgotten)
    return [run for run in await store.get_all(Run, team, ended[-REMEMBERED:]) if run.state == "trained"]
