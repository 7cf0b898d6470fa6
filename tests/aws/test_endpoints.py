from typing import Any

from tests.aws.account import BUCKET, GPU, Account, a_name, wait_until
from tests.aws.conftest import Refusal


def test_endpoint_is_created_comes_into_service_and_goes(slow_account: Account, refusal: Refusal) -> None:
    account, name = slow_account, slow_account.start_endpoint()
    assert account.endpoint(name)["EndpointStatus"] == "Creating"
    error = refusal(account.sagemaker.delete_endpoint, EndpointName=name)
    assert error["Message"].startswith("Cannot update in-progress endpoint")
    endpoint = account.settled_endpoint(name)
    assert endpoint["EndpointStatus"] == "InService"
    assert endpoint["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert endpoint["LastModifiedTime"] > endpoint["CreationTime"]
    account.sagemaker.delete_endpoint(EndpointName=name)
    assert account.endpoint(name)["EndpointStatus"] == "Deleting"
    wait_until(lambda: name not in [one["EndpointName"] for one in account.sagemaker.list_endpoints()["Endpoints"]])
    error = refusal(account.sagemaker.describe_endpoint, EndpointName=name)
    arn = f"arn:aws:sagemaker:us-west-2:123456789012:endpoint/{name}"
    assert (error["Code"], error["Message"]) == ("ValidationException", f'Could not find endpoint "{arn}".')


def test_name_of_an_endpoint_is_taken_until_it_is_gone(slow_account: Account, refusal: Refusal) -> None:
    account, name = slow_account, slow_account.served_endpoint()
    again: dict[str, Any] = {"EndpointName": name.upper(), "EndpointConfigName": account.config(account.model())}
    arn = f"arn:aws:sagemaker:us-west-2:123456789012:endpoint/{name}"
    taken = ("ValidationException", f'Cannot create already existing endpoint "{arn}".')
    error = refusal(account.sagemaker.create_endpoint, **again)
    assert (error["Code"], error["Message"]) == taken
    account.sagemaker.delete_endpoint(EndpointName=name)
    error = refusal(account.sagemaker.create_endpoint, **again)
    assert (error["Code"], error["Message"]) == taken
    wait_until(lambda: not account.sagemaker.list_endpoints(NameContains=name)["Endpoints"])
    account.sagemaker.create_endpoint(**again)


def test_config_of_a_missing_model_and_endpoint_of_a_missing_config_are_refused(
    account: Account, refusal: Refusal
) -> None:
    variant = {"VariantName": "v", "ModelName": "no-such", "InstanceType": GPU, "InitialInstanceCount": 1}
    request = {"EndpointConfigName": a_name("config"), "ProductionVariants": [variant]}
    assert "Could not find model" in refusal(account.sagemaker.create_endpoint_config, **request)["Message"]
    request = {"EndpointName": a_name("endpoint"), "EndpointConfigName": "no-such"}
    error = refusal(account.sagemaker.create_endpoint, **request)
    assert "Could not find endpoint configuration" in error["Message"]


def test_model_without_its_artifact_is_refused(account: Account, refusal: Refusal) -> None:
    uri = f"s3://{BUCKET}/out/never/output/model.tar.gz"
    error = refusal(account.model, ModelDataUrl=uri)
    assert (error["Code"], error["Message"]) == ("ValidationException", f"Could not find model data at {uri}.")


def test_artifact_deleted_after_the_model_was_made_fails_the_endpoint(account: Account) -> None:
    uri = account.artifact()
    config = account.config(account.model(ModelDataUrl=uri))
    account.s3.delete_object(Bucket=BUCKET, Key=uri.removeprefix(f"s3://{BUCKET}/"))
    name = a_name("endpoint")
    account.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    endpoint = account.settled_endpoint(name)
    assert endpoint["EndpointStatus"] == "Failed"
    assert endpoint["FailureReason"] == f"Could not find model data at {uri}."


def test_container_that_never_answers_fails_its_endpoint(account: Account) -> None:
    endpoint = account.settled_endpoint(account.start_endpoint(Environment={"PYTHONHOME": "nowhere"}))
    assert endpoint["EndpointStatus"] == "Failed"
    assert endpoint["FailureReason"].startswith("The primary container for production variant AllTraffic did not pass")


def test_models_and_configs_are_described_deleted_and_then_missing(account: Account, refusal: Refusal) -> None:
    model = account.model()
    config = account.config(model)
    described = account.sagemaker.describe_endpoint_config(EndpointConfigName=config)
    assert described["ProductionVariants"][0].get("ModelName") == model
    assert account.sagemaker.describe_model(ModelName=model)["ExecutionRoleArn"].endswith("role/sm")
    account.sagemaker.delete_endpoint_config(EndpointConfigName=config)
    account.sagemaker.delete_model(ModelName=model)
    error = refusal(account.sagemaker.delete_model, ModelName=model)
    assert error["Message"] == f'Could not find model "arn:aws:sagemaker:us-west-2:123456789012:model/{model}".'
    error = refusal(account.sagemaker.describe_endpoint_config, EndpointConfigName=config)
    assert "Could not find endpoint configuration" in error["Message"]


def test_output_of_the_container_is_in_the_endpoints_log(account: Account) -> None:
    name = account.served_endpoint()
    group = f"/aws/sagemaker/Endpoints/{name}"
    wait_until(lambda: account.logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"])
    wait_until(lambda: account.logs.filter_log_events(logGroupName=group)["events"])
    messages = [event.get("message") for event in account.logs.filter_log_events(logGroupName=group)["events"]]
    assert messages[0] == "serving model.tar.gz"
