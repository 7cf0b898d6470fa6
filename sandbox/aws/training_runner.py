"""What happens behind one training job, from its creation to its end."""

import shutil
import time
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from sandbox.aws import schedule, spot
from sandbox.aws.naming import S3Address, s3_address
from sandbox.aws.records import TrainingJob
from sandbox.aws.shapes import Json
from sandbox.aws.training_container import failure_reason, lay_out, train
from sandbox.aws.world import World, in_background

CAPACITY_ERROR = (
    "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type."
)
_WAIT_S = 0.05


class _JobEndedError(Exception):
    """The job is over before its container trained: a secondary status and a reason."""

    def __init__(self, outcome: str, reason: str = "") -> None:
        super().__init__(outcome, reason)
        self.outcome = outcome
        self.reason = reason


def artifact_address(job: TrainingJob) -> S3Address:
    """Where the job's model.tar.gz goes."""
    return s3_address(f"{job.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{job.name}/output/model.tar.gz")


def run(world: World, job: TrainingJob) -> None:
    """Move one job through its stages; a thread of its own."""
    if job.spot:
        in_background(lambda: spot.watch(world, job), f"spot instance of {job.name}")
    root = world.settings.data / "training" / job.name
    outcome, reason = _attempt(world, job, root)
    while outcome == "Interrupted":
        outcome, reason = _attempt_again(world, job, root)
    world.logs.ship()
    _finish(world, job, outcome, reason)
    shutil.rmtree(root, ignore_errors=True)


def _attempt(world: World, job: TrainingJob, root: Path) -> tuple[str, str]:
    """One go at the job, from the start of its instance: the outcome and the reason."""
    holds_capacity = False
    try:
        _start(world, job)
        holds_capacity = _await_capacity(world, job)
        _download(world, job, root)
        return _train_and_upload(world, job, root)
    except _JobEndedError as ended:
        return ended.outcome, ended.reason
    except (OSError, BotoCoreError, ClientError) as error:
        return "Failed", f"InternalServerError: We encountered an internal error. ({error})"
    finally:
        if holds_capacity:
            world.capacity.release()


def _attempt_again(world: World, job: TrainingJob, root: Path) -> tuple[str, str]:
    """Begin anew with nothing of what the lost instance had: JumpStart's script writes no checkpoints."""
    shutil.rmtree(root, ignore_errors=True)
    with world.lock:
        if job.cut_short == "Interrupted":
            job.stop.clear()
    if job.stop.wait(world.settings.wall(schedule.INTERRUPTED_S)):
        return job.cut_short, ""
    job.facts.starts_again = world.now()
    return _attempt(world, job, root)


def _pause(world: World, job: TrainingJob, since: float, aws_s: float) -> None:
    """Wait for a stage to have had its time; a stop ends the wait and the job."""
    if job.stop.wait(max(0.0, since + world.settings.wall(aws_s) - time.time())):
        raise _JobEndedError(job.cut_short)


def _start(world: World, job: TrainingJob) -> None:
    _pause(world, job, job.facts.starts_again or job.facts.created, schedule.STARTING_S)
    if job.scripted_failure is not None:
        named = CAPACITY_ERROR if job.scripted_failure == "CapacityError" else job.scripted_failure
        raise _JobEndedError("Failed", named)


def _await_capacity(world: World, job: TrainingJob) -> bool:
    """Wait in Pending until fewer than two containers train; True once this job may."""
    if not _gets_instance(world, job):
        job.facts.waits_since = world.now()
        while not _gets_instance(world, job):
            if job.stop.wait(_WAIT_S):
                raise _JobEndedError(job.cut_short)
    return True


def _gets_instance(world: World, job: TrainingJob) -> bool:
    return job.usage not in world.faults.current.no_capacity and world.capacity.acquire(blocking=False)


def _download(world: World, job: TrainingJob, root: Path) -> None:
    since = world.now()
    job.facts.downloads_since = since
    lay_out(job, root)
    for channel in job.request.get("InputDataConfig", []):
        _fetch_channel(world, channel, root)
    _pause(world, job, since, schedule.DOWNLOADING_S)


def _fetch_channel(world: World, channel: Json, root: Path) -> None:
    """Fetch one channel; its objects were there at the job's creation but may be gone by now."""
    uri: str = channel["DataSource"]["S3DataSource"]["S3Uri"]
    try:
        count = world.storage.fetch(s3_address(uri), root / "input" / "data" / str(channel["ChannelName"]))
    except (ClientError, ValueError) as error:
        raise _JobEndedError("Failed", f"ClientError: Data download failed:{error}") from error
    if not count:
        raise _JobEndedError("Failed", f"ClientError: Data download failed:no objects found under prefix {uri}")


def _train_and_upload(world: World, job: TrainingJob, root: Path) -> tuple[str, str]:
    """The outcome and the reason. A container that was ended early may have saved a model all the same."""
    job.facts.trains_since = world.now()
    ending = train(world, job, root)
    if ending.code != 0 and not job.stop.is_set() and not ending.out_of_time:
        return "Failed", failure_reason(root, ending.code)
    with world.lock:
        if not job.facts.holds_instance:  # it was taken away, with all that was on it
            raise _JobEndedError(job.cut_short)
        since = job.facts.uploads_since = world.now()
    try:
        _upload(world, job, root / "model")
    except ClientError as error:
        return "Failed", f"ClientError: Artifact upload failed:{error}"
    job.stop.wait(max(0.0, since + world.settings.wall(schedule.UPLOADING_S) - time.time()))
    if job.stop.is_set():
        return job.cut_short, ""
    return "MaxRuntimeExceeded" if ending.out_of_time else "Completed", ""


def _upload(world: World, job: TrainingJob, model: Path) -> None:
    if any(model.iterdir()):
        address = artifact_address(job)
        world.storage.put_archive(model, address)
        job.artifact = str(address)


def _finish(world: World, job: TrainingJob, outcome: str, reason: str) -> None:
    if outcome == "Stopped":
        time.sleep(world.settings.wall(schedule.STOPPING_S))
    with world.lock:
        job.facts.outcome, job.facts.reason = outcome, reason
        job.facts.ended = world.now()
