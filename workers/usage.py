"""When an endpoint was last used: by our own records and by AWS's, for others may call it too."""

import logging
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from core import leaps
from core.records import Model
from workers.aws import Aws
from workers.endpoints import resource_name
from workers.house import House
from workers.requests import VARIANT
from workers.trouble import Trouble

log = logging.getLogger(__name__)

MINUTE = 60
"""CloudWatch counts the invocations of an endpoint by the minute."""
WINDOW = timedelta(days=14)
"""How far back is looked: so long CloudWatch knows single minutes."""
POINTS = 1_380
"""Into how many parts that time is cut at the most: an answer has 1,440."""


async def ours(house: House, model: Model) -> float:
    """Give when it was last used by what we know ourselves, in Unix seconds; coming into service counts."""
    return max(await leaps.last_use(house.store, model, house.now()), model.in_service_at)


async def by_others(house: House, model: Model, since: float) -> float:
    """Give the end of the last minute after a moment in which AWS saw an invocation, in Unix seconds; 0: it saw none.

    The minute of the moment itself is left out: its invocations may be ours. What AWS does not tell is not waited
    for: an endpoint that nobody needs shall not stay up because CloudWatch is away.
    """
    try:
        return await last_invocation(house.aws, resource_name(house, model), since, house.now())
    except Trouble as fault:
        log.warning("CloudWatch does not tell of %s; going by our own calls: %s", model.member, fault)
        return 0.0


async def last_invocation(aws: Aws, endpoint: str, since: float, now: float) -> float:
    """Give the end of the last minute after a moment in which an endpoint was called, in Unix seconds; 0: in none.

    Of a time longer than a day, AWS tells by several minutes together.

    Raises:
        Trouble: when CloudWatch does not tell.
    """
    end = datetime.fromtimestamp(now, UTC)
    start = max(datetime.fromtimestamp((since // MINUTE + 1) * MINUTE, UTC), end - WINDOW)
    if start >= end:
        return 0.0
    period = MINUTE * math.ceil((end - start).total_seconds() / POINTS / MINUTE)
    asked = _asked(endpoint, start, end) | {"Period": period}
    found: Any = await aws.call(aws.cloudwatch.get_metric_statistics, **asked)
    minutes = [one["Timestamp"].timestamp() + period for one in found["Datapoints"] if one.get("Sum", 0) > 0]
    return min(max(minutes, default=0.0), now)


def _asked(endpoint: str, start: datetime, end: datetime) -> dict[str, Any]:
    return {
        "Namespace": "AWS/SageMaker",
        "MetricName": "Invocations",
        "Dimensions": [
            {"Name": "EndpointName", "Value": endpoint},
            {"Name": "VariantName", "Value": VARIANT},
        ],
        "StartTime": start,
        "EndTime": end,
        "Statistics": ["Sum"],
    }
