"""How far a training is: read from its log stream."""

import logging
import re

from core.records import Run
from workers.house import House
from workers.trouble import Trouble

log = logging.getLogger(__name__)

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
LINES = 50
_STEP = re.compile(r"\b(\d{1,7})/(\d{1,7})\b")


async def steps_done(house: House, run: Run) -> int:
    """Give the last step that the log tells of; 0 before the first, and when the log cannot be read."""
    try:
        streams = await house.aws.call(
            house.aws.logs.describe_log_streams, logGroupName=LOG_GROUP, logStreamNamePrefix=f"{run.job}/", limit=1
        )
        if not streams["logStreams"]:
            return 0
        page = await house.aws.call(
            house.aws.logs.get_log_events,
            logGroupName=LOG_GROUP,
            logStreamName=streams["logStreams"][0].get("logStreamName", ""),
            limit=LINES,
            startFromHead=False,
        )
    except Trouble as fault:
        log.info("no progress to be read for %s: %s", run.job, fault)
        return 0
    return last_step([event.get("message", "") for event in page["events"]], run.max_steps)


def last_step(lines: list[str], steps: int) -> int:
    """Find the last `n/m` in a log whose m is the number of steps of this run."""
    for line in reversed(lines):
        found = [int(n) for n, m in _STEP.findall(line) if int(m) == steps and int(n) <= steps]
        if found:
            return found[-1]
    return 0
