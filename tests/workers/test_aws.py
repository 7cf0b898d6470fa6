"""What AWS's errors mean: wait, adopt, or tell somebody."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from core import words
from tests.support.fake_aws import throttled
from tests.support.fake_sagemaker import refusal
from workers.aws import failure_reason, is_capacity, is_missing, is_quota, is_taken, quota_limit, trouble
from workers.trouble import PATIENT, SOME, Trouble


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (throttled(), PATIENT),
        (refusal("SlowDown", "Please reduce your request rate.", status=503), PATIENT),
        (refusal("TooManyRequestsException", "slower", status=429), PATIENT),
        (refusal("InternalFailure", "oops", status=500), PATIENT),
        (refusal("ServiceUnavailable", "", status=503), PATIENT),
        (refusal("ValidationException", "no such instance type"), 0),
        (refusal("AccessDeniedException", "not authorized to perform: sagemaker:CreateModel"), 0),
        (refusal("ModelError", "", OriginalStatusCode=400, OriginalMessage="bad prompt"), 0),
        (refusal("ModelError", "", OriginalStatusCode=500, OriginalMessage="the worker died"), SOME),
        (refusal("ModelError", "", OriginalStatusCode=0, OriginalMessage="connection reset"), SOME),
        (refusal("ModelError", "", OriginalStatusCode=500, OriginalMessage="CUDA Out of Memory."), 0),
        (refusal("ModelError", "", OriginalStatusCode=507, OriginalMessage="CUDA out of memory"), 0),
        (refusal("ModelError", "", OriginalStatusCode=0, OriginalMessage="Your invocation timed out while waiting"), 0),
        (EndpointConnectionError(endpoint_url="https://api.sagemaker"), PATIENT),
        (ReadTimeoutError(endpoint_url="https://runtime.sagemaker"), PATIENT),
        (NoCredentialsError(), 0),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_trouble_is_tried_again_as_often_as_makes_sense(error: Exception, tries: int) -> None:
    assert trouble(error).tries == tries  # type: ignore[arg-type]


def test_reason_is_in_the_words_of_aws_and_cannot_ping() -> None:
    assert trouble(refusal("ValidationException", "<!channel> & co")).reason == "AWS says: &lt;!channel&gt; &amp; co"


def test_limit_that_is_reached_says_what_to_ask_for() -> None:
    fault = trouble(refusal("ResourceLimitExceeded", "The limit is 0 Instances"))
    assert fault.reason == words.trouble.quota("The limit is 0 Instances")


@pytest.mark.parametrize(
    ("code", "message", "taken"),
    [
        ("ResourceInUse", "Job name must be unique", True),
        ("ValidationException", 'Cannot create already existing endpoint "x".', True),
        ("ValidationException", 'Cannot create already existing model "x".', True),
        ("ValidationException", "1 validation error detected", False),
        ("ResourceLimitExceeded", "already existing limit", False),
    ],
)
def test_name_that_is_taken_is_known_from_other_refusals(code: str, message: str, *, taken: bool) -> None:
    assert is_taken(trouble(refusal(code, message))) is taken


@pytest.mark.parametrize(
    ("code", "message", "missing"),
    [
        ("ValidationException", 'Could not find endpoint "x".', True),
        ("ValidationException", "Requested resource not found.", True),
        ("ValidationError", "Endpoint x of account 123456789012 not found.", True),
        ("ResourceNotFoundException", "The specified log group does not exist.", True),
        ("ValidationException", "Cannot update in-progress endpoint", False),
        ("AccessDeniedException", "role not found", False),
    ],
)
def test_what_is_not_there_is_known_from_other_refusals(code: str, message: str, *, missing: bool) -> None:
    assert is_missing(trouble(refusal(code, message))) is missing


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("CapacityError: Unable to provision requested ML compute capacity.", "try again in a while"),
        ("Insufficient capacity for ml.g5.2xlarge", "try again in a while"),
        ("ResourceLimitExceeded: limit 0", "Service Quotas"),
        ("AlgorithmError: exit code 1", "AWS says: AlgorithmError: exit code 1"),
        ("", "no reason given"),
    ],
)
def test_reason_of_a_failure_leads_on(reason: str, told: str) -> None:
    assert told in failure_reason(reason)


NO_MACHINE = "CapacityError: Unable to provision requested ML compute capacity. Please retry."
NO_QUOTA = (
    "The account-level service limit 'ml.g5.2xlarge for training job usage' is {} Instances, with current utilization "
    "of 0 Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an increase."
)


@pytest.mark.parametrize(
    ("told", "capacity", "quota"),
    [
        (NO_MACHINE, True, False),
        ("InternalServerError: insufficient capacity", True, False),
        (trouble(refusal("InsufficientCapacity", "none left")), True, False),
        (Trouble(failure_reason(NO_MACHINE), "Failed"), True, False),
        (trouble(refusal("ResourceLimitExceeded", NO_QUOTA.format(0))), False, True),
        (Trouble(failure_reason("ResourceLimitExceeded: limit"), "Failed"), False, True),
        ("AlgorithmError: CUDA out of memory", False, False),
        (throttled(), False, False),
    ],
    ids=lambda told: str(told)[:30],
)
def test_lack_of_machines_and_lack_of_quota_are_told_apart(
    told: Trouble | str | ClientError, *, capacity: bool, quota: bool
) -> None:
    met = trouble(told) if isinstance(told, ClientError) else told
    assert (is_capacity(met), is_quota(met)) == (capacity, quota)


@pytest.mark.parametrize("limit", [0, 2])
def test_refusal_says_how_many_the_account_may_hold(limit: int) -> None:
    assert quota_limit(trouble(refusal("ResourceLimitExceeded", NO_QUOTA.format(limit)))) == limit
    assert quota_limit(f"ResourceLimitExceeded: {NO_QUOTA.format(limit)}") == limit


def test_other_refusals_say_nothing_of_a_limit() -> None:
    assert quota_limit(trouble(refusal("ResourceLimitExceeded", "too many"))) is None
    assert quota_limit(trouble(refusal("ValidationException", NO_QUOTA.format(0)))) is None
