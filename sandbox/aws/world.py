"""All that one running sandbox holds, shared by the threads that serve requests and those that move jobs on."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, RLock, Thread

from sandbox.aws import endpoint_timeline, naming
from sandbox.aws.calls import CallLog
from sandbox.aws.children import Children, ShuttingDownError
from sandbox.aws.faults import Faults
from sandbox.aws.logs import Logs
from sandbox.aws.metrics import Metrics
from sandbox.aws.pace import Allowance
from sandbox.aws.records import Endpoint, EndpointConfig, Model, TrainingJob
from sandbox.aws.settings import Settings
from sandbox.aws.storage import Storage

TRAININGS_AT_ONCE = 2
"""Containers that train for real at the same time; the other jobs wait for capacity."""
LISTS_AT_ONCE = 4
"""ListTrainingJobs that are answered in a row before their rate counts."""


@dataclass
class World:
    """State and means. Hold `lock` to read or change the records; names are keys in lower case."""

    settings: Settings
    storage: Storage
    logs: Logs
    metrics: Metrics
    faults: Faults
    calls: CallLog = field(default_factory=CallLog)
    children: Children = field(default_factory=Children)
    lock: RLock = field(default_factory=RLock)
    capacity: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(TRAININGS_AT_ONCE))
    listing: Allowance = field(init=False)
    jobs: dict[str, TrainingJob] = field(default_factory=dict[str, TrainingJob])
    models: dict[str, Model] = field(default_factory=dict[str, Model])
    configs: dict[str, EndpointConfig] = field(default_factory=dict[str, EndpointConfig])
    endpoints: dict[str, Endpoint] = field(default_factory=dict[str, Endpoint])
    models_deprecated: bool = False
    former_endpoints: list[Endpoint] = field(default_factory=list[Endpoint])
    tags: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def __post_init__(self) -> None:
        self.listing = Allowance(self.settings.list_rate, LISTS_AT_ONCE)

    def now(self) -> float:
        """Epoch seconds to the millisecond, which is what AWS shows."""
        return round(time.time(), 3)

    def arn(self, kind: str, name: str) -> str:
        """The ARN of a thing in this region."""
        return naming.arn(self.settings.region, kind, name)

    def endpoint(self, name: str) -> Endpoint | None:
        """The endpoint of this name unless its deletion has run its course."""
        self.forget_deleted()
        return self.endpoints.get(name.lower())

    def forget_deleted(self) -> None:
        """Move the endpoints whose deletion is through out of sight, keeping them for the bill."""
        now = self.now()
        for key, endpoint in list(self.endpoints.items()):
            if not endpoint_timeline.status(endpoint.facts, now):
                self.former_endpoints.append(self.endpoints.pop(key))
                self.tags.pop(endpoint.arn, None)


def in_background(work: Callable[[], None], name: str) -> None:
    """Run `work` beside the requests; it ends with the process."""

    def guarded() -> None:
        with contextlib.suppress(ShuttingDownError):
            work()

    Thread(target=guarded, name=name, daemon=True).start()
