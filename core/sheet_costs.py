"""What a step sheet takes and costs, before it starts: its trainings two at a time, its endpoints one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import estimating, prices, words
from core.comparing import AT_ONCE
from core.estimating import Estimate
from core.recipe import Choice, Terms
from core.store import Store

ENDPOINT_MINUTES = 10.0
"""An endpoint comes into service after about 3 to 10 minutes; its four pictures take less than one."""


@dataclass(frozen=True)
class Costs:
    """Minutes from the start to the sheet; dollars of trainings and of endpoints, None where a price is not known."""

    minutes: float
    trainings: float | None
    endpoints: float | None
    learnt: int


def costs(trainings: Sequence[Estimate], endpoint_dollars: float | None) -> Costs:
    """Add up a sheet of these trainings; `endpoint_dollars` is what the endpoint's machine costs an hour."""
    known = [one.dollars for one in trainings if one.dollars is not None]
    return Costs(
        minutes=_minutes([one.minutes for one in trainings]),
        trainings=sum(known) if len(known) == len(trainings) else None,
        endpoints=prices.of(len(trainings) * ENDPOINT_MINUTES * 60, endpoint_dollars),
        learnt=min((one.learnt for one in trainings), default=0),
    )


def _minutes(trainings: Sequence[float]) -> float:
    """Say when the last endpoint has painted: each waits for its training, and for the endpoint before it."""
    lanes = [0.0] * AT_ONCE
    trained: list[float] = []
    for minutes in trainings:
        lanes = sorted(lanes)
        lanes[0] += minutes
        trained.append(lanes[0])
    painted = 0.0
    for at in sorted(trained):
        painted = max(painted, at) + ENDPOINT_MINUTES
    return painted


async def read(
    store: Store, team: str, choice: Choice, terms: Terms, steps: Sequence[int], hosting: str
) -> tuple[str, float]:
    """Say what a sheet of these steps takes and costs, and give the dollars as far as they are known.

    `hosting` is the machine of the endpoints.
    """
    past = await estimating.history(store, team)
    rate = prices.an_hour(choice.instance, terms.outlook)
    chosen = [replace(choice, max_steps=count) for count in steps]
    plans = [estimating.plan(one, choice.instance, terms.class_photos) for one in chosen]
    found = costs(
        [estimating.estimate(past, rate, one) for one in plans], prices.an_hour(hosting, terms.outlook, "hosting")
    )
    said = words.comparing.cost(steps, found.minutes, found.trainings, found.endpoints, found.learnt)
    return said, (found.trainings or 0.0) + (found.endpoints or 0.0)
