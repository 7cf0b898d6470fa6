"""Managed spot training: cheaper instances that can be taken away, and a bound on the wait for them."""

import time

from sandbox.aws import training_timeline
from sandbox.aws.errors import validation
from sandbox.aws.records import TrainingJob
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

MAX_RUNTIME_S = 86_400
"""AWS's MaxRuntimeInSeconds for a job that gives none."""
_LOOK_S = 0.05


def check(request: Json) -> None:
    """Hold MaxWaitTimeInSeconds against EnableManagedSpotTraining.

    Raises:
        AwsError: one is there without the other, or the wait is shorter than the run.
    """
    limits: Json = request["StoppingCondition"]
    longest_wait = limits.get("MaxWaitTimeInSeconds")
    if not request.get("EnableManagedSpotTraining", False):
        if longest_wait is not None:
            raise validation("Invalid MaxWaitTimeInSeconds. It is only supported with EnableManagedSpotTraining")
    elif longest_wait is None or longest_wait < limits.get("MaxRuntimeInSeconds", MAX_RUNTIME_S):
        raise validation(
            "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
        )


def watch(world: World, job: TrainingJob) -> None:
    """Take the instance away when that is scripted, and end the job when its wait is over; a thread of its own."""
    wait_s = world.settings.wall(job.request["StoppingCondition"]["MaxWaitTimeInSeconds"])
    deadline = job.facts.created + max(wait_s, world.settings.least_container_s)
    while not job.facts.done:
        with world.lock:
            if world.now() >= deadline:
                job.waited_out = True
                job.stop.set()
                return
            _interrupt(world, job)
        time.sleep(_LOOK_S)


def _interrupt(world: World, job: TrainingJob) -> None:
    trains = training_timeline.secondary_status(job.facts) == "Training"
    if trains and world.faults.take_one("interrupt_spot"):
        training_timeline.interrupt(job.facts, world.now())
        job.stop.set()
