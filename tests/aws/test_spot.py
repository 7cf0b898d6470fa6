"""Managed spot training, waiting for capacity, and stopping at every stage."""

from typing import Any

import pytest

from tests.aws.account import BUCKET, Account, a_name, wait_until
from tests.aws.conftest import Refusal

LINGERING = {"max_steps": "500", "linger": "0.1"}
SPOT = {"EnableManagedSpotTraining": True}
PATIENT = {"MaxRuntimeInSeconds": 360_000, "MaxWaitTimeInSeconds": 720_000}


def _spot(**changes: Any) -> dict[str, Any]:
    return {**SPOT, "StoppingCondition": PATIENT} | changes


def _stages(job: dict[str, Any]) -> list[str]:
    return [stage["Status"] for stage in job["SecondaryStatusTransitions"]]


@pytest.mark.parametrize(
    ("switch", "limits", "words"),
    [
        (SPOT, {"MaxRuntimeInSeconds": 3600}, "must be present and be greater than or equal to MaxRuntimeInSeconds"),
        (SPOT, {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 3599}, "greater than or equal to MaxRuntime"),
        (SPOT, {"MaxWaitTimeInSeconds": 3600}, "greater than or equal to MaxRuntime"),
        ({}, {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 3600}, "EnableManagedSpotTraining"),
    ],
)
def test_wait_for_spot_that_does_not_fit_is_refused(
    account: Account, refusal: Refusal, switch: dict[str, bool], limits: dict[str, int], words: str
) -> None:
    request = account.job_request(a_name("job"), StoppingCondition=limits, **switch)
    error = refusal(account.sagemaker.create_training_job, **request)
    assert error["Code"] == "ValidationException"
    assert error["Message"].startswith("Invalid MaxWaitTimeInSeconds.")
    assert words in error["Message"]


def test_spot_job_is_billed_for_less_than_it_trained(account: Account) -> None:
    name = account.start_job(**_spot())
    job = account.ended_job(name)
    assert job["EnableManagedSpotTraining"] is True
    assert job["BillableTimeInSeconds"] == pytest.approx(0.3 * job["TrainingTimeInSeconds"], abs=1)
    (line,) = [line for line in account.aws.sandbox("meter")["ended"] if line["name"] == name]
    assert line["seconds"] == pytest.approx(job["BillableTimeInSeconds"], abs=1)
    assert line["dollars"] == pytest.approx(line["seconds"] * 0.94 / 3600, abs=0.001)


def test_spot_job_that_loses_its_instance_starts_again_and_completes(slow_account: Account) -> None:
    account, name = slow_account, slow_account.start_job(**_spot())
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Training")
    (line,) = [line for line in account.aws.sandbox("meter")["running"] if line["name"] == name]
    assert line["dollars_per_hour"] == pytest.approx(0.3 * 0.94, abs=0.0001)
    account.aws.sandbox("faults", {"interrupt_spot": 1})
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Interrupted")
    assert name not in [line["name"] for line in account.aws.sandbox("meter")["running"]]
    job = account.ended_job(name)
    assert account.aws.sandbox("faults")["interrupt_spot"] == 0
    once = ["Starting", "Downloading", "Training"]
    assert _stages(job) == [*once, "Interrupted", *once, "Uploading", "Completed"]
    assert job["TrainingStartTime"] == job["SecondaryStatusTransitions"][1]["StartTime"]
    assert account.s3.head_object(Bucket=BUCKET, Key=f"out/{name}/output/model.tar.gz")["ContentLength"]


def test_job_on_an_instance_of_its_own_is_not_interrupted(account: Account) -> None:
    account.aws.sandbox("faults", {"interrupt_spot": 1})
    assert "Interrupted" not in _stages(account.ended_job(account.start_job()))
    assert account.aws.sandbox("faults")["interrupt_spot"] == 1


def test_spot_job_that_waits_too_long_is_ended(account: Account) -> None:
    account.aws.sandbox("faults", {"no_capacity": ["spot"]})
    limits = {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 3600}
    name = account.start_job(**_spot(StoppingCondition=limits))
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Pending")
    assert account.ended_job(account.start_job())["TrainingJobStatus"] == "Completed"
    job = account.ended_job(name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "MaxWaitTimeExceeded")
    assert _stages(job) == ["Starting", "Pending", "MaxWaitTimeExceeded"]
    assert "BillableTimeInSeconds" not in job


def test_job_waits_for_capacity_until_it_is_there(account: Account) -> None:
    account.aws.sandbox("faults", {"no_capacity": ["training"]})
    name = account.start_job()
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Pending")
    transition = account.job(name)["SecondaryStatusTransitions"][-1]
    assert transition["StatusMessage"] == "Training job waiting for capacity"
    account.aws.sandbox("faults", {"no_capacity": []})
    assert _stages(account.ended_job(name)) == [
        "Starting",
        "Pending",
        "Downloading",
        "Training",
        "Uploading",
        "Completed",
    ]


@pytest.mark.parametrize("stage", ["Starting", "Pending", "Downloading", "Training", "Uploading"])
def test_job_can_be_stopped_at_every_stage(slow_account: Account, refusal: Refusal, stage: str) -> None:
    account = slow_account
    if stage == "Pending":
        account.aws.sandbox("faults", {"no_capacity": ["training"]})
    name = account.start_job(hyperparameters=LINGERING if stage == "Training" else {})
    wait_until(lambda: account.job(name)["SecondaryStatus"] == stage)
    account.sagemaker.stop_training_job(TrainingJobName=name)
    assert account.job(name)["TrainingJobStatus"] in {"Stopping", "Stopped"}
    job = account.ended_job(name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "Stopped")
    stages = _stages(job)
    assert stages.index(stage) < stages.index("Stopping") < stages.index("Stopped")
    stopping = job["SecondaryStatusTransitions"][stages.index("Stopping")]["StartTime"]
    assert (job["TrainingEndTime"] - stopping).total_seconds() * 100 <= 120 + 100
    assert ("BillableTimeInSeconds" in job) == (stage in {"Downloading", "Training", "Uploading"})
    assert name not in [line["name"] for line in account.aws.sandbox("meter")["running"]]
    error = refusal(account.sagemaker.stop_training_job, TrainingJobName=name)
    assert (error["Code"], error["Message"]) == (
        "ValidationException",
        "The request was rejected because the training job is in status Stopped.",
    )


def test_interrupted_job_can_be_stopped(slow_account: Account) -> None:
    account, name = slow_account, slow_account.start_job(hyperparameters=LINGERING, **_spot())
    account.aws.sandbox("faults", {"interrupt_spot": 1})
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Interrupted")
    account.sagemaker.stop_training_job(TrainingJobName=name)
    job = account.ended_job(name)
    assert _stages(job)[-3:] == ["Interrupted", "Stopping", "Stopped"]
