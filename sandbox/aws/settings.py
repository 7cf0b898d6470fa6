"""What one run of the sandbox's AWS is told at its start."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNT = "123456789012"
"""The account of every ARN; moto's own default."""


def _own_container() -> tuple[str, ...]:
    return (sys.executable, "-m", "sandbox.container")


@dataclass(frozen=True)
class Settings:
    """The options of `python -m sandbox.aws`.

    `speed` is AWS seconds per wall second. `quotas` maps `training:<type>`, `spot:<type>` and `endpoint:<type>` to
    instances.
    `container` is the command that `train` or `serve` is appended to. `least_container_s` is wall seconds that a
    container always gets before a scaled time limit ends it, so that a high speed does not kill an honest run.
    `list_rate` is how often a wall second ListTrainingJobs is answered.
    """

    data: Path
    port: int = 0
    host: str = "127.0.0.1"
    speed: float = 1.0
    region: str = "us-west-2"
    buckets: tuple[str, ...] = ()
    quotas: dict[str, int] = field(default_factory=dict[str, int])
    container: tuple[str, ...] = field(default_factory=_own_container)
    invoke_timeout_s: float = 60.0
    least_container_s: float = 60.0
    faults: str = "{}"
    list_rate: float = 2.0

    @property
    def jumpstart_bucket(self) -> str:
        """The bucket that JumpStart's manifests, specs and artifacts are read from."""
        return f"jumpstart-cache-prod-{self.region}"

    def wall(self, aws_seconds: float) -> float:
        """Wall seconds that so many seconds of AWS take here."""
        return aws_seconds / self.speed
