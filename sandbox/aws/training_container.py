"""One training container: its /opt/ml folder, its process and its log."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from sandbox.aws.children import terminate
from sandbox.aws.records import Metric, TrainingJob
from sandbox.aws.schedule import STOP_GRACE_S
from sandbox.aws.training_log import Pace, metrics_in
from sandbox.aws.world import World, in_background

if TYPE_CHECKING:
    from subprocess import Popen

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
LEAST_GRACE_S = 3.0
"""Wall seconds between SIGTERM and SIGKILL, however fast time runs."""
_LOOK_S = 0.05
_REASON_MOST = 1024
"""Characters of a FailureReason."""
_SCRIPT = "/opt/conda/bin/python3.8 transfer_learning.py"
"""The command that a reason names, without the hyperparameters that follow it there."""


@dataclass(frozen=True)
class Ending:
    """How the container ended: its exit code and whether the job's time was up."""

    code: int
    out_of_time: bool


def lay_out(job: TrainingJob, root: Path) -> None:
    """Write SageMaker's input/config files and the folders that a container expects under /opt/ml."""
    config = root / "input" / "config"
    for folder in (config, root / "input" / "data", root / "model", root / "output"):
        folder.mkdir(parents=True, exist_ok=True)
    channels = {
        channel["ChannelName"]: {"TrainingInputMode": "File", "ContentType": channel.get("ContentType", "")}
        for channel in job.request.get("InputDataConfig", [])
    }
    files = {
        "hyperparameters.json": job.request.get("HyperParameters", {}),
        "inputdataconfig.json": channels,
        "resourceconfig.json": {
            "current_host": "algo-1",
            "hosts": ["algo-1"],
            "network_interface_name": "eth0",
            "current_instance_type": job.instance_type,
        },
    }
    for name, content in files.items():
        (config / name).write_text(json.dumps(content))


def train(world: World, job: TrainingJob, root: Path) -> Ending:
    """Run the container to its end, or end it when the job is stopped or out of time."""
    started = world.now()
    env = {"TRAINING_JOB_NAME": job.name, **job.request.get("Environment", {})}
    process = world.children.start([*world.settings.container, "train", "--root", str(root)], env)
    lines: SimpleQueue[str | None] = SimpleQueue()
    in_background(lambda: _read(process, lines), f"output of {job.name}")
    most = max(world.settings.wall(_max_runtime(job)), world.settings.least_container_s)
    watch = _Watch(world, job, process, started + most)
    _follow(watch, lines, Pace(started, world.settings.wall(job.train_s)))
    world.children.forget(process)
    return Ending(process.wait(), watch.out_of_time)


def _max_runtime(job: TrainingJob) -> float:
    """AWS's default is a day."""
    return float(job.request["StoppingCondition"].get("MaxRuntimeInSeconds", 86400))


def _read(process: "Popen[str]", lines: "SimpleQueue[str | None]") -> None:
    if process.stdout is not None:
        with process.stdout as output:
            for line in output:
                lines.put(line.rstrip("\n"))
    lines.put(None)


class _Watch:
    """Ends the process, once, when the job is stopped or its time is up."""

    def __init__(self, world: World, job: TrainingJob, process: "Popen[str]", deadline: float) -> None:
        self.world = world
        self.job = job
        self._process = process
        self._deadline = deadline
        self._kill_at: float | None = None
        self.out_of_time = False

    def ending(self) -> bool:
        """Look at the clock and at the job; whether the process has been told to end."""
        now = self.world.now()
        if self._kill_at is None and (self.job.stop.is_set() or now >= self._deadline):
            self.out_of_time = not self.job.stop.is_set()
            self._kill_at = now + max(self.world.settings.wall(STOP_GRACE_S), LEAST_GRACE_S)
            terminate(self._process)
        if self._kill_at is not None and now >= self._kill_at:
            self._process.kill()
        return self._kill_at is not None


def _follow(watch: _Watch, lines: "SimpleQueue[str | None]", pace: Pace) -> None:
    """Pass the lines on, each in its time, until the output ends; once the process is to end, without waiting."""
    stream = f"{watch.job.name}/algo-1-{int(watch.job.facts.created)}"
    while True:
        try:
            line = lines.get(timeout=_LOOK_S)
        except Empty:
            watch.ending()
            continue
        if line is None:
            return
        _wait_until(pace.due(line), watch.ending)
        _pass_on(watch.world, watch.job, stream, line)


def _wait_until(instant: float, cut_short: Callable[[], bool]) -> None:
    while not cut_short() and (left := instant - time.time()) > 0:
        time.sleep(min(left, _LOOK_S))


def _pass_on(world: World, job: TrainingJob, stream: str, line: str) -> None:
    world.logs.write(LOG_GROUP, stream, line)
    definitions = job.request["AlgorithmSpecification"].get("MetricDefinitions", [])
    for name, value in metrics_in(line, definitions).items():
        job.metrics[name] = Metric(value, world.now())


def failure_reason(root: Path, code: int) -> str:
    """AWS's wording around what the container left in output/failure; of a long note the end is cut off."""
    note = root / "output" / "failure"
    said = note.read_text(errors="replace").strip() if note.is_file() else ""
    if not said:
        return f"AlgorithmError: Please check the training logs in CloudWatch, exit code: {code}"
    before = f'AlgorithmError: ExecuteUserScriptError:\nExitCode {code}\nErrorMessage "'
    after = f'"\nCommand "{_SCRIPT}", exit code: {code}'
    return before + said[: _REASON_MOST - len(before) - len(after)] + after
