"""`python -m sandbox.aws --port P --data DIR`."""

import argparse
import logging
import shlex
from pathlib import Path

from sandbox.aws import instance_limits
from sandbox.aws.server import serve
from sandbox.aws.settings import Settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.aws", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, required=True)
    add("--host", default="127.0.0.1")
    add("--data", type=Path, required=True, help="folder for the containers' files")
    add("--speed", type=float, default=1.0, help="AWS seconds per wall second")
    add("--region", default="us-west-2")
    add("--bucket", action="append", default=[], help="a bucket to make; can be given again")
    add("--quota", nargs="+", action="extend", default=[], help="[training:|spot:|endpoint:]ml.g4dn.2xlarge=1")
    add("--list-rate", type=float, default=2.0, help="ListTrainingJobs a wall second that are allowed; 0: all")
    add("--container", type=shlex.split, help="the command that `train` and `serve` are appended to")
    add("--invoke-timeout", type=float, default=60.0, help="wall seconds that an invocation may take")
    add("--least-container", type=float, default=60.0, help="wall seconds that scaled time limits leave a container")
    add("--faults", default="{}", help="JSON as POST /sandbox/faults takes it")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    given = {"container": tuple(options.container)} if options.container else {}
    return Settings(
        data=options.data.resolve(),
        port=options.port,
        host=options.host,
        speed=options.speed,
        region=options.region,
        buckets=tuple(options.bucket),
        quotas=instance_limits.parse(options.quota),
        invoke_timeout_s=options.invoke_timeout,
        least_container_s=options.least_container,
        faults=options.faults,
        list_rate=options.list_rate,
        **given,
    )


def main() -> None:
    """Serve until told to end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("botocore").setLevel(logging.WARNING)
    serve(_settings(_parser().parse_args()))


if __name__ == "__main__":
    main()
