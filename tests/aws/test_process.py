"""Starting and ending the whole thing, and the options of its start."""

import os
import signal
from pathlib import Path

import pytest

from sandbox.aws import instance_limits
from tests.aws.account import GPU, Account, an_aws, wait_until
from tests.aws.conftest import Refusal


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def test_nothing_is_left_running_when_it_is_told_to_end(tmp_path: Path) -> None:
    with an_aws(tmp_path) as aws:
        account = Account(aws)
        account.served_endpoint()
        name = account.start_job(hyperparameters={"max_steps": "500", "linger": "0.1"})
        wait_until(lambda: account.job(name)["SecondaryStatus"] == "Training")
        pid = aws.pid or 0
        children = wait_until(lambda: _children(pid) if len(_children(pid)) == 2 else [])
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not any(Path(f"/proc/{child}/exe").exists() for child in children), 10)


def test_quota_is_kept_and_worded_as_aws_does(tmp_path: Path, refusal: Refusal) -> None:
    faults = '{"fail_training": "CapacityError"}'
    options = ("--quota", f"training:{GPU}=1", "endpoint:ml.g5.2xlarge=0", "--faults", faults)
    with an_aws(tmp_path, *options, speed=25) as aws:
        account = Account(aws)
        first = account.start_job()
        error = refusal(account.start_job)
        assert error["Code"] == "ResourceLimitExceeded"
        assert error["Message"].startswith(
            f"The account-level service limit '{GPU} for training job usage' is 1 Instances, with current "
            "utilization of 1 Instances and a request delta of 1 Instances."
        )
        assert account.ended_job(first)["FailureReason"].startswith("CapacityError")
        account.start_job()
        config = account.config(account.model(), "ml.g5.2xlarge")
        error = refusal(account.sagemaker.create_endpoint, EndpointName="e", EndpointConfigName=config)
        assert "'ml.g5.2xlarge for endpoint usage' is 0 Instances" in error["Message"]


def test_quota_without_a_usage_holds_for_all() -> None:
    assert instance_limits.parse([f"{GPU}=2", "endpoint:ml.g5.2xlarge=1"]) == {
        f"training:{GPU}": 2,
        f"spot:{GPU}": 2,
        f"endpoint:{GPU}": 2,
        "endpoint:ml.g5.2xlarge": 1,
    }
    with pytest.raises(ValueError, match="a quota is"):
        instance_limits.parse(["ml.g5.2xlarge"])


def test_aws_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such fault"):
        an_aws(tmp_path, "--faults", '{"thunder": 1}').start()
