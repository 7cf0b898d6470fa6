"""Logs to standard output, one line an event, with everything that looks like a token struck out."""

import logging
import re
import sys
from typing import Any

_SECRETS = re.compile(r"(xox[a-z]-|xapp-)[\w-]+|(?<=://)[^/@\s]*:[^/@\s]*(?=@)|(?<=Bearer )\S+")


class Discreet(logging.Formatter):
    """Formats as usual, then strikes secrets out of the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line without secrets."""
        return _SECRETS.sub(lambda found: f"{found[1] or ''}…", super().format(record))


def to_stdout() -> None:
    """Send the logs of the whole process to standard output."""
    handler: logging.StreamHandler[Any] = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("botocore", "boto3", "urllib3", "sagemaker", "docket", "aiohttp.access", "slack_bolt", "slack_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
