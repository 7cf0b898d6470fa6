import http.client
import json
import time

import pytest
from botocore.exceptions import ConnectionClosedError, HTTPClientError

from sandbox.aws.fault_set import FaultSet, merged
from tests.aws.account import Account, a_name, wait_until
from tests.aws.conftest import Refusal

CAPACITY_ERROR = (
    "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type."
)


def test_throttled_calls_have_no_effect(account: Account, refusal: Refusal) -> None:
    account.aws.sandbox("faults", {"throttle": 1})
    name = a_name("job")
    error = refusal(account.sagemaker.create_training_job, **account.job_request(name))
    assert (error["Code"], error["Message"], error["Status"]) == ("ThrottlingException", "Rate exceeded", 400)
    account.aws.sandbox("faults", {"throttle": 0})
    assert refusal(account.sagemaker.describe_training_job, TrainingJobName=name)["Code"] == "ValidationException"


def test_call_whose_reply_is_lost_has_its_effect(account: Account) -> None:
    account.aws.sandbox("faults", {"lost_replies": 1})
    name = a_name("job")
    request = account.job_request(name)
    with pytest.raises(ConnectionClosedError):
        account.sagemaker.create_training_job(**request)
    account.aws.sandbox("faults", {"lost_replies": 0})
    assert account.job(name)["TrainingJobName"] == name
    (call,) = [call for call in account.calls("CreateTrainingJob") if call["request"]["TrainingJobName"] == name]
    assert (call["ok"], call["lost"]) == (True, True)


def test_aws_that_is_down_answers_nobody_until_it_is_up(account: Account) -> None:
    account.aws.sandbox("faults", {"down": True})
    with pytest.raises(HTTPClientError):
        account.s3.list_buckets()
    with pytest.raises(HTTPClientError):
        account.sagemaker.list_endpoints()
    account.aws.sandbox("faults", {"down": False})
    assert account.s3.list_buckets()["Buckets"]


def test_next_job_fails_for_want_of_capacity_and_the_one_after_it_does_not(account: Account) -> None:
    account.aws.sandbox("faults", {"fail_training": "CapacityError"})
    job = account.ended_job(account.start_job())
    assert job["FailureReason"].startswith("CapacityError: Unable to provision requested ML compute capacity.")
    assert "TrainingStartTime" not in job
    assert account.ended_job(account.start_job())["TrainingJobStatus"] == "Completed"


def test_capacity_is_short_for_so_many_jobs_on_one_instance_type_and_then_it_is_there(account: Account) -> None:
    short = {"reason": "CapacityError", "times": 2, "instance_type": "ml.g5.2xlarge"}
    account.aws.sandbox("faults", {"fail_training": short})
    assert account.ended_job(account.start_job())["TrainingJobStatus"] == "Completed"
    large = {"ResourceConfig": {"InstanceType": "ml.g5.2xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30}}
    ends = [account.ended_job(account.start_job(**large)) for _ in range(3)]
    assert [job.get("FailureReason") for job in ends] == [CAPACITY_ERROR, CAPACITY_ERROR, None]


def test_capacity_is_short_for_so_many_endpoints_and_then_it_is_there(account: Account) -> None:
    account.aws.sandbox("faults", {"fail_endpoint": {"reason": "CapacityError", "times": 2}})
    seen = [account.settled_endpoint(account.start_endpoint()) for _ in range(3)]
    assert [endpoint["EndpointStatus"] for endpoint in seen] == ["Failed", "Failed", "InService"]
    assert seen[0]["FailureReason"].startswith("Unable to provision requested ML compute capacity due to")


def test_caller_without_the_right_is_told_which_one_is_missing(account: Account, refusal: Refusal) -> None:
    account.aws.sandbox("faults", {"denied": ["servicequotas:ListServiceQuotas", "sagemaker:ListEndpoints"]})
    for call, wish, action in (
        (account.quotas.list_service_quotas, {"ServiceCode": "sagemaker"}, "servicequotas:ListServiceQuotas"),
        (account.sagemaker.list_endpoints, {}, "sagemaker:ListEndpoints"),
    ):
        error = refusal(call, **wish)
        assert error["Code"] == "AccessDeniedException"
        assert f"is not authorized to perform: {action} because" in error["Message"]
    assert account.sagemaker.list_models()


def test_next_endpoint_fails_and_can_be_deleted(account: Account) -> None:
    account.aws.sandbox("faults", {"fail_endpoint": "CapacityError: try later"})
    name = account.start_endpoint()
    endpoint = account.settled_endpoint(name)
    assert (endpoint["EndpointStatus"], endpoint["FailureReason"]) == ("Failed", "CapacityError: try later")
    account.sagemaker.delete_endpoint(EndpointName=name)
    wait_until(lambda: not account.sagemaker.list_endpoints(NameContains=name)["Endpoints"])


def test_stuck_endpoint_fails_after_an_hour_of_awss_time(account: Account) -> None:
    account.aws.sandbox("faults", {"stuck_endpoint": True})
    name = account.start_endpoint()
    endpoint = account.settled_endpoint(name)
    assert endpoint["EndpointStatus"] == "Failed"
    assert (endpoint["LastModifiedTime"] - endpoint["CreationTime"]).total_seconds() == pytest.approx(3.6, abs=0.01)


def test_container_fails_as_often_as_it_is_told_to(account: Account, refusal: Refusal) -> None:
    name = account.served_endpoint()
    account.aws.sandbox("faults", {"fail_invoke": {"status": 507, "message": "CUDA out of memory.", "times": 2}})
    for _ in range(2):
        error = refusal(account.invoke, endpoint=name, prompt="a cat")
        assert (error["Code"], error["OriginalStatusCode"]) == ("ModelError", 507)
        assert "CUDA out of memory." in error["OriginalMessage"]
    assert account.invoke(name, "a cat")["prompt"] == "a cat"


def test_slow_invocation_takes_its_time(account: Account) -> None:
    name = account.served_endpoint()
    account.aws.sandbox("faults", {"slow_invoke_s": 0.4})
    started = time.monotonic()
    account.invoke(name, "a cat")
    assert time.monotonic() - started >= 0.4


def test_calls_are_remembered_with_their_error(account: Account, refusal: Refusal) -> None:
    name = a_name("absent")
    refusal(account.sagemaker.describe_endpoint, EndpointName=name)
    call = account.calls("DescribeEndpoint")[-1]
    assert call["request"] == {"EndpointName": name}
    assert (call["ok"], call["error"]) == (False, "ValidationException")
    assert call["at"] <= time.time()


@pytest.mark.parametrize(
    "wish",
    [
        "[]",
        "{",
        '{"thunder": 1}',
        '{"throttle": 2}',
        '{"down": "yes"}',
        '{"fail_invoke": {"colour": 1}}',
        '{"fail_training": {"times": 2}}',
        '{"fail_endpoint": {"reason": "CapacityError", "times": 0}}',
        '{"quota": {"notebook:ml.g5.2xlarge": 1}}',
        '{"quota": {"ml.g5.2xlarge": -1}}',
        '{"denied": "pricing:GetProducts"}',
        '{"denied": ["everything"]}',
    ],
)
def test_fault_that_does_not_exist_is_refused(account: Account, wish: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is free
        merged(FaultSet(), wish)
    connection = http.client.HTTPConnection("127.0.0.1", account.aws.port, timeout=10)
    connection.request("POST", "/sandbox/faults", wish)
    assert connection.getresponse().status == 400
    connection.close()


def test_faults_are_shown_and_kept_apart_from_each_other(account: Account) -> None:
    account.aws.sandbox("faults", {"throttle": 0.25})
    shown = account.aws.sandbox("faults", {"slow_invoke_s": 0.1})
    assert (shown["throttle"], shown["slow_invoke_s"]) == (0.25, 0.1)
    assert json.dumps(shown)
    reset = account.aws.sandbox("faults", method="DELETE")
    assert reset["throttle"] == 0
    account.sagemaker.list_endpoints()
