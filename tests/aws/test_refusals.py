import http.client
import json

import pytest

from tests.aws.account import Account, a_name
from tests.aws.conftest import Refusal

TARGET = {"X-Amz-Target": "SageMaker.ListEndpoints", "Content-Type": "application/x-amz-json-1.1"}
SIGNED = "AWS4-HMAC-SHA256 Credential=key/20260101/{region}/sagemaker/aws4_request, SignedHeaders=host, Signature=00"


def _post(account: Account, headers: dict[str, str], body: str = "{}") -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", account.aws.port, timeout=10)
    connection.request("POST", "/", body, headers)
    reply = connection.getresponse()
    assert reply.headers["x-amzn-RequestId"]
    answer = reply.status, json.loads(reply.read())
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"TrainingJobName": "x" * 64}, "Member must have length less than or equal to 63"),
        ({"TrainingJobName": "under_score"}, "Member must satisfy regular expression pattern"),
        ({"RoleArn": "arn:aws:iam::12:role/sm-of-somebody"}, "Member must satisfy regular expression pattern"),
        ({"RoleArn": "arn:aws:iam::999999999999:role/sm"}, "Cross-account pass role is not allowed"),
        ({"ResourceConfig": {"InstanceType": "ml.g99.large", "InstanceCount": 1, "VolumeSizeInGB": 1}}, "enum value"),
        ({"Tags": [{"Key": "a{b}", "Value": ""}]}, "tags.1.member.key"),
        ({"Tags": [{"Key": "a", "Value": ""}, {"Key": "a", "Value": ""}]}, "Duplicate tag keys"),
    ],
)
def test_request_that_aws_would_not_take_is_refused(
    account: Account, refusal: Refusal, change: dict[str, object], words: str
) -> None:
    request = account.job_request(a_name("job")) | change
    error = refusal(account.sagemaker.create_training_job, **request)
    assert error["Code"] == "ValidationException"
    assert words in error["Message"]


def test_unsigned_request_is_refused(account: Account) -> None:
    status, answer = _post(account, TARGET)
    assert (status, answer["__type"]) == (403, "MissingAuthenticationTokenException")


def test_request_signed_for_another_region_is_refused(account: Account) -> None:
    status, answer = _post(account, {**TARGET, "Authorization": SIGNED.format(region="eu-west-1")})
    assert (status, answer["__type"]) == (403, "InvalidSignatureException")


def test_unknown_field_unknown_operation_and_broken_json_are_refused(account: Account) -> None:
    signed = {**TARGET, "Authorization": SIGNED.format(region="us-west-2")}
    assert _post(account, signed, '{"Colour": "red"}')[1]["__type"] == "ValidationException"
    assert _post(account, signed, "{")[1]["__type"] == "SerializationException"
    unknown = {**signed, "X-Amz-Target": "SageMaker.PaintCat"}
    assert _post(account, unknown)[1]["__type"] == "UnknownOperationException"


def test_operation_that_is_not_played_says_so(account: Account, refusal: Refusal) -> None:
    error = refusal(account.sagemaker.list_notebook_instances)
    assert error["Message"] == "The sandbox does not play ListNotebookInstances."
