"""The ledger beside the meter of the sandbox's AWS."""

from collections import defaultdict
from dataclasses import dataclass

from core import ledger, months
from sandbox.house import House
from tests.support.wakes import FakeWaker, quiet_store


@dataclass(frozen=True)
class Both:
    """Seconds of AWS that one training or endpoint is billed for: as the ledger has them, and as the meter has."""

    kind: str
    booked: float
    metered: float

    @property
    def off(self) -> float:
        """How many seconds of AWS the ledger is off."""
        return abs(self.booked - self.metered)


async def compared(house: House) -> dict[str, Both]:
    """Compare all that is over, by its name in AWS.

    An endpoint's times pass as the clock does, and AWS's so many times faster; a training's are AWS's own already.
    """
    meter = house.aws.sandbox("meter")
    speeds = {"training": 1.0, "endpoint": float(meter["speed"])}
    booked = defaultdict[str, float](float)
    for line in await _lines(house, float(meter["now"])):
        booked[line.name] += line.seconds * speeds[line.kind]
    return {one["name"]: Both(one["kind"], booked[one["name"]], float(one["seconds"])) for one in meter["ended"]}


async def _lines(house: House, now: float) -> list[ledger.Charge]:
    """Read what is booked in the months that a story may lie in."""
    redis, store = quiet_store(house.valkey.url, "darkroom", FakeWaker())
    spans = sorted({months.month_of(now - 3_600), months.month_of(now)})
    try:
        return [
            line for team in await store.teams() for one in spans for line in await ledger.of_month(store, team, one)
        ]
    finally:
        await redis.aclose()
