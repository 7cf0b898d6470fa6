from datetime import UTC, datetime, timedelta

from tests.aws.account import Account, wait_until
from tests.aws.conftest import Refusal


def test_prompt_reaches_the_container_with_its_content_type_and_accept(account: Account) -> None:
    name = account.served_endpoint()
    assert account.invoke(name, "which model") == {"model": "model.tar.gz", "accept": "application/json;jpeg"}


def test_trouble_of_the_container_comes_as_a_model_error(account: Account, refusal: Refusal) -> None:
    name = account.served_endpoint()
    error = refusal(account.invoke, endpoint=name, prompt="explode")
    assert (error["Code"], error["Status"], error["OriginalStatusCode"]) == ("ModelError", 424, 500)
    assert "CUDA out of memory" in error["OriginalMessage"]
    assert error["Message"].startswith("Received server error (500) from primary with message")
    assert error["LogStreamArn"] == (f"arn:aws:logs:us-west-2:123456789012:log-group:/aws/sagemaker/Endpoints/{name}")
    error = refusal(account.invoke, endpoint=name, prompt="nonsense")
    assert (error["Status"], error["OriginalStatusCode"]) == (424, 400)


def test_invocation_that_takes_too_long_is_cut_off(account: Account, refusal: Refusal) -> None:
    error = refusal(account.invoke, endpoint=account.served_endpoint(), prompt="dawdle")
    assert (error["Code"], error["OriginalStatusCode"]) == ("ModelError", 0)
    assert "Your invocation timed out" in error["OriginalMessage"]


def test_reply_larger_than_the_model_server_sends_is_a_model_error(account: Account, refusal: Refusal) -> None:
    error = refusal(account.invoke, endpoint=account.served_endpoint(), prompt="huge")
    assert "MMS_MAX_RESPONSE_SIZE" in error["OriginalMessage"]


def test_request_larger_than_six_megabytes_is_refused(account: Account, refusal: Refusal) -> None:
    name = account.served_endpoint()
    error = refusal(account.runtime.invoke_endpoint, EndpointName=name, Body=b"x" * 6_300_000)
    assert error["Status"] == 413


def test_endpoint_that_is_not_in_service_is_not_found(slow_account: Account, refusal: Refusal) -> None:
    name = slow_account.start_endpoint()
    for asked in (name, "never-was"):
        error = refusal(slow_account.invoke, endpoint=asked, prompt="a cat")
        assert (error["Code"], error["Status"]) == ("ValidationError", 400)
        assert error["Message"] == f"Endpoint {asked} of account 123456789012 not found."


def test_invocations_are_counted_in_cloudwatch(account: Account) -> None:
    name = account.served_endpoint()
    for _ in range(3):
        account.invoke(name, "a cat")
    wait_until(lambda: _sum(account, name, "Invocations") == 3)
    assert wait_until(lambda: _sum(account, name, "ModelLatency")) > 100


def _sum(account: Account, endpoint: str, metric: str) -> float:
    now = datetime.now(UTC)
    found = account.cloudwatch.get_metric_statistics(
        Namespace="AWS/SageMaker",
        MetricName=metric,
        Dimensions=[{"Name": "EndpointName", "Value": endpoint}, {"Name": "VariantName", "Value": "AllTraffic"}],
        StartTime=now - timedelta(minutes=5),
        EndTime=now + timedelta(minutes=5),
        Period=60,
        Statistics=["Sum"],
    )
    return sum(point.get("Sum", 0.0) for point in found["Datapoints"])
