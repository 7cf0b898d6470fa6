from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox.aws.process import AwsProcess
from tests.aws.account import Account, an_aws

Refusal = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def shared_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsProcess]:
    """One process for all tests: they keep apart by fresh names."""
    with an_aws(tmp_path_factory.mktemp("aws"), "--invoke-timeout", "2", "--list-rate", "0") as aws:
        yield aws


@pytest.fixture(scope="session")
def slow_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsProcess]:
    """Time runs slowly enough in it to see an endpoint Creating (2 to 3 s) and Deleting (0.2 s)."""
    with an_aws(tmp_path_factory.mktemp("slow-aws"), speed=100) as aws:
        yield aws


@pytest.fixture
def slow_account(slow_aws: AwsProcess) -> Iterator[Account]:
    yield Account(slow_aws)
    slow_aws.sandbox("faults", method="DELETE")


@pytest.fixture
def account(shared_aws: AwsProcess) -> Iterator[Account]:
    yield Account(shared_aws)
    shared_aws.sandbox("faults", method="DELETE")


@pytest.fixture
def refusal() -> Refusal:
    """Calls something that must be refused; AWS's error with `Code` and `Message`, and what came with it."""

    def refused(call: Callable[..., object], **request: object) -> dict[str, Any]:
        with pytest.raises(ClientError) as caught:
            call(**request)
        response: dict[str, Any] = {**caught.value.response}
        return {**response, **response["Error"], "Status": response["ResponseMetadata"]["HTTPStatusCode"]}

    return refused
